// Names of chats from a model: off until one is chosen, with the cost said; a name that comes is shown where the chat is.
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { SCENES } from '../src/ipc/fake-scenes';
import type { News } from '../src/ipc/bindings/types';
import { conversations } from '../src/state/conversations.svelte';
import { place } from '../src/state/place.svelte';
import { failure } from '../src/ipc/fake';
import { openApp, status } from './open-app';

const chat = SCENES['chat']!;
const select = () => screen.findByRole<HTMLSelectElement>('combobox', { name: 'Name chats with a model' });

beforeEach(() => {
  place.narrow = false;
  place.layer = null;
});

test('nobody names chats until a model is chosen, and its cost is said', async () => {
  const fake = await openApp(chat);
  place.settings('chat');
  const field = await select();
  expect(field.value).toBe('');
  await waitFor(() => expect(field.disabled).toBe(false));
  await waitFor(() => expect(field.options.length).toBeGreaterThan(1));
  const chosen = field.options[1]!;
  await fireEvent.change(field, { target: { value: chosen.value } });
  await screen.findByText('A name costs at most $0.0024, mostly far less. It counts for the limits of the key.');
  expect(status()).toBe('Saved');
  expect(fake.calls.findLast((call) => call.command === 'choose_titler')?.args['step']).toMatchObject({ model: chosen.value.split('\n')[1] });
  await fireEvent.change(field, { target: { value: '' } });
  await waitFor(() => expect(fake.calls.findLast((call) => call.command === 'choose_titler')?.args['step']).toBeNull());
});

test('why the last name did not come is said there, and an unknown price is not nothing', async () => {
  const fake = await openApp(chat);
  fake.commands['get_titles'] = () => ({ step: { connectionId: 'gone', model: 'm' }, atMostNano: null, failure: failure('offline') });
  place.settings('chat');
  await screen.findByText('The last name didn’t come: You’re offline');
  await screen.findByText('What a name costs isn’t known: this model has no known price.');
});

test('a name that has come is in the list and above the chat, and one that a person gives stays', async () => {
  const fake = await openApp(chat);
  place.chat();
  const row = conversations.rows[0]!;
  await conversations.open(row.id);
  const tell = fake.calls.find((call) => call.command === 'watch_news')!.args['news'] as (news: News) => void;
  tell({ type: 'titled', id: row.id, title: 'A better name' });
  await waitFor(() => expect(conversations.current.title).toBe('A better name'));
  expect(conversations.row(row.id)?.title).toBe('A better name');
  expect((await screen.findAllByText('A better name')).length).toBeGreaterThan(1);
});
