import { waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Attachment, Folder, MessageFacts, MessageView, TurnUpdate } from '../src/ipc/bindings/types';
import { Fake, failure } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { useHost } from '../src/ipc/host';
import { boot } from '../src/state/boot.svelte';
import { connections } from '../src/state/connections.svelte';
import { Conversation, Turn } from '../src/state/conversation.svelte';
import { conversations } from '../src/state/conversations.svelte';
import { Message } from '../src/state/message.svelte';
import type { Outgoing } from '../src/ipc/commands';
import { enqueue } from '../src/state/queue';
import { edit, retry, send, sendWaiting, stop, take, tryAgain } from '../src/state/turns';

const facts = (id: number, role: 'user' | 'assistant', parentId: number | null, change: Partial<MessageFacts> = {}): MessageFacts => ({
  id, role, parentId, status: role === 'user' ? 'complete' : 'streaming', finish: null, error: null, model: 'm', promptTokens: null,
  answerTokens: null, firstTokenMs: null, reasoningMs: null, skipped: 0, cost: null, searches: null, sources: [], attachments: [], route: null, createdMs: 0, version: { index: 1, count: 1, previous: null, next: null }, ...change,
});
const view = (f: MessageFacts, text = ''): MessageView => ({ facts: f, text, spelledOut: null, blocks: [], reasoning: [] });
const row = (id: number, answering = true) => ({ id, title: `Chat ${id}`, updatedMs: id, answering, folder: null, pinnedMs: null, archived: false, deletedMs: null, tags: [] });
const started = (c: number, user: number, answer: number, parent: number | null = null): TurnUpdate => ({
  type: 'started', conversation: row(c), user: view(facts(user, 'user', parent), 'hi'), answer: view(facts(answer, 'assistant', user)),
});
const painted = (html: string): TurnUpdate => ({
  type: 'painted', answer: { keep: 0, grow: null, blocks: [html] }, reasoning: null, reasoningMs: null, answerTokens: 1,
});
const ended = (c: number, f: MessageFacts): TurnUpdate => ({ type: 'ended', conversation: row(c, false), facts: f });

function running(): { conversation: Conversation; turn: Turn } {
  const conversation = new Conversation();
  const turn = new Turn('m');
  conversation.turn = turn;
  return { conversation, turn };
}

describe('updates of interleaved turns', () => {
  test('each goes to its own conversation', async () => {
    const a = running();
    const b = running();
    take(a.conversation, a.turn, started(1, 11, 12));
    take(b.conversation, b.turn, started(2, 21, 22));
    take(a.conversation, a.turn, painted('<p>for a</p>'));
    take(b.conversation, b.turn, painted('<p>for b</p>'));
    take(a.conversation, a.turn, ended(1, facts(12, 'assistant', 11, { status: 'complete' })));
    take(b.conversation, b.turn, painted('<p>for b, more</p>'));

    expect(a.conversation.messages.map((m) => m.id)).toEqual([11, 12]);
    expect(a.conversation.last?.answer.placed().textContent).toBe('for a');
    await waitFor(() => expect(a.conversation.turn).toBeNull());
    expect(b.conversation.last?.answer.placed().textContent).toBe('for b, more');
    expect(b.conversation.turn).not.toBeNull();
    expect(conversations.rows.find((r) => r.id === 1)?.answering).toBe(false);
    expect(conversations.rows.find((r) => r.id === 2)?.answering).toBe(true);
  });

  test('what came before a stop is shown, also where the end is told first', async () => {
    const a = running();
    a.turn.stopping = true;
    take(a.conversation, a.turn, started(1, 11, 12));
    take(a.conversation, a.turn, ended(1, facts(12, 'assistant', 11, { status: 'stopped' })));
    await waitFor(() => expect(a.conversation.turn).toBeNull());
    take(a.conversation, a.turn, painted('<p>came before</p>'));
    await waitFor(() => expect(a.conversation.last?.answer.placed().textContent).toBe('came before'));
    expect(a.conversation.last?.hasAnswer).toBe(true);
    expect(a.conversation.last?.streaming).toBe(false);
  });

  test('a conversation that was removed while it answered stays away', async () => {
    const a = running();
    take(a.conversation, a.turn, started(1, 11, 12));
    take(a.conversation, a.turn, painted('<p>a</p>'));
    conversations.rows = conversations.rows.filter((r) => r.id !== 1);
    take(a.conversation, a.turn, ended(1, facts(12, 'assistant', 11, { status: 'stopped' })));
    await waitFor(() => expect(a.conversation.turn).toBeNull());
    expect(conversations.rows.map((r) => r.id)).not.toContain(1);
  });

  test('a conversation that got another name while it answered keeps it', async () => {
    const a = running();
    take(a.conversation, a.turn, started(1, 11, 12));
    take(a.conversation, a.turn, painted('<p>a</p>'));
    conversations.rows = conversations.rows.map((r) => (r.id === 1 ? { ...r, title: 'Another name' } : r));
    take(a.conversation, a.turn, ended(1, facts(12, 'assistant', 11, { status: 'complete' })));
    await waitFor(() => expect(a.conversation.turn).toBeNull());
    expect(conversations.rows.find((r) => r.id === 1)).toMatchObject({ title: 'Another name', answering: false });
  });

  test('an answer ends when all of it is on the page, seen or not', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    vi.stubGlobal('requestAnimationFrame', () => 1);
    const a = running();
    take(a.conversation, a.turn, started(1, 11, 12));
    const block = `<p>${'x'.repeat(3_000)}</p>`;
    take(a.conversation, a.turn, { type: 'painted', answer: { keep: 0, grow: null, blocks: Array(9).fill(block) }, reasoning: null, reasoningMs: null, answerTokens: 1 });
    take(a.conversation, a.turn, ended(1, facts(12, 'assistant', 11, { status: 'complete' })));
    const answer = a.conversation.last!;
    expect(answer.answer.placed().querySelectorAll('.block').length).toBeLessThan(9);
    expect(answer.streaming).toBe(true);
    expect(a.conversation.turn).toBe(a.turn);
    vi.advanceTimersByTime(2_000);
    expect(answer.answer.placed().querySelectorAll('.block').length).toBe(9);
    expect(answer.streaming).toBe(false);
    expect(a.conversation.turn).toBeNull();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  test('what nobody can see in a message is shown, and stays what was typed', () => {
    const message = new Message({ ...view(facts(1, 'user', null), 'a\u202eb'), spelledOut: 'a⟦U+202E⟧b' });
    expect([message.text, message.shown]).toEqual(['a\u202eb', 'a⟦U+202E⟧b']);
    expect(new Message(view(facts(1, 'user', null), 'ab')).shown).toBe('ab');
  });

  test('painting doesn’t touch the list of messages', () => {
    const a = running();
    take(a.conversation, a.turn, started(1, 11, 12));
    const list = a.conversation.chunks;
    take(a.conversation, a.turn, painted('<p>x</p>'));
    expect(a.conversation.chunks).toBe(list);
  });

  test('a pause is over with the first word', () => {
    const a = running();
    take(a.conversation, a.turn, started(1, 11, 12));
    take(a.conversation, a.turn, { type: 'pausing', error: failure('busy'), retryInMs: 22_000 });
    expect(a.turn.pause?.error.code).toBe('busy');
    take(a.conversation, a.turn, painted('<p>x</p>'));
    expect(a.turn.pause).toBeNull();
  });

  test('an edited message takes the place of the branch after its parent', () => {
    const a = running();
    take(a.conversation, a.turn, started(1, 11, 12));
    take(a.conversation, a.turn, ended(1, facts(12, 'assistant', 11, { status: 'complete' })));
    take(a.conversation, new Turn('m'), started(1, 13, 14, 12));
    take(a.conversation, new Turn('m'), started(1, 15, 16, 12));
    expect(a.conversation.messages.map((m) => m.id)).toEqual([11, 12, 15, 16]);
  });

  test('a connection that has answered was used just now', async () => {
    const fake = new Fake({ connections: CONNECTIONS.map((c) => ({ ...c, lastUsedMs: null })), stepMs: 0 });
    useHost(fake);
    await boot.load();
    const conversation = conversations.current;
    [conversation.connectionId, conversation.model] = ['connection-1', 'm'];
    await send(conversation, 'hi');
    await waitFor(() => expect(connections.get('connection-1')?.lastUsedMs).not.toBeNull());
    expect(connections.get('connection-2')?.lastUsedMs).toBeNull();
  });

  test('a failed last answer is the conversation’s problem', async () => {
    const a = running();
    take(a.conversation, a.turn, started(1, 11, 12));
    take(a.conversation, a.turn, ended(1, facts(12, 'assistant', 11, { status: 'failed', error: failure('noCredit') })));
    await waitFor(() => expect(a.conversation.problem?.code).toBe('noCredit'));
  });
});

describe('with the native side played', () => {
  let fake: Fake;
  const until = (done: () => boolean) => waitFor(() => expect(done()).toBe(true));
  const start = async (options: ConstructorParameters<typeof Fake>[0] = {}) => {
    fake = new Fake({ connections: CONNECTIONS, stepMs: 0, ...options });
    useHost(fake);
    await boot.load();
    return conversations.current;
  };

  beforeEach(() => start());

  test('sending saves, answers, and empties the draft', async () => {
    const chat = await start();
    chat.draft = 'Hello';
    await send(chat, 'Hello');
    expect(chat.draft).toBe('');
    await until(() => chat.turn === null);
    expect(chat.last?.facts.status).toBe('complete');
    expect(chat.last?.answer.placed().textContent).toContain('Full jitter');
    expect(fake.calls.some((c) => c.command === 'save_draft' && c.args['text'] === '')).toBe(true);
  });

  test('what was typed while native saved stays', async () => {
    const chat = await start();
    chat.draft = 'Hello and more';
    await send(chat, 'Hello');
    expect(chat.draft).toBe('and more');
  });

  test('a refused message stays in the composer, and Try again sends it', async () => {
    const chat = await start();
    const invoke = fake.invoke.bind(fake);
    fake.invoke = (command, args) => (command === 'send_message' ? Promise.reject(failure('diskFull')) : invoke(command, args));
    chat.draft = 'Hello';
    await send(chat, 'Hello');
    expect(chat.problem?.code).toBe('diskFull');
    expect(chat.draft).toBe('Hello');
    expect(chat.messages).toEqual([]);
    fake.invoke = invoke;
    await retry(chat);
    expect(chat.problem).toBeNull();
    expect(chat.messages).toHaveLength(2);
  });

  test('a new chat that is left is the same one when it is come back to, with what is still read into it', async () => {
    const fresh = await start({ conversations: 4 });
    fresh.draft = 'Half a thou';
    await conversations.open(1);
    fresh.attachments = [{ id: 7 } as Attachment];
    conversations.newChat();
    expect(conversations.current).toBe(fresh);
    expect(conversations.current.attachments).toHaveLength(1);
  });

  test('a new chat in a folder has that folder’s instructions and no other’s, and can be left', async () => {
    await start({ conversations: 4 });
    const folder = { id: 1, parent: null, name: 'A', systemPrompt: 'Of A', connectionId: null, model: null, route: null } as unknown as Folder;
    conversations.beginIn(folder);
    await conversations.open(1);
    conversations.beginIn({ ...folder, id: 2 });
    conversations.newChat();
    expect([conversations.current.folder, conversations.current.systemPrompt]).toEqual([null, '']);
    conversations.beginIn(folder);
    expect([conversations.current.folder, conversations.current.systemPrompt]).toEqual([1, 'Of A']);
    conversations.current.draft = 'Typed';
    conversations.beginIn({ ...folder, id: 2, systemPrompt: '' });
    expect([conversations.current.folder, conversations.current.systemPrompt, conversations.current.draft]).toEqual([2, '', 'Typed']);
    await conversations.open(1);
    conversations.newChat();
    expect(conversations.current.draft).toBe('Typed');
  });

  test('what a press said is said again, and what is typed stays', async () => {
    const chat = await start();
    const invoke = fake.invoke.bind(fake);
    fake.invoke = (command, args) => (command === 'send_message' ? Promise.reject(failure('keychainLocked')) : invoke(command, args));
    chat.draft = 'Half a thou';
    await send(chat, 'Continue.', [], 'ask', false);
    fake.invoke = invoke;
    await retry(chat);
    await until(() => chat.turn === null);
    expect(fake.calls.filter((c) => c.command === 'send_message').map((c) => (c.args['input'] as Outgoing).text)).toEqual(['Continue.']);
    expect(chat.draft).toBe('Half a thou');
  });

  test('what waits for the network is sent when it is back, shown or not', async () => {
    const first = await start({ conversations: 4 });
    const invoke = fake.invoke.bind(fake);
    fake.invoke = (command, args) => (command === 'send_message' ? Promise.reject(failure('offline')) : invoke(command, args));
    first.draft = 'Hello';
    await send(first, 'Hello');
    first.sendWhenOnline = true;
    await conversations.open(1);
    expect(conversations.current).not.toBe(first);
    fake.invoke = invoke;
    sendWaiting();
    await until(() => first.last?.facts.status === 'complete');
    // What was sent is no new chat any more.
    conversations.newChat();
    expect(conversations.current).not.toBe(first);
    expect(conversations.current.id).toBeNull();
    await conversations.open(first.id!);
    expect(conversations.current).toBe(first);
  });

  test('what waits or is edited in a chat that isn’t listed is not forgotten, but for one that is removed', async () => {
    await start({ conversations: 12 });
    await conversations.open(1);
    const chat = conversations.current;
    conversations.rows = conversations.rows.filter((row) => row.id > 2);
    chat.sendWhenOnline = true;
    await conversations.open(2);
    const other = conversations.current;
    other.edited = { message: other.messages[0]!.id, text: 'Half a thou' };
    for (let id = 3; id < 12; id += 1) await conversations.open(id);
    expect(conversations.all).toContain(chat);
    await conversations.open(2);
    expect(conversations.current).toBe(other);
    conversations.gone(2);
    conversations.gone(1);
    expect(conversations.all).not.toContain(chat);
    expect(conversations.all).not.toContain(other);
  });

  test('who is asked for one message answers that one, also where it waits', async () => {
    const chat = await start({ stepMs: 4 });
    await send(chat, 'Hello');
    chat.draft = 'Sure?';
    chat.next = { connectionId: 'connection-2', model: 'other' };
    await enqueue(chat);
    chat.draft = 'And now?';
    await enqueue(chat);
    expect(chat.next).toBeNull();
    await until(() => chat.queue.length === 0 && chat.turn === null);
    const asked = fake.calls.filter((c) => c.command === 'send_message').map((c) => c.args['input'] as Outgoing);
    expect(asked.map((one) => [one.text, one.model])).toEqual([['Hello', chat.model], ['Sure?', 'other'], ['And now?', chat.model]]);
  });

  test('what a press said is answered by who is chosen, and who is to answer what is typed stays', async () => {
    const chat = await start();
    await send(chat, 'Hello');
    await until(() => chat.turn === null);
    chat.next = { connectionId: 'connection-2', model: 'other' };
    chat.draft = 'Sure?';
    await send(chat, 'Continue.', [], 'ask', false);
    await until(() => chat.turn === null);
    expect((fake.calls.findLast((c) => c.command === 'send_message')!.args['input'] as Outgoing).model).toBe(chat.model);
    expect(chat.next).toEqual({ connectionId: 'connection-2', model: 'other' });
    await send(chat, chat.draft);
    await until(() => chat.turn === null);
    expect((fake.calls.findLast((c) => c.command === 'send_message')!.args['input'] as Outgoing).model).toBe('other');
    expect(chat.next).toBeNull();
  });

  test('another conversation is free while one answers; leaving doesn’t stop it', async () => {
    const first = await start({ stepMs: 1 });
    await send(first, 'Hello');
    conversations.newChat();
    const second = conversations.current;
    expect(second).not.toBe(first);
    expect(second.turn).toBeNull();
    await send(second, 'And you?');
    await until(() => first.turn === null && second.turn === null);
    expect(first.last?.facts.status).toBe('complete');
    expect(second.last?.facts.status).toBe('complete');
    await conversations.open(first.id!);
    expect(conversations.current).toBe(first);
  });

  test('stop keeps the text', async () => {
    const chat = await start({ stepMs: 4 });
    await send(chat, 'Hello');
    await until(() => chat.last?.hasAnswer === true);
    await stop(chat);
    await until(() => chat.turn === null);
    expect(chat.last?.facts.status).toBe('stopped');
    expect(chat.last?.answer.placed().textContent).not.toBe('');
  });

  test('trying again and editing add versions', async () => {
    const chat = await start();
    await send(chat, 'Hello');
    await until(() => chat.turn === null);
    await tryAgain(chat, chat.last!.id);
    await until(() => chat.turn === null);
    expect(chat.messages).toHaveLength(2);
    expect(chat.last?.facts.version).toMatchObject({ index: 2, count: 2 });
    await edit(chat, chat.messages[0]!.id, 'Hello again');
    await until(() => chat.turn === null);
    expect(chat.messages[0]?.text).toBe('Hello again');
    expect(chat.messages[0]?.facts.version.count).toBe(2);
    await conversations.chooseVersion(chat, chat.messages[0]!.facts.version.previous!);
    expect(chat.messages[0]?.text).toBe('Hello');
  });
});
