// Presets: how a chat asks, under a name; chosen in a chat, for new chats, renamed and deleted.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Preset } from '../src/ipc/bindings/types';
import { CONNECTIONS, NOTHING } from '../src/ipc/fake-data';
import type { FakeOptions } from '../src/ipc/fake';
import { openApp, press, status } from './open-app';

const chat: FakeOptions = { connections: CONNECTIONS, conversations: 4 };
const careful: Preset = { id: 1, name: 'Careful', connectionId: null, model: null, parameters: { ...NOTHING, effort: 'high', maxTokens: 3840 }, instructions: 'Take your time.', route: null, favourite: false };
const quick: Preset = { ...careful, id: 2, name: 'Quick', connectionId: CONNECTIONS[0]!.id, model: 'gpt-5-mini', parameters: { ...NOTHING, effort: 'none' }, instructions: '' };

async function opened(options: FakeOptions) {
  const app = await openApp(options);
  await fireEvent.click(await screen.findByRole('button', { name: 'Parameters' }));
  const dialog = await screen.findByRole('dialog', { name: 'Parameters' });
  const of = (command: string) => app.calls.filter((c) => c.command === command).map((c) => c.args);
  return { app, dialog: within(dialog), of };
}

async function choose(from: string, to: string) {
  await press(`Preset: ${from}`);
  const list = await screen.findByRole('listbox', { name: 'Presets' });
  await fireEvent.click(within(list).getByRole('option', { name: new RegExp(`^${to}`) }));
  await screen.findByRole('button', { name: `Preset: ${to}` });
}

const more = async (item: string) => {
  await press('More for presets');
  await fireEvent.click(await screen.findByRole('menuitem', { name: item }));
};

test('how a chat asks is kept under a name, and the chat goes by it', async () => {
  const { dialog, of } = await opened(chat);
  await fireEvent.input(dialog.getByRole('textbox', { name: 'Longest answer' }), { target: { value: '500' } });
  await more('Save as a new preset');
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Name of the preset' }), { target: { value: 'Brief' } });
  await fireEvent.click(screen.getByRole('checkbox', { name: 'Always with gpt-5.1' }));
  await press('Save');
  await screen.findByRole('button', { name: 'Preset: Brief' });
  expect(of('save_preset')[0]?.['preset']).toEqual({ id: null, name: 'Brief', connectionId: CONNECTIONS[0]!.id, model: 'gpt-5.1', route: null, parameters: { ...NOTHING, maxTokens: 500 }, instructions: '', favourite: false });
  await waitFor(() => expect(status()).toBe('Brief is kept'));
  await fireEvent.input(dialog.getByRole('textbox', { name: 'Longest answer' }), { target: { value: '600' } });
  await screen.findByRole('button', { name: 'Preset: Brief, changed' });
  await more('Save to Brief');
  await screen.findByRole('button', { name: 'Preset: Brief' });
  expect(of('save_preset')[1]?.['preset']).toMatchObject({ id: 1, parameters: { maxTokens: 600 }, model: 'gpt-5.1' });
});

test('a preset that is chosen gives a chat its parameters, instructions and model; reset goes back to it', async () => {
  const { app, dialog } = await opened({ ...chat, presets: [careful, quick] });
  await choose('No preset', 'Careful');
  expect(screen.getByRole('button', { name: 'Reasoning: High' })).toBeTruthy();
  await fireEvent.click(within(dialog.getByRole('radiogroup', { name: 'Reasoning effort' })).getByRole('radio', { name: 'Low' }));
  await screen.findByRole('button', { name: 'Preset: Careful, changed' });
  await press('Reset');
  await screen.findByRole('button', { name: 'Preset: Careful' });
  await choose('Careful', 'Quick');
  await screen.findByRole('button', { name: 'Model: gpt-5-mini' });
  await fireEvent.keyDown(screen.getByRole('dialog', { name: 'Parameters' }), { key: 'Escape' });
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: 'Go' } });
  await press('Send');
  await screen.findByRole('article', { name: 'Your message' });
  const input = app.calls.find((c) => c.command === 'send_message')?.args['input'];
  // Careful’s own instructions went with it.
  expect(input).toMatchObject({ preset: 2, parameters: { effort: 'none' }, model: 'gpt-5-mini', systemPrompt: null });
});

test('Enter in a field takes what was typed and sends nothing', async () => {
  const { dialog, of } = await opened(chat);
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: 'Not yet' } });
  const field = dialog.getByRole('textbox', { name: 'Longest answer' });
  field.focus();
  expect(await fireEvent.keyDown(field, { key: 'Enter' })).toBe(false);
  await more('Save as a new preset');
  const name = await screen.findByRole('textbox', { name: 'Name of the preset' });
  await fireEvent.input(name, { target: { value: 'Plain' } });
  await fireEvent.keyDown(name, { key: 'Enter' });
  await screen.findByRole('button', { name: 'Preset: Plain' });
  expect(of('send_message')).toEqual([]);
});

test('the list is moved through by arrows and left by Escape, which leaves the dialog open', async () => {
  await opened({ ...chat, presets: [careful, quick] });
  const button = await screen.findByRole('button', { name: 'Preset: No preset' });
  await fireEvent.keyDown(button, { key: 'ArrowDown' });
  let list = await screen.findByRole('listbox', { name: 'Presets' });
  await waitFor(() => expect(document.activeElement).toBe(list));
  await fireEvent.keyDown(list, { key: 'Escape' });
  expect(screen.queryByRole('listbox', { name: 'Presets' })).toBeNull();
  expect(document.activeElement).toBe(button);
  screen.getByRole('dialog', { name: 'Parameters' });
  await fireEvent.keyDown(button, { key: 'ArrowDown' });
  list = await screen.findByRole('listbox', { name: 'Presets' });
  await fireEvent.keyDown(list, { key: 'ArrowDown' });
  await fireEvent.keyDown(list, { key: 'Enter' });
  await screen.findByRole('button', { name: 'Preset: Careful' });
});

test('new chats begin with the preset that is for them', async () => {
  const { of } = await opened({ ...chat, presets: [careful] });
  await choose('No preset', 'Careful');
  await more('Use for new chats');
  await waitFor(() => expect(of('set_default_preset')).toEqual([{ id: 1 }]));
  await fireEvent.keyDown(screen.getByRole('dialog', { name: 'Parameters' }), { key: 'Escape' });
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: 'Go' } });
  await press('Send');
  await screen.findByRole('article', { name: 'Your message' });
  await press('New chat');
  await screen.findByRole('button', { name: 'Reasoning: High' });
  await fireEvent.click(screen.getByRole('button', { name: 'Parameters' }));
  await screen.findByRole('button', { name: 'Preset: Careful' });
});

test('another name keeps what a preset is, also while the chat asks otherwise', async () => {
  const { dialog, of } = await opened({ ...chat, presets: [careful] });
  await choose('No preset', 'Careful');
  await fireEvent.input(dialog.getByRole('textbox', { name: 'Longest answer' }), { target: { value: '9' } });
  await more('Rename');
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Name of the preset' }), { target: { value: 'Slow' } });
  await press('Save');
  await screen.findByRole('button', { name: 'Preset: Slow, changed' });
  expect(of('save_preset')[0]?.['preset']).toEqual({ ...careful, name: 'Slow' });
  await more('Delete Slow');
  await screen.findByRole('button', { name: 'Preset: No preset' });
  expect(of('delete_preset')).toEqual([{ id: 1 }]);
  expect((dialog.getByRole('textbox', { name: 'Longest answer' }) as HTMLInputElement).value).toBe('9');
});

test('what is set in a new chat is kept at once, and another chat in between takes nothing from it', async () => {
  const { dialog, of } = await opened(chat);
  await fireEvent.input(dialog.getByRole('textbox', { name: 'Longest answer' }), { target: { value: '700' } });
  await waitFor(() => expect(of('set_parameters')).toEqual([{ conversationId: null, parameters: { ...NOTHING, maxTokens: 700 } }]));
  expect(of('choose_preset')[0]).toEqual({ conversationId: null, id: null });
  await fireEvent.keyDown(screen.getByRole('dialog', { name: 'Parameters' }), { key: 'Escape' });
  await fireEvent.click(screen.getByRole('link', { name: 'Release checklist 0.9' }));
  await screen.findAllByRole('article');
  await press('New chat');
  await fireEvent.click(await screen.findByRole('button', { name: 'Parameters' }));
  expect(((await screen.findByRole('textbox', { name: 'Longest answer' })) as HTMLInputElement).value).toBe('700');
});
