// What is written while an answer comes: it waits, can be changed, and is sent in its order.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { failure, type Fake } from '../src/ipc/fake';
import type { Outgoing } from '../src/ipc/commands';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { conversations } from '../src/state/conversations.svelte';
import { button, commandsOf, openApp, press, status } from './open-app';

const chat = { connections: CONNECTIONS, conversations: 4 };
const message = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
const write = async (text: string) => fireEvent.input(await message(), { target: { value: text } });
const enter = async () => fireEvent.keyDown(await message(), { key: 'Enter', keyCode: 13 });
const waiting = () => screen.queryByRole('list', { name: 'Queued messages' });
const texts = () => [...(waiting()?.querySelectorAll('.queue-text') ?? [])].map((one) => one.textContent);
const sent = (fake: Fake) => fake.calls.filter((c) => c.command === 'send_message').map((c) => (c.args['input'] as Outgoing).text);

async function asking(options = {}): Promise<Fake> {
  const fake = await openApp({ ...chat, stepMs: 8, ...options });
  await write('One');
  await enter();
  await button('Stop');
  return fake;
}

test('what is written while an answer comes is sent after it, in its order', async () => {
  const fake = await asking();
  await write('Two');
  await enter();
  await write('Three');
  await press('Queue message');
  expect(texts()).toEqual(['Two', 'Three']);
  await waitFor(() => expect(status()).toBe('Queued. 2 messages wait.'));
  expect((await message()).value).toBe('');
  expect(sent(fake)).toEqual(['One']);
  await write('Being typed');
  await waitFor(() => expect(sent(fake)).toEqual(['One', 'Two', 'Three']), { timeout: 9000 });
  expect(waiting()).toBeNull();
  // Native is told what waits behind each, so that the draft is left alone.
  const behind = fake.calls.filter((c) => c.command === 'send_message').map((c) => (c.args['input'] as Outgoing).waiting);
  expect(behind).toEqual([null, [{ text: 'Three', files: [], next: null }], []]);
  expect((await message()).value).toBe('Being typed');
}, 15_000);

test('what waits can be changed and taken away, and comes back by undo', async () => {
  const fake = await asking({ stepMs: 60 });
  for (const text of ['Two', 'Three']) {
    await write(text);
    await enter();
  }
  await press('Edit queued message 1');
  const field = await screen.findByRole('textbox', { name: 'Edit queued message' });
  await fireEvent.input(field, { target: { value: 'Two, changed' } });
  await fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(texts()).toEqual(['Two, changed', 'Three']));
  expect(document.activeElement).toBe(await message());
  await press('Remove queued message 1');
  await waitFor(() => expect(texts()).toEqual(['Three']));
  const next = await button('Remove queued message 1');
  await waitFor(() => expect(document.activeElement).toBe(next));
  await press('Undo');
  await waitFor(() => expect(texts()).toEqual(['Two, changed', 'Three']));
  const kept = fake.calls.findLast((c) => c.command === 'save_queue')!.args['queue'];
  expect(kept).toEqual([{ text: 'Two, changed', files: [], next: null }, { text: 'Three', files: [], next: null }]);
});

test('what is being changed is not sent as it was: it goes when the change is kept', async () => {
  const fake = await asking();
  await write('Two');
  await enter();
  await press('Edit queued message 1');
  const field = await screen.findByRole('textbox', { name: 'Edit queued message' });
  await fireEvent.input(field, { target: { value: 'Two, changed' } });
  await screen.findByText('Sent when you have saved the change.', undefined, { timeout: 9000 });
  expect(sent(fake)).toEqual(['One']);
  await fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(sent(fake)).toEqual(['One', 'Two, changed']));
}, 15_000);

test('Escape leaves changing it, and stops nothing', async () => {
  const fake = await asking({ stepMs: 60 });
  await write('Two');
  await enter();
  await press('Edit queued message 1');
  await fireEvent.keyDown(await screen.findByRole('textbox', { name: 'Edit queued message' }), { key: 'Escape', code: 'Escape' });
  await waitFor(() => expect(texts()).toEqual(['Two']));
  expect(commandsOf(fake)).not.toContain('stop_turn');
});

test('it waits where the answer failed or was stopped, says why, and goes on by a press', async () => {
  const fake = await asking({ turn: failure('offline', null, 'OpenAI') });
  await write('Two');
  await enter();
  await screen.findByText('These wait: the answer before them failed.');
  expect(sent(fake)).toEqual(['One']);
  await press('Send now');
  await waitFor(() => expect(sent(fake)).toEqual(['One', 'Two']));
});

test('stopping an answer holds what waits', async () => {
  const fake = await asking({ stepMs: 30 });
  await write('Two');
  await enter();
  await press('Stop');
  await screen.findByText('These wait: you stopped the answer before them.', undefined, { timeout: 5000 });
  expect(sent(fake)).toEqual(['One']);
  // What is typed then waits its turn behind it.
  await write('Three');
  await enter();
  await waitFor(() => expect(sent(fake)).toEqual(['One', 'Two']));
  expect(texts()).toEqual(['Three']);
}, 15_000);

test('what waits was kept: it is there when its chat is opened again', async () => {
  const fake = await openApp(chat);
  fake.history.setQueue(1, [{ text: 'From before', files: [], next: null }]);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await screen.findByText('These wait since Latchkey was closed.');
  expect(texts()).toEqual(['From before']);
  await press('Send now');
  await waitFor(() => expect(sent(fake)).toEqual(['From before']));
  expect(within(document.body).queryByText('These wait since Latchkey was closed.')).toBeNull();
});

test('a secret in what waits stops it there, and Edit leads to it', async () => {
  const fake = await openApp({ ...chat, secrets: [{ kind: 'stored', name: 'Personal', lastFour: 'w7Qk', line: 1, file: null }] as never });
  fake.history.setQueue(1, [{ text: 'a key', files: [], next: null }]);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await press('Send now');
  await press('Edit');
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Edit queued message' });
  expect(field.value).toBe('a key');
  expect(conversations.current.queue).toHaveLength(1);
});

test('what is being changed is still being changed when its chat is come back to', async () => {
  const fake = await openApp({ ...chat, conversations: 12 });
  fake.history.setQueue(1, [{ text: 'From before', files: [], next: null }]);
  await conversations.open(1);
  await press('Edit queued message 1');
  const field = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Edit queued message' });
  await fireEvent.input(await field(), { target: { value: 'From before, chan' } });
  // More than are kept ready without a reason.
  for (let id = 2; id <= 10; id += 1) await conversations.open(id);
  await waitFor(() => expect(waiting()).toBeNull());
  await conversations.open(1);
  expect((await field()).value).toBe('From before, chan');
  await fireEvent.keyDown(await field(), { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(conversations.current.changing).toBeNull());
  expect(fake.calls.findLast((c) => c.command === 'save_queue')?.args['queue']).toEqual([{ text: 'From before, chan', files: [], next: null }]);
});
