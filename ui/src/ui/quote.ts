// What is selected of a message, quoted as markdown does it.
import { plainText } from './copy-text';

/** The selected text, where all of it is in messages; null if nothing is. */
export function selectedOfMessages(): string | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const common = range.commonAncestorContainer;
  const element = common instanceof Element ? common : common.parentElement;
  if (!element?.closest('.msg, .thread')) return null;
  const text = plainText(range.cloneContents());
  return text.trim() === '' ? null : text;
}

export const quoted = (text: string): string =>
  `${text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')}\n\n`;

let last: string | null = null;

/** What was selected of messages last. A text field that is typed in takes the selection away. */
export const lastSelected = (): string | null => selectedOfMessages() ?? last;

/** Remembers what is selected, until another place of the messages is pressed. */
export function rememberSelections(): () => void {
  const onChange = () => {
    const now = selectedOfMessages();
    if (now !== null) last = now;
  };
  const onPress = (event: PointerEvent) => {
    if ((event.target as Element).closest?.('.msg')) last = null;
  };
  document.addEventListener('selectionchange', onChange);
  document.addEventListener('pointerdown', onPress);
  return () => {
    document.removeEventListener('selectionchange', onChange);
    document.removeEventListener('pointerdown', onPress);
  };
}

/** Another chat, another selection. */
export const forgetSelection = (): void => void (last = null);
