import type { Attachment } from 'svelte/attachments';

/** Puts a live element, made outside of any template, into the page. */
export const holding =
  (element: () => HTMLElement): Attachment<HTMLElement> =>
  (node) =>
    node.replaceChildren(element());
