import { fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { undoOf } from '../src/app/undo';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { conversations } from '../src/state/conversations.svelte';
import { button, openApp, press } from './open-app';

const chat = { connections: CONNECTIONS, conversations: 4 };
const run = vi.fn((_act: string) => true);
const message = () => screen.findByRole('textbox', { name: 'Message' });

beforeEach(() => {
  run.mockClear();
  document.execCommand = run;
});
afterEach(() => Reflect.deleteProperty(document, 'execCommand'));

const ctrl = (key: string, code: string, change = {}) => ({ key, code, ctrlKey: true, metaKey: false, altKey: false, shiftKey: false, isComposing: false, ...change });

test.each([
  [ctrl('z', 'KeyZ'), false, 'undo'],
  [ctrl('Z', 'KeyZ', { shiftKey: true }), false, 'redo'],
  [ctrl('y', 'KeyY'), false, 'redo'],
  // A German keyboard, a Russian one.
  [ctrl('z', 'KeyY'), false, 'undo'],
  [ctrl('y', 'KeyZ'), false, 'redo'],
  [ctrl('я', 'KeyZ'), false, 'undo'],
  [ctrl('w', 'KeyZ'), false, null],
  [ctrl('z', 'KeyZ', { altKey: true }), false, null],
  [ctrl('z', 'KeyZ', { ctrlKey: false }), false, null],
  [ctrl('z', 'KeyZ', { isComposing: true }), false, null],
  [ctrl('z', 'KeyZ', { ctrlKey: false, metaKey: true }), true, null],
] as const)('%#', (pressed, mac, act) => expect(undoOf(pressed, mac)).toBe(act));

/** True if the key was left to the engine. */
const undo = (field: Element) => fireEvent.keyDown(field, ctrl('z', 'KeyZ'));

test('undo reaches the composer, a name in the sidebar, and the field of a dialog', async () => {
  await openApp(chat);
  expect(await undo(await message())).toBe(false);
  await press('More for Release checklist 0.9');
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Rename' }));
  const title = await screen.findByRole('textbox', { name: 'Chat title' });
  await undo(title);
  await fireEvent.keyDown(title, { key: 'Escape' });
  await press('More chat actions');
  await fireEvent.click(await screen.findByRole('menuitem', { name: /^System prompt/ }));
  await undo(await screen.findByRole('textbox', { name: 'System prompt text' }));
  expect(run.mock.calls).toEqual([['undo'], ['undo'], ['undo']]);
});

test('nothing is undone outside of a text, or where the key was used', async () => {
  await openApp(chat);
  expect(await undo(await button('New chat'))).toBe(true);
  const field = await message();
  field.addEventListener('keydown', (event) => event.preventDefault(), { once: true });
  await undo(field);
  expect(run).not.toHaveBeenCalled();
});

test('each chat has a field of its own, so that none brings back what was typed in another', async () => {
  await openApp(chat);
  const first = await message();
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await screen.findByRole('article', { name: 'Your message' });
  const second = await message();
  expect(conversations.current.id).not.toBeNull();
  expect(second).not.toBe(first);
  expect(document.activeElement).toBe(second);
  await press('New chat');
  expect(await message()).not.toBe(second);
  expect(document.activeElement).toBe(await message());
});
