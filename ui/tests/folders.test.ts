// A folder as a project: what new chats in it begin with, and the files that go with all of them.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { SCENES } from '../src/ipc/fake-scenes';
import type { Attached, Attachment } from '../src/ipc/bindings/types';
import { conversations } from '../src/state/conversations.svelte';
import { organised } from '../src/state/organised.svelte';
import { place } from '../src/state/place.svelte';
import { button, openApp, press, status } from './open-app';

const chat = SCENES['chat']!;
const file = (id: number, name: string): Attachment => ({ id, name, kind: 'text', size: 1_200, document: null, pages: null, drawn: null, audio: null, lengthMs: null, width: null, height: null, moved: false, words: true, cut: false, preview: null });
const files: Attached[] = [
  { type: 'attached', attachment: file(7, 'lease.txt') },
  { type: 'attached', attachment: file(8, 'rooms.txt') },
  { type: 'refused', name: 'photos.zip', problem: 'archive' },
];
const note = () => screen.queryByRole('button', { name: /^Files of the folder/ });
const dialog = (name: string) => screen.findByRole('dialog', { name });

beforeEach(() => {
  place.narrow = false;
  place.layer = null;
  place.chat();
});

async function makeFolder() {
  await press('New folder');
  const box = within(await dialog('New folder'));
  expect((box.getByRole('button', { name: 'Add files' }) as HTMLButtonElement).disabled, 'it needs a name first').toBe(true);
  await fireEvent.input(box.getByRole('textbox', { name: 'Name' }), { target: { value: 'House move' } });
  await fireEvent.input(box.getByRole('textbox', { name: 'Instructions for new chats in it' }), { target: { value: 'Be careful.' } });
  return box;
}

test('a folder has files, a model and instructions, and its new chats begin with them', async () => {
  const fake = await openApp({ ...chat, files });
  const box = await makeFolder();
  const model = box.getByRole<HTMLSelectElement>('combobox', { name: 'Model of new chats in it' });
  await waitFor(() => expect(model.options.length).toBeGreaterThan(2));
  const chosen = model.options[2]!.value;
  await fireEvent.change(model, { target: { value: chosen } });
  await fireEvent.click(box.getByRole('button', { name: 'Add files' }));
  await box.findByText('photos.zip: An archive. Unpack it and attach what is inside');
  await waitFor(() => expect(status()).toBe('2 files added'));
  await fireEvent.click(box.getByRole('button', { name: 'Save folder' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(organised.folders.length, 'kept once').toBe(1);
  expect(organised.folders[0]).toMatchObject({ name: 'House move', systemPrompt: 'Be careful.', model: chosen.split('\n')[1] });
  await fireEvent.keyDown(await button('House move'), { key: 'F10', shiftKey: true });
  await fireEvent.click(await screen.findByRole('menuitem', { name: /^New chat here/ }));
  await waitFor(() => expect(note()?.textContent).toContain('lease.txt, rooms.txt'));
  expect(conversations.current).toMatchObject({ folder: 1, systemPrompt: 'Be careful.', model: chosen.split('\n')[1] });
  await fireEvent.input(screen.getByRole('textbox', { name: 'Message' }), { target: { value: 'What is due?' } });
  await waitFor(() => expect(fake.calls.findLast((call) => call.command === 'estimate_answer')?.args).toMatchObject({ conversationId: null, folder: 1 }));
});

test('a chat has the files of the folder that it is in, and they can be taken out', async () => {
  await openApp({ ...chat, files });
  const box = await makeFolder();
  await fireEvent.click(box.getByRole('button', { name: 'Add files' }));
  await waitFor(() => expect(organised.folders[0]?.files.length).toBe(2));
  await fireEvent.click(box.getByRole('button', { name: 'Save folder' }));
  const row = conversations.rows[0]!;
  await conversations.open(row.id);
  expect(note()).toBeNull();
  await organised.change([row.id], { type: 'move', folder: 1 });
  await waitFor(() => expect(note()).not.toBeNull());
  await fireEvent.click(note()!);
  const edit = within(await dialog('Edit folder'));
  await fireEvent.click(edit.getByRole('button', { name: 'Remove lease.txt from the folder' }));
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Remove rooms.txt from the folder'));
  await fireEvent.click(edit.getByRole('button', { name: 'Remove rooms.txt from the folder' }));
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Add files'));
  await fireEvent.click(edit.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(note()).toBeNull());
});
