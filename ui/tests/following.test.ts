// An answer that somebody else asked for, and that ends while this page begins to follow it.
import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { ConversationView } from '../src/ipc/bindings/types';
import { failure, type Fake } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { conversations } from '../src/state/conversations.svelte';
import { commandsOf, openApp } from './open-app';

const chat = { connections: CONNECTIONS, conversations: 4 };
const asksFor = (fake: Fake, command: string) => commandsOf(fake).filter((one) => one === command).length;
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** The first `times` that the chat is fetched, its answer is still being written. */
async function answering(times: number): Promise<Fake> {
  const fake = await openApp(chat);
  let fetched = 0;
  fake.commands['open_conversation'] = (a) => {
    const view: ConversationView = fake.history.view(a['id'] as number);
    fetched += 1;
    if (fetched > times) return view;
    const last = view.messages.at(-1)!;
    return { ...view, messages: [...view.messages.slice(0, -1), { ...last, facts: { ...last.facts, status: 'streaming' } }] };
  };
  return fake;
}

test('it is fetched once more, and then stands there as it ended', async () => {
  const fake = await answering(1);
  await conversations.open(1);
  await screen.findByRole('article', { name: 'Assistant message' });
  await waitFor(() => expect(conversations.current.last?.facts.status).toBe('complete'));
  await pause(50);
  expect(asksFor(fake, 'watch_answer')).toBe(1);
  expect(asksFor(fake, 'open_conversation')).toBe(2);
  expect(conversations.current.turn).toBeNull();
});

test('where it can’t be followed, or nobody says that it ended, it is not asked for without end', async () => {
  const fake = await answering(Infinity);
  await conversations.open(1);
  await waitFor(() => expect(asksFor(fake, 'watch_answer')).toBe(1));
  await pause(50);
  expect(asksFor(fake, 'watch_answer')).toBe(1);
  fake.commands['watch_answer'] = () => {
    throw failure('internal');
  };
  await conversations.open(2);
  await waitFor(() => expect(asksFor(fake, 'watch_answer')).toBe(2));
  await pause(50);
  expect(asksFor(fake, 'watch_answer')).toBe(2);
  expect(conversations.current.turn).toBeNull();
});
