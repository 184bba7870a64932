// The small window.
import axe from 'axe-core';
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import QuickAsk from '../src/features/quick/QuickAsk.svelte';
import { Fake, failure, type FakeOptions } from '../src/ipc/fake';
import { SCENES } from '../src/ipc/fake-scenes';
import { useHost } from '../src/ipc/host';
import { conversations } from '../src/state/conversations.svelte';
import { news } from '../src/state/news.svelte';
import { commandsOf, openApp, press, status } from './open-app';

const READY: FakeOptions = { connections: SCENES['chat']!.connections!, stepMs: 0, answer: ['<p>Use <code>-L</code>.</p>'] };

async function openQuick(options: FakeOptions = READY): Promise<Fake> {
  const fake = new Fake(options);
  useHost(fake);
  render(QuickAsk);
  await waitFor(() => expect(commandsOf(fake)).toContain('begin_quick'));
  await new Promise((done) => setTimeout(done));
  return fake;
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
const type = (text: string) => fireEvent.input(field(), { target: { value: text } });
const key = (init: KeyboardEventInit) => fireEvent.keyDown(field(), init);
const violations = async () => (await axe.run(document.body, { rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false }, 'scrollable-region-focusable': { enabled: false } }, resultTypes: ['violations'] })).violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`));

beforeEach(() => (document.documentElement.lang = 'en'));
afterEach(() => (news.wanted = null));

test('a question is answered in place, copied, and opened in Latchkey', async () => {
  const fake = await openQuick();
  expect(document.activeElement).toBe(field());
  await type('Which flag follows redirects?');
  await key({ key: 'Enter' });
  await screen.findByText('-L');
  await waitFor(() => expect(status()).toContain('Answer finished'));
  expect(await violations()).toEqual([]);
  await press('Copy answer');
  await waitFor(() => expect(status()).toBe('Copied'));
  await key({ key: 'Enter', code: 'Enter', ctrlKey: true });
  expect(fake.calls.at(-1)).toMatchObject({ command: 'leave_quick', args: { typed: null } });
  // What was changed since is another question.
  await type('And which one limits them?');
  await press('Open in Latchkey');
  expect(fake.calls.at(-1)!.args).toEqual({ typed: 'And which one limits them?' });
  await key({ key: 'Escape' });
  expect(fake.calls.at(-1)!.command).toBe('hide_quick');
});

test('what the answer shows anyway is read out, and takes no line of its own; what was in the way is seen', async () => {
  await openQuick({ ...READY, stepMs: 20, answer: Array.from({ length: 200 }, (_, i) => `<p>Line ${i}</p>`) });
  const line = () => screen.getByRole('status', { name: 'Status' });
  await type('Go on');
  await key({ key: 'Enter' });
  await screen.findByText('Line 0');
  expect(line().textContent).toBe('Answering');
  expect(line().classList.contains('sr')).toBe(true);
  await press('Stop');
  await waitFor(() => expect(line().textContent).toContain('Answer stopped'));
  expect(line().classList.contains('sr')).toBe(true);
  await key({ key: 's', code: 'KeyS', altKey: true });
  await waitFor(() => expect(line().textContent).not.toContain('Answer stopped'));
  expect(line().classList.contains('sr')).toBe(false);
});

test('an answer is stopped, and nothing else is asked while it comes', async () => {
  const fake = await openQuick({ ...READY, stepMs: 20, answer: Array.from({ length: 200 }, (_, i) => `<p>Line ${i}</p>`) });
  await type('Go on');
  await key({ key: 'Enter' });
  await screen.findByText('Line 0');
  await key({ key: 'Enter' });
  await press('Stop');
  await waitFor(() => expect(status()).toContain('Answer stopped'));
  expect(commandsOf(fake).filter((command) => command === 'ask_quick')).toHaveLength(1);
});

test('the selection and the clipboard come when they are asked for, and no key does', async () => {
  const fake = await openQuick({ ...READY, selection: 'Der Schlüssel', clipboard: 'sk-proj-abcdefghijklmnopqrstuvwxyz' });
  expect(commandsOf(fake)).not.toContain('take_text');
  await type('Translate');
  await press('Take the selection');
  await waitFor(() => expect(field().value).toBe('Translate\n\nDer Schlüssel'));
  await key({ key: 'v', code: 'KeyV', altKey: true });
  await waitFor(() => expect(status()).toContain('wasn’t taken'));
  expect(field().value).not.toContain('sk-');
});

test.each([
  ['sessionOnly', { history: { state: 'sessionOnly', reason: failure('keychainLocked') } } as FakeOptions, 'Unlock'],
  ['no key', {} as FakeOptions, 'Add a key in Latchkey'],
])('with %s there is one way on', async (_, options, way) => {
  const fake = await openQuick(options);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
  expect(await violations()).toEqual([]);
  await press(way);
  expect(fake.calls.at(-1)!.command).toBe('settle_quick');
});

test('a provider that fails says so, and the question stays', async () => {
  await openQuick({ ...READY, turn: failure('busy', null, 'OpenAI') });
  await type('Anybody there?');
  await key({ key: 'Enter' });
  await screen.findByRole('alert');
  expect(field().value).toBe('Anybody there?');
});

test('a secret in the question is not sent from here', async () => {
  const fake = await openQuick({ ...READY, refuse: failure('secretsFound') });
  await type('What is wrong with my key?');
  await key({ key: 'Enter' });
  await screen.findByText('A key or another secret is in your question');
  await press('Open in Latchkey');
  expect(fake.calls.at(-1)!.args).toEqual({ typed: 'What is wrong with my key?' });
});

test('the large window hears of the chat, and shows what is wanted', async () => {
  await openApp({ ...READY, conversations: 2 });
  const [row] = conversations.rows;
  conversations.changed({ ...row!, id: 99, title: 'Asked quickly', updatedMs: row!.updatedMs + 1 });
  await screen.findByRole('link', { name: /Asked quickly/ });
  conversations.changed({ ...row!, id: 99, title: 'Older', updatedMs: row!.updatedMs - 1 });
  expect(screen.queryByRole('link', { name: /Older/ })).toBeNull();
  news.wanted = { type: 'newChat', text: 'Typed elsewhere' };
  await waitFor(() => expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }).value).toContain('Typed elsewhere'));
  news.wanted = { type: 'chat', id: row!.id };
  await waitFor(() => expect(conversations.current.id).toBe(row!.id));
});
