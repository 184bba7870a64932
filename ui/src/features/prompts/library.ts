// What the pages of prompts and of presets have in common.
import { tick } from 'svelte';
import { attempt } from '../../state/attempt';
import { notices } from '../../state/notices.svelte';
import { words } from '../../words';

/** A row of the list. */
export interface LibraryRow {
  key: string;
  name: string;
  /** What it is found by beside its name. */
  note?: string;
  favourite: boolean;
  here: boolean;
  choose: () => void;
}

export interface LibraryGroup {
  title: string;
  rows: readonly LibraryRow[];
  /** What stands there while it has none. */
  none?: string;
}

/** What was made waits for its name: it is marked, to be written over. */
export async function beginWithName(): Promise<void> {
  await tick();
  const name = document.querySelector<HTMLInputElement>('[data-name]');
  name?.focus();
  name?.select();
}

/** Removes one, with a way back. Whether it is gone. */
export async function removeKept(said: string, remove: () => Promise<unknown>, back: () => Promise<unknown>): Promise<boolean> {
  if (!(await attempt(remove))) return false;
  notices.show({ text: said, action: { label: words.app.undo, run: () => void back() } });
  // What had the keyboard is gone with it.
  void tick().then(() => document.querySelector<HTMLElement>('main h1')?.focus());
  return true;
}
