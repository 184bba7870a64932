// Text put into the message that is being typed.

const composer = (): HTMLTextAreaElement | null => document.querySelector<HTMLTextAreaElement>('[data-message-field]');

/** As if it were typed where the caret is: what is there stays, and one undo takes it back. */
export function typeIn(text: string, field = composer()): void {
  if (!field) return;
  field.focus();
  if (document.execCommand?.('insertText', false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** At the caret, apart from the word before it, and with an undo of its own. False where there is no field. */
export function typeApart(text: string): boolean {
  const field = composer();
  if (!field) return false;
  const before = field.value.slice(0, field.selectionStart);
  // What was typed until now is undone by itself only if typing has ended.
  field.blur();
  typeIn((before === '' || /\s$/.test(before) ? '' : ' ') + text, field);
  return true;
}

/** At the end, in lines of its own. */
export function typeBelow(text: string): void {
  const field = composer();
  if (!field) return;
  field.setSelectionRange(field.value.length, field.value.length);
  const apart = field.value === '' || field.value.endsWith('\n\n') ? '' : field.value.endsWith('\n') ? '\n' : '\n\n';
  typeIn(apart + text, field);
  field.scrollTop = field.scrollHeight;
}
