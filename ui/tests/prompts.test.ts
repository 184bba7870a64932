// The library, its page, and what the composer makes of it.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { failure, type Fake } from '../src/ipc/fake';
import type { Outgoing } from '../src/ipc/commands';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { PROMPTS } from '../src/ipc/fake-prompts';
import { conversations } from '../src/state/conversations.svelte';
import { blanksOf } from '../src/state/prompt-text';
import { button, commandsOf, openApp, press, status } from './open-app';

const chat = { connections: CONNECTIONS, conversations: 4, prompts: PROMPTS };
const message = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
async function type(text: string) {
  const field = await message();
  field.focus();
  field.value = text;
  field.setSelectionRange(text.length, text.length);
  await fireEvent.input(field, { target: { value: text } });
  return field;
}
const key = async (name: string, more = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key: name, code: name, ...more });
const options = async (name: string) => within(await screen.findByRole('listbox', { name })).getAllByRole('option').map((one) => one.getAttribute('aria-label'));
const page = async () => {
  await fireEvent.keyDown(document.body, { key: 'P', code: 'KeyP', ctrlKey: true, shiftKey: true });
  return screen.findByRole('list', { name: 'Prompts' });
};
const link = async (name: RegExp) => fireEvent.click(within(await screen.findByRole('list', { name: 'Prompts' })).getByRole('link', { name }));
const saved = (fake: Fake) => fake.calls.findLast((c) => c.command === 'save_prompt')?.args['prompt'];

test('a slash lists what begins like what is typed, and Enter inserts it', async () => {
  await openApp(chat);
  const field = await type('/fi');
  await waitFor(async () => expect((await options('Prompts'))[0]).toBe('/firm'));
  expect(field.getAttribute('aria-activedescendant')).toBe('suggestion-0');
  await key('Enter');
  await waitFor(() => expect(conversations.current.draft).toBe('Make this friendly, but firm:\n\n'));
  expect(screen.queryByRole('listbox', { name: 'Prompts' })).toBeNull();
});

test('arrow keys choose, Escape lets one go on typing, and then Enter sends', async () => {
  const fake = await openApp(chat);
  await type('/pla');
  await waitFor(async () => expect(await options('Prompts')).toEqual(expect.arrayContaining(['/plain', '/plan'])));
  await key('ArrowDown');
  expect(within(screen.getByRole('listbox', { name: 'Prompts' })).getByRole('option', { selected: true }).getAttribute('aria-label')).toBe('/plan');
  await key('Escape');
  expect(screen.queryByRole('listbox', { name: 'Prompts' })).toBeNull();
  await key('Enter', { keyCode: 13 });
  await waitFor(() => expect(commandsOf(fake)).toContain('send_message'));
});

test('blanks are asked for, with their defaults and choices', async () => {
  await openApp(chat);
  await type('/plain');
  await waitFor(async () => expect((await options('Prompts'))[0]).toBe('/plain'));
  await key('Tab');
  const form = await screen.findByRole('form', { name: 'Fill the blanks' });
  const reader = within(form).getByRole<HTMLSelectElement>('combobox', { name: 'reader' });
  await waitFor(() => expect(reader.value).toBe('my grandmother'));
  await fireEvent.change(reader, { target: { value: 'a lawyer' } });
  expect(within(form).getByRole<HTMLInputElement>('textbox', { name: 'words' }).value).toBe('120');
  await fireEvent.input(within(form).getByRole('textbox', { name: 'selection' }), { target: { value: 'The {{Tenant}} shall.' } });
  await press('Insert');
  await waitFor(() => expect(conversations.current.draft).toBe('Rewrite this in plain English for a lawyer. Keep every date and amount. At most 120 words.\n\nThe {{Tenant}} shall.'));
  expect(document.activeElement).toBe(await message());
});

test('what is written stays: a prompt goes where its slash was', async () => {
  await openApp(chat);
  await type('First line\n/rev');
  await waitFor(async () => expect((await options('Prompts'))[0]).toBe('/review'));
  await key('Enter');
  await waitFor(() => expect(conversations.current.draft).toBe('First line\nReview this change. Be brief.'));
});

test('a circle is said, and nothing is inserted', async () => {
  await openApp({ ...chat, prompts: [{ ...PROMPTS[0]!, id: 1, slash: 'a', text: '{{/b}}' }, { ...PROMPTS[0]!, id: 2, slash: 'b', text: '{{/a}}' }] });
  await type('/a');
  await waitFor(async () => expect((await options('Prompts'))[0]).toBe('/a'));
  await key('Enter');
  await waitFor(() => expect(status()).toContain('It takes in itself: /a → /b → /a.'));
  expect(conversations.current.draft).toBe('/a');
});

test('a slash finds acts, too: the draft becomes a prompt', async () => {
  const fake = await openApp(chat);
  await type('Explain this:\n/new');
  await waitFor(async () => expect((await options('Prompts'))[0]).toBe('/new'));
  await key('Enter');
  await screen.findByRole('heading', { name: 'Prompts' });
  expect(saved(fake)).toMatchObject({ name: 'Explain this:', text: 'Explain this:', slash: '' });
});

test('an at sign asks a model for one message only', async () => {
  const fake = await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await screen.findByRole('article', { name: 'Your message' });
  await type('Hello @sonnet');
  await waitFor(async () => expect((await options('Models'))[0]).toContain('sonnet'));
  await key('Enter');
  await waitFor(() => expect(conversations.current.draft).toBe('Hello '));
  const next = conversations.current.next!;
  await button(`Don’t ask ${next.model} next`);
  await press('Send');
  await waitFor(() => expect(commandsOf(fake)).toContain('choose_model'));
  expect((fake.calls.find((c) => c.command === 'send_message')!.args['input'] as Outgoing).model).toBe(next.model);
  expect(fake.calls.find((c) => c.command === 'choose_model')!.args).toMatchObject({ conversationId: 1, model: 'gpt-5.1' });
  expect(conversations.current.next).toBeNull();
});

test('the page lists prompts by favourites and folders, and filters them', async () => {
  await openApp(chat);
  const list = await page();
  await within(list).findByText('Favourites');
  expect([...list.querySelectorAll('h2')].map((h) => h.textContent)).toEqual(['Favourites', 'Code', 'Writing']);
  await fireEvent.input(screen.getByRole('searchbox', { name: 'Filter prompts' }), { target: { value: 'firm' } });
  await waitFor(() => expect(within(list).getAllByRole('link')).toHaveLength(1));
});

test('a prompt is made, changed, kept on top and deleted, and comes back by undo', async () => {
  const fake = await openApp(chat);
  await page();
  await press('New prompt');
  const name = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' });
  await waitFor(() => expect(document.activeElement).toBe(name));
  await fireEvent.input(name, { target: { value: 'Mine' } });
  const slash = screen.getByRole<HTMLInputElement>('textbox', { name: 'Slash name' });
  await fireEvent.input(slash, { target: { value: 'plain' } });
  await fireEvent.change(slash);
  await waitFor(() => expect(slash.value).toBe('plain-2'));
  await waitFor(() => expect(status()).toContain('so this one is /plain-2'));
  await press('Add to favourites');
  await waitFor(() => expect(saved(fake)).toMatchObject({ name: 'Mine', slash: 'plain-2', favourite: true }));
  await press('More for this prompt');
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  await waitFor(() => expect(screen.queryByRole('link', { name: /Mine/ })).toBeNull());
  await press('Undo');
  await screen.findByRole('link', { name: /Mine/ });
});

test('a prompt without a name says so at its field, and is not saved', async () => {
  const fake = await openApp(chat);
  await page();
  await link(/firm/);
  const name = await screen.findByRole('textbox', { name: /^Name/ });
  await fireEvent.input(name, { target: { value: ' ' } });
  await fireEvent.change(name);
  await screen.findByText('A prompt needs a name.');
  expect(saved(fake)).toBeUndefined();
});

test('a prompt whose name was taken away keeps the last one and the rest of what was written', async () => {
  const fake = await openApp(chat);
  await page();
  await link(/firm/);
  const name = await screen.findByRole<HTMLInputElement>('textbox', { name: /^Name/ });
  const was = name.value;
  await fireEvent.input(name, { target: { value: '' } });
  const text = await screen.findByRole('textbox', { name: 'Text' });
  await fireEvent.input(text, { target: { value: 'Much that was written' } });
  await fireEvent.change(text);
  await waitFor(() => expect(saved(fake)).toMatchObject({ name: was, text: 'Much that was written' }));
});

test('a choice that is offered twice is one', () => {
  expect(blanksOf('{{size:S|M|M}} {{tone:|}}')).toMatchObject([
    { name: 'size', choices: ['S', 'M'] },
    { name: 'tone', kind: 'text', value: '' },
  ]);
});

test('filled on its page, it begins a new chat below what is written there', async () => {
  await openApp(chat);
  await type('Mine. ');
  await page();
  await link(/Steps with dates/);
  const form = await screen.findByRole('form', { name: 'Fill the blanks' });
  await fireEvent.input(within(form).getByRole('textbox', { name: 'text' }), { target: { value: 'move house' } });
  expect(within(form).getByRole<HTMLInputElement>('textbox', { name: 'date' }).value).toMatch(/^\d+ \w+ \d{4}$/);
  await press('Use in a new chat');
  await waitFor(() => expect(conversations.current.draft).toMatch(/^Mine\. \n\nTurn this into steps .*\n\nmove house$/));
});

test('the clipboard is asked for natively, and only by a press', async () => {
  const fake = await openApp({ ...chat, clipboard: 'from the clipboard', prompts: [{ ...PROMPTS[0]!, text: 'See {{clipboard}}' }] });
  await page();
  const form = await screen.findByRole('form', { name: 'Fill the blanks' });
  expect(commandsOf(fake)).not.toContain('take_clipboard');
  await press('Paste');
  await waitFor(() => expect(within(form).getByRole<HTMLTextAreaElement>('textbox', { name: 'clipboard' }).value).toBe('from the clipboard'));
});

test('a library comes in and goes out; what is none is said and adds nothing', async () => {
  const fake = await openApp({ ...chat, promptFile: [{ ...PROMPTS[0]!, id: null, name: 'New one', slash: 'one' }] });
  await page();
  await press('Import');
  await waitFor(() => expect(status()).toBe('1 prompt imported'));
  await screen.findByRole('link', { name: /New one/ });
  await press('Export');
  await waitFor(() => expect(status()).toBe('6 prompts exported'));
  fake.commands['import_prompts'] = () => {
    throw failure('notALibrary');
  };
  await press('Import');
  await waitFor(() => expect(status()).toBe('That file is no library of prompts'));
});

test('presets have a page: those that come with the app are used or copied, and what is changed is saved', async () => {
  const fake = await openApp(chat);
  await page();
  await fireEvent.click(screen.getByRole('link', { name: 'Presets' }));
  const list = await screen.findByRole('list', { name: 'Presets' });
  await fireEvent.click(within(list).getByRole('link', { name: 'Code reviewer' }));
  await press('Duplicate');
  const name = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' });
  await waitFor(() => expect(name.value).toBe('Code reviewer (copy)'));
  await fireEvent.change(screen.getByRole('combobox', { name: /^Reasoning effort/ }), { target: { value: 'high' } });
  const last = () => fake.calls.findLast((c) => c.command === 'save_preset')!.args['preset'];
  await waitFor(() => expect(last()).toMatchObject({ name: 'Code reviewer (copy)', parameters: { effort: 'high', temperature: 0.2 } }));
  await press('Start a chat with it');
  await waitFor(() => expect(conversations.current.systemPrompt).toMatch(/^Review the code/));
  expect(conversations.current.parameters.effort).toBe('high');
});
