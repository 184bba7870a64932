// A page that was loaded again is where it was, with the answer that went on without it.
import { render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import App from '../src/app/App.svelte';
import type { TurnUpdate } from '../src/ipc/bindings/types';
import { Fake, type FakeOptions } from '../src/ipc/fake';
import { SCENES } from '../src/ipc/fake-scenes';
import { useHost } from '../src/ipc/host';
import { boot } from '../src/state/boot.svelte';
import { comeBack } from '../src/state/come-back';
import { conversations } from '../src/state/conversations.svelte';
import { place } from '../src/state/place.svelte';
import { keepWhereabouts, noteWhereabouts, readWhereabouts, type Whereabouts } from '../src/state/whereabouts';
import { commandsOf, status } from './open-app';

const chat = SCENES['chat']!;

afterEach(() => history.replaceState(null, '', location.pathname));

async function loadAgain(options: FakeOptions, was: Whereabouts | null): Promise<Fake> {
  const fake = new Fake({ stepMs: 0, ...chat, ...options });
  useHost(fake);
  boot.phase = 'loading';
  const loaded = boot.load((told) => comeBack(told, was));
  render(App);
  await loaded;
  return fake;
}

const at = (conversation: number): Whereabouts => ({ page: 'chat', conversation, reading: null, sidebar: null });

test('an ordinary start is nowhere yet and says nothing', async () => {
  await loadAgain({}, readWhereabouts());
  expect(conversations.current.id).toBeNull();
  expect(document.querySelector('.toast')).toBeNull();
});

test('a start goes on where the app was left, with the sidebar as it was, and says nothing', async () => {
  await loadAgain({ whereabouts: 'page=chat&chat=3&message=7&offset=-40&width=300&sidebar=hidden' }, readWhereabouts());
  expect(conversations.current.id).toBe(3);
  expect(conversations.current.place).toEqual({ message: 7, offset: -40 });
  expect([place.sidebarWide, place.sidebarWidth]).toEqual([false, 300]);
  expect(document.querySelector('.toast')).toBeNull();
  [place.sidebarWide, place.sidebarWidth] = [true, 264];
});

test('what was kept of another version, or of a chat that is gone, is a start like any other', async () => {
  for (const whereabouts of ['', 'page=nowhere&chat=3', 'page=chat&chat=99&width=7']) {
    await loadAgain({ whereabouts }, readWhereabouts());
    expect(conversations.current.id).toBeNull();
    expect(place.sidebarWidth).toBe(264);
  }
});

test('where one is, is kept natively, and only when it is another place', async () => {
  const fake = await loadAgain({}, readWhereabouts());
  await conversations.open(3);
  keepWhereabouts();
  keepWhereabouts();
  const kept = fake.calls.filter((call) => call.command === 'keep_whereabouts').map((call) => call.args['whereabouts']);
  expect(kept.filter((text) => String(text).includes('chat=3'))).toEqual(['page=chat&chat=3&width=264']);
});

test('the open chat is open again, and it is said once', async () => {
  await loadAgain({ cameBack: 'crashed' }, at(3));
  expect(conversations.current.id).toBe(3);
  expect(document.querySelector('.toast')?.textContent).toContain('loaded again');
  // Beside the list of chats, not over it.
  expect(document.querySelector<HTMLElement>('.toast')!.style.getPropertyValue('--side')).toBe(`${place.sidebarWidth}px`);
});

test('a chat at which the page fails again and again is left', async () => {
  await loadAgain({ cameBack: 'failing' }, at(3));
  expect(conversations.current.id).toBeNull();
  expect(document.querySelector('.toast')?.textContent).toContain('away from where it failed');
});

test('a chat that is gone, or a page that was never ours, does no harm', async () => {
  await loadAgain({ cameBack: 'crashed' }, at(4711));
  expect(conversations.current.id).toBeNull();
  for (const hash of ['#keys', '#page=wizard', '#page=chat&chat=x1&message=2', '#%%%']) {
    history.replaceState(null, '', hash);
    expect(readWhereabouts()?.conversation ?? null).toBeNull();
  }
});

test('where the person is stands in the address', async () => {
  await loadAgain({}, at(3));
  conversations.current.place = { message: 5, offset: -13.6 };
  noteWhereabouts();
  await waitFor(() => expect(readWhereabouts()).toEqual({ page: 'chat', conversation: 3, reading: { message: 5, offset: -14 }, sidebar: { wide: true, width: 264 } }));
});

test('an answer that is being written goes on in the page', async () => {
  const fake = new Fake({ stepMs: 0, ...chat, cameBack: 'crashed' });
  const row = fake.history.rows()[0]!;
  const { answer } = fake.history.send(row.id, 'Go on', 'gpt-5.1');
  fake.history.rows = () => [{ ...row, answering: true }];
  let deliver: (update: TurnUpdate) => void = () => undefined;
  fake.commands['watch_answer'] = (a) => {
    deliver = a['updates'] as typeof deliver;
    return true;
  };
  useHost(fake);
  boot.phase = 'loading';
  const loaded = boot.load((told) => comeBack(told, at(row.id)));
  render(App);
  await loaded;
  expect(commandsOf(fake)).toContain('watch_answer');
  await screen.findByRole('button', { name: 'Stop' });
  deliver({ type: 'painted', answer: { keep: 0, grow: null, blocks: ['<p>What was there</p>', '<p>and more</p>'] }, reasoning: null, reasoningMs: null, answerTokens: null });
  await waitFor(() => expect(screen.getByText('and more')).toBeTruthy());
  deliver({ type: 'ended', conversation: { ...row, answering: false }, facts: { ...answer.facts, status: 'complete', answerTokens: 7 } });
  await waitFor(() => expect(status()).toBe('Answer finished, 7 tokens'));
  expect(conversations.current.turn).toBeNull();
});

test('an answer goes on also where another version of it is chosen, and is seen by who turns to it', async () => {
  const fake = new Fake({ stepMs: 0, ...chat, cameBack: 'crashed' });
  const row = fake.history.rows()[0]!;
  const chosen = fake.history.view(row.id).messages.findLast(({ facts }) => facts.role === 'assistant')!.facts.id;
  const { answer } = fake.history.again(chosen);
  fake.history.chooseVersion(chosen);
  fake.history.rows = () => [{ ...row, answering: true }];
  let deliver: (update: TurnUpdate) => void = () => undefined;
  fake.commands['watch_answer'] = (a) => {
    deliver = a['updates'] as typeof deliver;
    return a['messageId'] === answer.facts.id;
  };
  useHost(fake);
  boot.phase = 'loading';
  const loaded = boot.load((told) => comeBack(told, at(row.id)));
  render(App);
  await loaded;
  await screen.findByRole('button', { name: 'Stop' });
  const { current } = conversations;
  expect(current.last?.id).toBe(chosen);
  deliver({ type: 'painted', answer: { keep: 0, grow: null, blocks: ['<p>Written elsewhere</p>'] }, reasoning: null, reasoningMs: null, answerTokens: null });
  expect(screen.queryByText('Written elsewhere')).toBeNull();
  await conversations.chooseVersion(current, answer.facts.id);
  await screen.findByText('Written elsewhere');
  await conversations.chooseVersion(current, chosen);
  deliver({ type: 'ended', conversation: { ...row, answering: false }, facts: { ...answer.facts, status: 'complete', answerTokens: 7 } });
  await waitFor(() => expect(status()).toBe('Answer finished, 7 tokens'));
  expect([current.turn, current.last?.id]).toEqual([null, chosen]);
  expect(conversations.rows.find(({ id }) => id === row.id)?.answering).toBe(false);
});

test('a chat that answers for somebody else is followed when it is opened', async () => {
  const fake = await loadAgain({}, null);
  const row = fake.history.rows()[0]!;
  fake.history.send(row.id, 'Asked in the small window', 'gpt-5.1');
  fake.commands['watch_answer'] = () => true;
  await conversations.open(row.id);
  await screen.findByRole('button', { name: 'Stop' });
  expect(commandsOf(fake)).toContain('watch_answer');
});

test('an answer that ended while the page was away is shown as it was saved', async () => {
  const fake = new Fake({ stepMs: 0, ...chat, cameBack: 'hung' });
  const row = fake.history.rows()[0]!;
  fake.history.rows = () => [{ ...row, answering: true }];
  useHost(fake);
  boot.phase = 'loading';
  const loaded = boot.load((told) => comeBack(told, at(row.id)));
  render(App);
  await loaded;
  expect(conversations.current.id).toBe(row.id);
  expect(conversations.current.turn).toBeNull();
  expect(commandsOf(fake).filter((c) => c === 'open_conversation').length).toBe(2);
});
