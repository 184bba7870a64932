// Side by side: one question to several models, each in a column of its own.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { failure } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { conversations } from '../src/state/conversations.svelte';
import { button, openApp, press, status } from './open-app';

const marks = [{ connectionId: 'connection-2', model: 'claude-sonnet-4.5', starredMs: null, usedMs: 5, price: null }];
const chat = { connections: CONNECTIONS, conversations: 4, marks, answer: ['<p dir="auto">You must give it back in good condition.</p>'] };
const column = (name: string) => screen.findByRole('region', { name: `Answer from ${name}` });
const type = async (text: string) => fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: text } });

async function compare(options: object = {}) {
  const app = await openApp({ ...chat, ...options });
  await press('Compare models');
  await column('gpt-5.1');
  return app;
}

async function add(model: string) {
  await press('Add model');
  await fireEvent.click(await screen.findByRole('option', { name: model }));
}

test('one question goes to all of them, and each answers in its own column with its own figures', async () => {
  const app = await compare();
  await add('qwen3:8b');
  expect(screen.getByText('Comparing 3 models')).toBeTruthy();
  await type('Explain this clause');
  expect(await screen.findByText('Sent to 3 models, at most $0.12 in all')).toBeTruthy();
  await press('Send');
  await waitFor(() => expect(screen.getAllByRole('button', { name: 'Keep this answer' })).toHaveLength(3), { timeout: 20_000 });
  expect(screen.getByRole('article', { name: 'Your message' }).textContent).toBe('Explain this clause');
  for (const name of ['gpt-5.1', 'claude-sonnet-4.5', 'qwen3:8b']) {
    const stats = within(await column(name));
    expect(stats.getByText('742')).toBeTruthy();
    expect(stats.getByText('0.42 s')).toBeTruthy();
    expect(stats.getByText('Total')).toBeTruthy();
  }
  expect(screen.getByText('$0.0271 for this round')).toBeTruthy();
  expect(status()).toBe('3 answers finished');
  const asked = app.calls.filter((call) => call.command === 'send_message' || call.command === 'try_again');
  expect(asked.map((call) => call.command)).toEqual(['send_message', 'try_again', 'try_again']);
  expect(asked[2]?.args['over']).toEqual({ connectionId: 'connection-3', model: 'qwen3:8b' });
  // The one that is kept goes on in the chat; the others are its versions.
  await fireEvent.click(within(await column('claude-sonnet-4.5')).getByRole('button', { name: 'Keep this answer' }));
  expect(await screen.findByText('2 of 3')).toBeTruthy();
  expect(await button('Model: claude-sonnet-4.5')).toBeTruthy();
}, 30_000);

test('one that can’t be asked leaves the others alone, also where it is the first', async () => {
  const app = await compare({ failing: 'gpt-5.1' });
  await type('Hello');
  await press('Send');
  await waitFor(() => expect(screen.getAllByRole('button', { name: 'Keep this answer' })).toHaveLength(1), { timeout: 20_000 });
  expect(within(await column('gpt-5.1')).getByRole('alert').textContent).toContain('Ollama');
  expect(app.calls.filter((call) => call.command === 'send_message')).toHaveLength(2);
  await fireEvent.click(within(await column('gpt-5.1')).getByRole('button', { name: 'Ask again' }));
  await waitFor(() => expect(app.calls.filter((call) => call.command === 'try_again').at(-1)?.args['over']).toEqual({ connectionId: 'connection-1', model: 'gpt-5.1' }));
  await press('Close compare');
  // Nobody was chosen, so whoever was chosen before goes on.
  await waitFor(() => expect(app.calls.findLast((call) => call.command === 'choose_model')?.args).toMatchObject({ model: 'gpt-5.1' }));
  expect(await screen.findByRole('article', { name: 'Assistant message' })).toBeTruthy();
  expect(screen.queryByText(/ of 2/)).toBeNull();
}, 30_000);

test('names can be hidden, one is stopped alone, and Esc stops all', async () => {
  await compare({ stepMs: 40 });
  await fireEvent.click(screen.getByRole('switch', { name: 'Hide model names' }));
  await column('Model A');
  expect(screen.queryByRole('region', { name: 'Answer from gpt-5.1' })).toBeNull();
  await type('Hello');
  await press('Send');
  await press('Stop Model A');
  await waitFor(() => expect(within(screen.getByRole('region', { name: 'Answer from Model A' })).queryByText('Answering')).toBeNull(), { timeout: 20_000 });
  expect(within(await column('Model B')).getByText('Answering')).toBeTruthy();
  await fireEvent.keyDown(document.body, { key: 'Escape', code: 'Escape' });
  await waitFor(() => expect(screen.queryByText('Answering', { selector: '.badge' })).toBeNull(), { timeout: 20_000 });
  expect(screen.getByRole('button', { name: 'Close compare' })).toBeTruthy();
  await fireEvent.keyDown(document.body, { key: 'Escape', code: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Close compare' })).toBeNull());
}, 30_000);

test('fewer than two are not compared, and never more than four', async () => {
  const app = await compare({ marks: [] });
  await type('Hello');
  expect(((await button('Send')) as HTMLButtonElement).disabled).toBe(true);
  expect(screen.getByText('Add another model to compare with')).toBeTruthy();
  await add('qwen3:8b');
  await add('qwen3:8b');
  expect(screen.getByText('Comparing 2 models')).toBeTruthy();
  expect(app.calls.some((call) => call.command === 'send_message')).toBe(false);
});

test('a secret stops all of them, and the guard’s ways on go to all', async () => {
  const app = await compare({ secrets: [{ kind: 'password', name: null, lastFour: null, file: null, line: 1 }], redacted: 'My ⟪password-1⟫' });
  await type('My p4ss');
  await press('Send');
  expect(app.calls.filter((call) => call.command === 'send_message')).toHaveLength(1);
  await press('Send redacted');
  await waitFor(() => expect(screen.getAllByRole('button', { name: 'Keep this answer' })).toHaveLength(2), { timeout: 20_000 });
  expect(screen.getByRole('article', { name: 'Your message' }).textContent).toContain('My');
}, 30_000);

test.each([['nobody was chosen before', false], ['who was chosen before can’t be chosen again', true]])('the chat has what was answered where %s', async (_, chosen) => {
  const app = await compare();
  await add('qwen3:8b');
  if (!chosen) {
    await press('Close compare');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Close compare' })).toBeNull());
    conversations.current.connectionId = null;
    conversations.current.model = null;
    await press('Compare models');
    await add('gpt-5.1');
    await add('qwen3:8b');
  }
  await type('Explain this clause');
  await press('Send');
  await waitFor(() => expect(screen.getAllByRole('button', { name: 'Keep this answer' }).length).toBeGreaterThan(1), { timeout: 20_000 });
  const asked = app.calls.length;
  app.commands['choose_model'] = () => {
    throw failure('internal');
  };
  await press('Close compare');
  expect(await screen.findByRole('article', { name: 'Assistant message' })).toBeTruthy();
  expect(app.calls.slice(asked).some((call) => call.command === 'choose_model')).toBe(chosen);
}, 30_000);
