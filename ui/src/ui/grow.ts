import type { Attachment } from 'svelte/attachments';

const sizesItself = () => typeof CSS !== 'undefined' && CSS.supports?.('field-sizing', 'content');

/** A text field as high as its text, up to its max-block-size. Newer engines do it by themselves (field-sizing). */
export const growing =
  (text: () => string): Attachment<HTMLTextAreaElement> =>
  (field) => {
    if (sizesItself()) return;
    text();
    field.style.blockSize = 'auto';
    field.style.blockSize = `${field.scrollHeight}px`;
  };
