import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';

/** Puts a live element, made outside of any template, into the page: once, because moving it would lay all of it out anew. */
export const holding =
  (element: () => HTMLElement): Attachment<HTMLElement> =>
  (node) =>
    node.replaceChildren(untrack(element));
