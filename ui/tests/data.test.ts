// Privacy and data: each control does what it says, at once; taking chats out and erasing them.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { SCENES } from '../src/ipc/fake-scenes';
import { failure } from '../src/ipc/fake';
import { conversations } from '../src/state/conversations.svelte';
import { organised } from '../src/state/organised.svelte';
import { place } from '../src/state/place.svelte';
import { commandsOf, openApp, press, status } from './open-app';

const chat = SCENES['chat']!;
const guard = () => screen.findByRole('switch', { name: 'Stop secrets in messages' });
const exported = (fake: Awaited<ReturnType<typeof openApp>>) => fake.calls.filter((call) => call.command === 'export_chats').map((call) => call.args);

beforeEach(() => {
  place.narrow = false;
  place.layer = null;
});

test('the guard is switched off after a native yes only, and on at once', async () => {
  const fake = await openApp(chat);
  place.settings('privacy');
  expect((await guard()).getAttribute('aria-checked')).toBe('true');
  const set = fake.commands['set_guard']!;
  fake.commands['set_guard'] = () => {
    throw failure('cancelled');
  };
  await fireEvent.click(await guard());
  await waitFor(() => expect(commandsOf(fake)).toContain('set_guard'));
  expect((await guard()).getAttribute('aria-checked')).toBe('true');
  fake.commands['set_guard'] = set;
  await fireEvent.click(await guard());
  await waitFor(async () => expect((await guard()).getAttribute('aria-checked')).toBe('false'));
  expect(status()).toBe('Saved');
});

test('where chats are is said without a path, and how long the trash keeps is a choice', async () => {
  const fake = await openApp(chat);
  place.settings('data');
  await screen.findByText(/^\d+ chats, 9.4 MB in one encrypted file\.$/);
  await press('Show the folder');
  await waitFor(() => expect(commandsOf(fake)).toContain('show_data_folder'));
  await fireEvent.change(screen.getByRole('combobox', { name: 'Empty the trash' }), { target: { value: 'forever' } });
  await screen.findByText('What is in it stays until you delete it.');
  expect(fake.calls.findLast((call) => call.command === 'save_preferences')?.args['preferences']).toMatchObject({ keepTrash: 'forever' });
  place.showShelf('trash');
  await screen.findByText('Chats in the trash stay until you delete them.');
});

test('all chats are exported from the settings, and those that are selected from the list', async () => {
  const fake = await openApp(chat);
  place.settings('data');
  await press('Export as JSON');
  await waitFor(() => expect(exported(fake)).toEqual([{ ids: null, form: 'json' }]));
  place.chat();
  const ids = conversations.rows.slice(0, 2).map((row) => row.id);
  for (const id of ids) organised.pick(id, true);
  const bar = within(await screen.findByRole('toolbar', { name: 'Selected chats' }));
  await fireEvent.click(bar.getByRole('button', { name: 'More for selected chats' }));
  await fireEvent.click(await screen.findByRole('menuitem', { name: /^Export/ }));
  await fireEvent.click(await screen.findByRole('menuitem', { name: /^As Markdown/ }));
  await waitFor(() => expect(exported(fake).at(-1)).toEqual({ ids, form: 'markdown' }));
  await waitFor(() => expect(status()).toBe('2 chats exported'));
});

test('all chats are erased after the native questions, and a no changes nothing', async () => {
  const fake = await openApp(chat);
  const before = conversations.rows.length;
  place.settings('data');
  const erase = fake.commands['delete_all_chats']!;
  fake.commands['delete_all_chats'] = () => {
    throw failure('cancelled');
  };
  await press('Delete all chats');
  await waitFor(() => expect(commandsOf(fake)).toContain('delete_all_chats'));
  expect(conversations.rows.length).toBe(before);
  fake.commands['delete_all_chats'] = erase;
  await press('Delete all chats');
  await waitFor(() => expect(conversations.rows.length).toBe(0));
  await waitFor(() => expect(status()).toBe('All chats are deleted'));
  expect(conversations.current.id).toBeNull();
});

test('a setting is found by what it is called elsewhere', async () => {
  await openApp(chat);
  for (const [typed, name] of [
    ['retention', 'Empty the trash'],
    ['dark mode', 'Theme'],
    ['wipe', 'Delete all chats'],
    ['backup', 'Export as Markdown'],
  ] as const) {
    await fireEvent.keyDown(window, { key: 'k', code: 'KeyK', ctrlKey: true });
    const field = await screen.findByRole('combobox', { name: 'Type a command' });
    await fireEvent.input(field, { target: { value: typed } });
    await waitFor(() => expect([...document.querySelectorAll('[role="option"] .strong')].map((one) => one.textContent), typed).toContain(name));
    place.layer = null;
    await waitFor(() => expect(document.querySelector('dialog')).toBeNull());
  }
});
