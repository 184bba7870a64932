// What fills blanks by itself: the day, what is selected in the chat; and the clipboard, when it is asked for.
import { commands } from '../ipc/commands';
import type { Blank } from './prompt-text';
import { attempt } from './attempt';

const today = () => new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** The blanks, those that fill themselves with what they are filled with. */
export const ownValues = (blanks: readonly Blank[], selected: string | null): readonly Blank[] =>
  blanks.map((blank) => {
    if (blank.kind === 'date') return { ...blank, value: today() };
    if (blank.kind === 'selection') return { ...blank, value: selected ?? '' };
    return blank;
  });

/** Whether a person has to say something about it. */
export const isOpen = (blank: Blank): boolean => (blank.kind !== 'date' && blank.kind !== 'selection') || blank.value === '';

/** A native window asks first. null: nothing came. */
export async function takeClipboard(): Promise<string | null> {
  let text: string | null = null;
  await attempt(async () => {
    text = await commands.take_clipboard();
  });
  return text;
}
