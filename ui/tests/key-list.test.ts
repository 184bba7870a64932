// Forty keys: found by what is typed, by state, provider and label; who uses each, and which model it asks.
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { listing, stateOf } from '../src/features/keys/listing.svelte';
import type { Connection, KeyStanding } from '../src/ipc/bindings/types';
import { failure } from '../src/ipc/fake';
import { CONNECTIONS, keyFacts } from '../src/ipc/fake-data';
import { openApp, press } from './open-app';

const [personal, work] = CONNECTIONS as readonly [Connection, Connection];

const key = (n: number): Connection => ({
  ...(n % 2 ? work : personal),
  id: `c${n}`,
  name: `Key ${String(n).padStart(2, '0')}`,
  label: n % 4 === 0 ? 'work' : '',
  key: keyFacts(n % 2 ? 'api' : 'project', `x${String(n).padStart(3, '0')}`, n === 7 ? 200 : 1),
});
const forty = Array.from({ length: 40 }, (_, n) => key(n));
const standing = (connectionId: string, more: Partial<KeyStanding> = {}): KeyStanding => ({ connectionId, chats: 0, applications: [], capReached: false, onHold: false, ...more });

beforeEach(() => {
  listing.clear();
  listing.order = 'added';
});

async function opened(connections = forty, standings = { c3: standing('c3', { capReached: true }), c5: standing('c5', { onHold: true }) }) {
  const fake = await openApp({ connections, standings });
  await fireEvent.click(await screen.findByRole('link', { name: /Keys & providers/ }));
  await screen.findByRole('list', { name: 'Keys' });
  return fake;
}

const names = () => screen.getAllByRole('article').map((card) => card.getAttribute('aria-label')!.replace('Key Key ', ''));
const choose = (name: string, value: string) => fireEvent.change(screen.getByRole('combobox', { name }), { target: { value } });
const type = (text: string) => fireEvent.input(screen.getByRole('searchbox', { name: 'Filter keys' }), { target: { value: text } });

test('what is typed finds a key by its name, provider, label and end', async () => {
  await opened();
  expect(names()).toHaveLength(40);
  await type('key 07');
  expect(names()).toEqual(['07']);
  screen.getByText('1 of 40 keys', { selector: '.num' });
  await type('anthropic X011');
  expect(names()).toEqual(['11']);
  await type('work');
  expect(names()).toHaveLength(10);
  await type('nothing like it');
  screen.getByText('No key fits.');
  await press('Show all');
  expect(names()).toHaveLength(40);
});

test('states, providers and labels narrow, and what is pressing can come first', async () => {
  await opened();
  await screen.findByText('On hold', { selector: '.badge' });
  await choose('Show', 'attention');
  expect(names()).toEqual(['03', '05', '07']);
  await choose('Sort', 'state');
  expect(names()).toEqual(['05', '03', '07']);
  await choose('Show', 'state:due');
  expect(names()).toEqual(['07']);
  await choose('Show', 'provider:Anthropic');
  expect(names()).toHaveLength(20);
  await choose('Show', 'label:work');
  expect(names()).toHaveLength(10);
  await choose('Show', 'all');
  await choose('Sort', 'label');
  expect(names().slice(0, 2)).toEqual(['00', '04']);
});

test('a few keys need no filter', async () => {
  await opened([personal, work]);
  expect(screen.queryByRole('searchbox', { name: 'Filter keys' })).toBeNull();
});

test('who uses a key is said, with the way there', async () => {
  const fake = await opened([personal, work], { [personal.id]: standing(personal.id, { chats: 3, applications: ['Aider', 'Continue'] }), [work.id]: standing(work.id) } as never);
  const card = within(screen.getByRole('article', { name: 'Key Personal' }));
  within(screen.getByRole('article', { name: 'Key Work' })).getByText('Nothing yet');
  await fireEvent.click(card.getByRole('button', { name: '2 applications of Personal: Aider, Continue' }));
  await screen.findByRole('heading', { name: 'Applications' });
  await fireEvent.click(screen.getByRole('link', { name: /Keys & providers/ }));
  await fireEvent.click(await screen.findByRole('button', { name: '3 chats of Personal' }));
  await screen.findByRole('list', { name: 'Search results' });
  expect(fake.calls.findLast((c) => c.command === 'search_messages')?.args['text']).toBe('provider:Personal ');
});

test('a key has a model of its own, and a new chat with it asks that', async () => {
  const fake = await opened([personal, work]);
  await press('Edit allowed models for Work');
  const dialog = within(await screen.findByRole('dialog', { name: 'Use of Work' }));
  await dialog.findByRole('option', { name: 'claude-haiku-4.5' });
  await fireEvent.change(dialog.getByRole('combobox', { name: 'Default model' }), { target: { value: 'claude-haiku-4.5' } });
  await fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await screen.findByText('Default: claude-haiku-4.5');
  expect(fake.calls.find((c) => c.command === 'set_upkeep')?.args['upkeep']).toMatchObject({ defaultModel: 'claude-haiku-4.5' });
  await press('More for Work');
  await fireEvent.click(screen.getByRole('menuitem', { name: 'New chat with it' }));
  await screen.findByRole('button', { name: 'Model: claude-haiku-4.5' });
  expect(fake.calls.findLast((c) => c.command === 'choose_model')?.args).toMatchObject({ connectionId: work.id, model: 'claude-haiku-4.5' });
});

test('a key that may not do everything says so, and a session says that it counts from zero', async () => {
  const restricted = { ...personal, key: { ...personal.key!, restricted: true } };
  const fake = await openApp({ connections: [restricted], history: { state: 'sessionOnly', reason: failure('keychainAbsent') } });
  await fireEvent.click(await screen.findByRole('link', { name: /Keys & providers/ }));
  const card = within(await screen.findByRole('article', { name: 'Key Personal' }));
  card.getByText(/restricted project key/);
  await card.findByText(/it starts from zero at each start/);
  expect(fake.calls.some((c) => c.command === 'get_spending')).toBe(true);
});

test('the most pressing state of a key is the one it is listed under', () => {
  const at = Date.now();
  const due = { ...personal, key: keyFacts('project', 'w7Qk', 200) };
  expect(stateOf(due, standing(due.id, { capReached: true }), at)).toBe('capReached');
  expect(stateOf(due, standing(due.id, { onHold: true, capReached: true }), at)).toBe('onHold');
  expect(stateOf({ ...due, key: null, leaked: keyFacts('project', 'w7Qk') }, undefined, at)).toBe('leaked');
  expect(stateOf(due, undefined, at)).toBe('due');
  expect(stateOf({ ...work, next: keyFacts('api', 'b2Lm') }, undefined, at)).toBe('next');
  expect(stateOf({ ...work, lastUsedMs: null }, undefined, at)).toBe('unused');
  expect(stateOf(work, undefined, at)).toBe('fine');
});
