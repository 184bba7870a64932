// Undo in text fields. Some engines leave these keys to the program around them (WebKitGTK does), and on macOS the menu has them.

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>;

/** By the letter: Y and Z change places on some keyboards. Only where a layout has no such letters, by the place of the key. */
export function undoOf(press: Press, mac: boolean): 'undo' | 'redo' | null {
  if (mac || press.isComposing || !press.ctrlKey || press.altKey || press.metaKey) return null;
  const letter = /^[a-z]$/i.test(press.key) ? press.key.toLowerCase() : press.code.replace('Key', '').toLowerCase();
  if (letter === 'z') return press.shiftKey ? 'redo' : 'undo';
  return letter === 'y' && !press.shiftKey ? 'redo' : null;
}

/** True if the key was meant for the history of a text field. Unlike other shortcuts it works in dialogs too. */
export function undoes(event: KeyboardEvent, mac: boolean): boolean {
  const act = undoOf(event, mac);
  if (!act || event.defaultPrevented || !isText(event.target)) return false;
  event.preventDefault();
  document.execCommand(act);
  return true;
}

const TEXTS = ['text', 'search', 'url', 'email', 'tel', 'number'];

const isText = (target: EventTarget | null) =>
  (target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && TEXTS.includes(target.type))) && !target.readOnly;
