// What was being typed outlasts the page: each test types, throws the page away, and looks at the one that takes its place.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import App from '../src/app/App.svelte';
import { Fake, type FakeOptions } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { useHost } from '../src/ipc/host';
import { boot } from '../src/state/boot.svelte';
import { comeBack } from '../src/state/come-back';
import { conversations } from '../src/state/conversations.svelte';
import { place } from '../src/state/place.svelte';
import { begun, keptAddress } from '../src/state/unfinished';
import type { Whereabouts } from '../src/state/whereabouts';
import { button, heading, openApp, press } from './open-app';

const chat = { connections: CONNECTIONS, conversations: 4 };

afterEach(() => begun.load(null));

function kept(fake: Fake): string {
  begun.flush();
  return fake.calls.findLast((call) => call.command === 'keep_unfinished')!.args['unfinished'] as string;
}

/** What the page had in its memory is gone. */
async function loadAgain(options: FakeOptions, was: Whereabouts | null, unfinished: string): Promise<void> {
  cleanup();
  begun.load(null);
  useHost(new Fake({ stepMs: 0, ...options, cameBack: 'crashed', unfinished }));
  boot.phase = 'loading';
  const loaded = boot.load((told) => comeBack(told, was));
  render(App);
  await loaded;
}

const at = (conversation: number | null, page: 'chat' | 'keys' = 'chat'): Whereabouts => ({ page, conversation, reading: null, sidebar: null });
const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });
const valueOf = (field: HTMLElement) => (field as HTMLInputElement).value;

test('an edit that was being written', async () => {
  const fake = await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await screen.findAllByRole('article');
  const id = conversations.current.id;
  await fireEvent.click(screen.getAllByRole('button', { name: 'Edit message' })[0]!);
  await type(await screen.findByRole('textbox', { name: 'Edit text' }), 'asked in other words');
  await loadAgain(chat, at(id), kept(fake));
  expect(valueOf(await screen.findByRole('textbox', { name: 'Edit text' }))).toBe('asked in other words');
  await fireEvent.keyDown(await screen.findByRole('textbox', { name: 'Edit text' }), { key: 'Escape' });
  expect(begun.get('edit')).toBeUndefined();
});

test('instructions that were being written, for a new chat', async () => {
  const fake = await openApp(chat);
  place.layer = 'systemPrompt';
  await type(await screen.findByRole('textbox', { name: 'System prompt text' }), 'Answer in verse.');
  await loadAgain(chat, at(null), kept(fake));
  expect(valueOf(await screen.findByRole('textbox', { name: 'System prompt text' }))).toBe('Answer in verse.');
});

test('a name that was being changed, in the list and over the chat', async () => {
  const fake = await openApp(chat);
  const link = screen.getByRole('link', { name: 'Retry with jitter in Rust' });
  link.focus();
  await fireEvent.keyDown(link, { key: 'F2' });
  await type(await screen.findByRole('textbox', { name: 'Chat title' }), 'Jitter');
  await loadAgain(chat, at(null), kept(fake));
  const field = await screen.findByRole('textbox', { name: 'Chat title' });
  expect(valueOf(field)).toBe('Jitter');
  await fireEvent.keyDown(field, { key: 'Enter' });
  await screen.findByRole('link', { name: 'Jitter' });
  expect(begun.get('rename')).toBeUndefined();
});

test('the first steps, and the address that was typed', async () => {
  const fake = await openApp(chat);
  place.addKey();
  await fireEvent.click(await screen.findByRole('radio', { name: 'Other address' }));
  await type(screen.getByRole('textbox'), 'https://llm.example.org/v1');
  await press('Continue');
  await button('I have the key');
  await loadAgain(chat, at(null), kept(fake));
  await button('I have the key');
  await press('Back');
  expect(valueOf(screen.getByRole('textbox'))).toBe('https://llm.example.org/v1');
});

test('a key that was checked, with what is said of it', async () => {
  const fake = await openApp(chat);
  place.addKey();
  await press('Continue');
  await press('I have the key');
  await press('Paste key from clipboard');
  await heading('The key works');
  const told = kept(fake);
  await loadAgain({ ...chat, connections: [...CONNECTIONS] }, at(null), told);
  await heading('The key works');
  await press('Start chatting');
  await waitFor(() => expect(begun.get('wizard')).toBeUndefined());
});

test('nothing that may hold a key is kept of an address', () => {
  expect(keptAddress('https://llm.example.org:8443/openai/v1')).toBe('https://llm.example.org:8443/openai/v1');
  for (const secret of ['https://me:secret@host/v1', 'https://host/v1?key=abc', 'sk-proj-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'https://host/AIzaSyAAAAAAAAAAAAAAAAAAAAAAAA/v1']) {
    expect(keptAddress(secret), secret).toBe('');
  }
});
