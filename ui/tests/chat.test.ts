import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { failure } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { CHUNK } from '../src/state/chunk.svelte';
import { organised } from '../src/state/organised.svelte';
import { conversations } from '../src/state/conversations.svelte';
import { button, commandsOf, openApp, press, status } from './open-app';

const chat = { connections: CONNECTIONS, conversations: 4 };
const message = () => screen.findByRole('textbox', { name: 'Message' });
const write = async (text: string) => fireEvent.input(await message(), { target: { value: text } });
const key = async (name: string, more = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key: name, code: name, ...more });

test('the frame has its landmarks', async () => {
  await openApp(chat);
  screen.getByRole('navigation', { name: 'Sidebar' });
  const list = screen.getByRole('list', { name: 'Conversations' });
  within(list).getByRole('link', { name: 'Retry with jitter in Rust' });
  screen.getByRole('region', { name: 'Conversation' });
  screen.getByRole('status', { name: 'Status' });
  await button('New chat');
  await button('Hide sidebar');
  await button('More chat actions');
  expect(((await button('Send')) as HTMLButtonElement).disabled).toBe(true);
});

test('sending shows the message, a busy answer, then its facts; focus stays in Message', async () => {
  let speak = (): void => undefined;
  await openApp({ ...chat, stepMs: 2, firstWord: new Promise((go) => (speak = go)) });
  await write('Hello');
  const field = await message();
  field.focus();
  const lost = vi.fn();
  field.addEventListener('blur', lost);
  await fireEvent.keyDown(field, { key: 'Enter', keyCode: 13 });
  const answer = await screen.findByRole('article', { name: 'Assistant message' });
  expect(screen.getByRole('article', { name: 'Your message' }).querySelector('.bubble')!.textContent).toBe('Hello');
  expect(answer.getAttribute('aria-busy')).toBe('true');
  expect(answer.textContent).toContain('Waiting for gpt-5.1');
  await waitFor(() => expect(status()).toMatch(/answering/i));
  await button('Stop');
  // The composer moved to the foot of the page, as the same one.
  expect(document.activeElement).toBe(field);
  expect(lost).not.toHaveBeenCalled();
  speak();
  await waitFor(() => expect(answer.getAttribute('aria-busy')).toBe('false'));
  await waitFor(() => expect(status()).toBe('Answer finished, 742 tokens'));
  expect(answer.textContent).toContain('1,284 → 742 tokens');
  expect(answer.textContent).toContain('first token 0.42 s');
  await button('Copy answer');
  await button('Try again');
  const reasoning = await screen.findByRole('button', { name: /^Reasoning, / });
  expect(reasoning.getAttribute('aria-expanded')).toBe('false');
  await fireEvent.click(reasoning);
  expect(answer.textContent).toContain('The user wants the idea');
});

test('a long message is shown by its beginning, and whole to who wants to read it', async () => {
  await openApp({ ...chat, stepMs: 2 });
  const text = `${'  a line of some words\n'.repeat(1_000)}end`;
  await write(text);
  await fireEvent.keyDown(await message(), { key: 'Enter', keyCode: 13 });
  const own = await screen.findByRole('article', { name: 'Your message' });
  const shown = () => own.querySelector('.bubble')!.textContent!;
  expect(text.startsWith(shown())).toBe(true);
  expect(shown().length).toBeLessThan(2_001);
  await fireEvent.click(await button('Show all 23,003 letters'));
  expect(shown()).toBe(text);
  await fireEvent.click(await button('Show less'));
  expect(shown().length).toBeLessThan(2_001);
});

test('an answer stands where it was put, from its first word to its last', async () => {
  await openApp({ ...chat, stepMs: 2 });
  await write('Hello');
  await fireEvent.keyDown(await message(), { key: 'Enter', keyCode: 13 });
  const answer = await screen.findByRole('article', { name: 'Assistant message' });
  const moves: MutationRecord[] = [];
  new MutationObserver((seen) => moves.push(...seen)).observe(answer.querySelector('.sheet')!, { childList: true });
  await waitFor(() => expect(answer.getAttribute('aria-busy')).toBe('false'));
  expect(moves).toEqual([]);
});

test('an input method’s Enter doesn’t send', async () => {
  const fake = await openApp(chat);
  await write('にほん');
  await fireEvent.keyDown(await message(), { key: 'Enter', isComposing: true });
  await fireEvent.keyDown(await message(), { key: 'Enter', keyCode: 229 });
  expect(commandsOf(fake)).not.toContain('send_message');
});

test('a pasted key is refused', async () => {
  await openApp(chat);
  const field = await message();
  const paste = new Event('paste', { bubbles: true, cancelable: true });
  Object.assign(paste, { clipboardData: { getData: () => `sk-proj-${'aB3d'.repeat(12)}` } });
  await fireEvent(field, paste);
  expect(paste.defaultPrevented).toBe(true);
  expect((await screen.findByRole('alert')).textContent).toContain('That looks like an OpenAI key, so it wasn’t pasted');
  await button('Paste key from clipboard');
  await press('Dismiss');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a failed answer puts one alert over the composer, and its button acts', async () => {
  const fake = await openApp({ ...chat, turn: failure('offline', null, 'OpenAI') });
  await write('Hello');
  await press('Send');
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('You’re offline');
  expect(screen.getAllByRole('alert')).toHaveLength(1);
  await press('Try now');
  expect(commandsOf(fake)).toContain('try_again');
});

test('jumping to the latest leaves the focus in the conversation', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await screen.findByRole('article', { name: 'Your message' });
  const conversation = screen.getByRole('region', { name: 'Conversation' });
  const height = vi.spyOn(conversation, 'scrollHeight', 'get').mockReturnValue(9000);
  await waitFor(async () => {
    // Opening a chat goes to its end, and takes its time.
    conversation.scrollTop = 0;
    await fireEvent.keyDown(conversation, { key: 'PageUp' });
    await fireEvent.scroll(conversation);
    screen.getByRole('button', { name: 'Jump to latest' });
  });
  (await button('Jump to latest')).focus();
  await press('Jump to latest');
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Jump to latest' })).toBeNull());
  expect(document.activeElement).toBe(conversation);
  height.mockRestore();
});

test('choosing a model by keyboard', async () => {
  const fake = await openApp(chat);
  await press('Model: gpt-5.1');
  await screen.findByRole('dialog', { name: 'Choose a model' });
  const field = await screen.findByRole('combobox', { name: 'Filter models' });
  await screen.findByRole('option', { name: 'claude-sonnet-4.5' });
  screen.getByRole('listbox', { name: 'Models' });
  await fireEvent.input(field, { target: { value: 'claude' } });
  await fireEvent.keyDown(field, { key: 'ArrowDown' });
  await fireEvent.keyDown(field, { key: 'Enter' });
  await button('Model: claude-haiku-4.5');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(fake.calls.filter((c) => c.command === 'choose_model')).toHaveLength(1);
});

test('deleting can be undone', async () => {
  const fake = await openApp(chat);
  await press('More for Release checklist 0.9');
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Move to trash' }));
  await waitFor(() => expect(screen.queryByRole('link', { name: 'Release checklist 0.9' })).toBeNull());
  await press('Undo');
  await screen.findByRole('link', { name: 'Release checklist 0.9' });
  expect(commandsOf(fake)).toContain('organise_conversations');
});

test('renaming in place', async () => {
  await openApp(chat);
  await press('More for Release checklist 0.9');
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Rename' }));
  const field = await screen.findByRole('textbox', { name: 'Chat title' });
  await fireEvent.input(field, { target: { value: 'Release 1.0' } });
  await fireEvent.keyDown(field, { key: 'Enter' });
  await screen.findByRole('link', { name: 'Release 1.0' });
});

test('keys go where they should', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await screen.findByRole('article', { name: 'Your message' });
  await key('ArrowDown', { altKey: true });
  await screen.findByRole('heading', { name: 'Release checklist 0.9', level: 1 });
  await key('KeyM', { ctrlKey: true, shiftKey: true });
  await screen.findByRole('dialog', { name: 'Choose a model' });
  await fireEvent.keyDown(await screen.findByRole('combobox', { name: 'Filter models' }), { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await key('KeyN', { ctrlKey: true });
  await screen.findByRole('heading', { name: 'What’s on your mind?' });
  await key('KeyB', { ctrlKey: true });
  await button('Show sidebar');
  await key('KeyB', { ctrlKey: true });
  await button('Hide sidebar');
});

test('a long conversation shows its end, and learns what comes before', async () => {
  const fake = await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Tenancy clause in plain English' }));
  await waitFor(() => expect(screen.getAllByRole('article').length).toBeGreaterThanOrEqual(CHUNK));
  expect(conversations.current.messages.length).toBe(40);
  await waitFor(() => expect(conversations.current.chunks.flatMap((c) => c.ids).length).toBe(180));
  expect(fake.calls.find((c) => c.command === 'outline_conversation')?.args).toEqual({ id: 3 });
});

describe('while a chat is fetched', () => {
  /** Opens one whose messages come when they are told to. */
  async function opening() {
    const fake = await openApp(chat);
    const invoke = fake.invoke.bind(fake);
    let come = () => {};
    const held = new Promise<void>((done) => (come = done));
    fake.invoke = (async (command: string, args: Record<string, unknown>) => {
      if (command === 'open_conversation' && args['id'] === 3) await held;
      return invoke(command, args);
    }) as typeof fake.invoke;
    await write('half a thought');
    await fireEvent.click(screen.getByRole('link', { name: 'Tenancy clause in plain English' }));
    return come;
  }

  test('what is left stays, and what is typed belongs to it', async () => {
    const come = await opening();
    screen.getByRole('heading', { name: 'What’s on your mind?' });
    await write('half a thought, and more');
    come();
    await screen.findAllByRole('article');
    expect(((await message()) as HTMLTextAreaElement).value).toBe('');
    await key('KeyN', { ctrlKey: true });
    expect(((await message()) as HTMLTextAreaElement).value).toBe('half a thought, and more');
  });

  test('it is said when that takes long', async () => {
    const come = await opening();
    await screen.findByRole('img', { name: 'Opening the chat' });
    expect(screen.queryByRole('heading', { name: 'What’s on your mind?' })).toBeNull();
    come();
    await screen.findAllByRole('article');
    expect(screen.queryByRole('img', { name: 'Opening the chat' })).toBeNull();
  });

  test('asked for again it is fetched once, and its neighbour is the one beside it', async () => {
    const come = await opening();
    const { rows } = conversations;
    const beside = rows[rows.findIndex((row) => row.id === 3) - 1]!;
    const first = conversations.open(3);
    expect(conversations.open(3)).toBe(first);
    await key('ArrowUp', { altKey: true });
    await screen.findByRole('heading', { name: beside.title, level: 1 });
    come();
    await first;
    screen.getByRole('heading', { name: beside.title, level: 1 });
  });

  test('removed, it stays away', async () => {
    const come = await opening();
    await organised.change([3], { type: 'trash' });
    come();
    await new Promise((done) => setTimeout(done, 20));
    screen.getByRole('heading', { name: 'What’s on your mind?' });
  });

  test('it comes although the one that is left is removed', async () => {
    const come = await opening();
    await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
    await screen.findAllByRole('article');
    await fireEvent.click(screen.getByRole('link', { name: 'Tenancy clause in plain English' }));
    await organised.change([conversations.current.id!], { type: 'trash' });
    come();
    await screen.findByRole('heading', { name: 'Tenancy clause in plain English', level: 1 });
    expect(conversations.rows.map((row) => row.title)).not.toContain('Retry with jitter in Rust');
  });

  test('a click on the one that is shown takes it back', async () => {
    const come = await opening();
    await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
    await screen.findAllByRole('article');
    await fireEvent.click(screen.getByRole('link', { name: 'Tenancy clause in plain English' }));
    await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
    come();
    await new Promise((done) => setTimeout(done, 20));
    screen.getByRole('heading', { name: 'Retry with jitter in Rust', level: 1 });
  });
});

test('what was sent last stays in the top third when its chat is shown again', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await screen.findAllByRole('article');
  const height = vi.spyOn(screen.getByRole('region', { name: 'Conversation' }), 'clientHeight', 'get').mockReturnValue(900);
  const rooms = () => screen.getAllByRole('article').map((article) => article.style.minBlockSize).filter((room) => room !== '');
  for (const text of ['one', 'two']) {
    await write(text);
    await press('Send');
    await button('Send');
  }
  await waitFor(() => expect(rooms()).toEqual([`${600 - 48}px`]));
  await fireEvent.click(screen.getByRole('link', { name: 'Tenancy clause in plain English' }));
  await screen.findByRole('heading', { name: 'Tenancy clause in plain English', level: 1 });
  expect(rooms()).toEqual([]);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await waitFor(() => expect(rooms()).toEqual([`${600 - 48}px`]));
  height.mockRestore();
});

test('a new chat whose first message is refused after it was left is there again', async () => {
  const fake = await openApp(chat);
  const invoke = fake.invoke.bind(fake);
  let refuse = () => {};
  const held = new Promise<void>((done) => (refuse = done));
  fake.invoke = (async (command: string, args: Record<string, unknown>) => {
    if (command !== 'send_message') return invoke(command, args);
    await held;
    throw failure('diskFull');
  }) as typeof fake.invoke;
  await write('a question');
  await press('Send');
  await fireEvent.click(screen.getByRole('link', { name: 'Tenancy clause in plain English' }));
  await screen.findAllByRole('article');
  refuse();
  await waitFor(() => expect(document.querySelector('.toast')).not.toBeNull());
  await key('KeyN', { ctrlKey: true });
  expect(((await message()) as HTMLTextAreaElement).value).toBe('a question');
  await screen.findByRole('alert');
});

test('chats that can’t be opened are said honestly', async () => {
  await openApp({ boot: failure('historyDamaged') });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Latchkey can’t open your chats');
  expect(alert.textContent).toContain('Nothing was changed.');
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('a session that isn’t kept says so until the keychain opens', async () => {
  await openApp({ ...chat, history: { state: 'sessionOnly', reason: failure('keychainLocked') } });
  expect((await screen.findByRole('alert')).textContent).toContain('Chats of this session aren’t kept');
  await press('Unlock the keychain');
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
});

test('the provider’s own words stand under ours', async () => {
  await openApp({ ...chat, turn: { ...failure('requestRefused', null, 'OpenAI'), message: 'max_tokens is\ntoo large' } });
  await write('Hello');
  await press('Send');
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Its reason is below.');
  expect(alert.textContent).toContain('OpenAI: “max_tokens is\ntoo large”');
});

test('a system prompt typed for a new chat outlasts a look at another chat', async () => {
  await openApp(chat);
  const typed = 'Answer in one line.';
  await press('More chat actions');
  await fireEvent.click(await screen.findByRole('menuitem', { name: /^System prompt/ }));
  await fireEvent.input(await screen.findByRole('textbox', { name: 'System prompt text' }), { target: { value: typed } });
  await press('Save');
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await waitFor(() => expect(conversations.current.id).not.toBeNull());
  expect(conversations.current.systemPrompt).not.toBe(typed);
  await press('New chat');
  expect(conversations.current.systemPrompt).toBe(typed);
});

test('unlocking for a key leaves the open chat as it is and sends again', async () => {
  const fake = await openApp({ ...chat, refuse: failure('keychainLocked') });
  await write('Hello');
  await press('Send');
  await press('Unlock the keychain');
  await waitFor(() => expect(commandsOf(fake).filter((c) => c === 'send_message').length).toBe(2));
  expect(commandsOf(fake).filter((c) => c === 'boot').length).toBe(1);
  await screen.findByRole('article', { name: 'Assistant message' });
});

test('unlocking the chats keeps what was typed for a new one', async () => {
  const fake = await openApp({ ...chat, history: { state: 'sessionOnly', reason: failure('keychainLocked') } });
  await write('Half a thought');
  const before = conversations.current;
  await press('Unlock the keychain');
  await waitFor(() => expect(conversations.current).not.toBe(before));
  expect(commandsOf(fake).filter((c) => c === 'boot').length).toBe(2);
  await waitFor(async () => expect(((await message()) as HTMLTextAreaElement).value).toBe('Half a thought'));
});

test('what is selected is copied without what can only be used here', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  const answer = await screen.findByRole('article', { name: 'Assistant message' });
  getSelection()!.selectAllChildren(answer);
  const copied = new Map<string, string>();
  const copy = Object.assign(new Event('copy', { bubbles: true }), { clipboardData: { setData: (type: string, data: string) => copied.set(type, data) } });
  answer.dispatchEvent(copy);
  getSelection()!.removeAllRanges();
  expect([...copied.keys()]).toEqual(['text/plain', 'text/html']);
  for (const [, data] of copied) {
    expect(data).toContain('jitter');
    expect(data).not.toMatch(/Copy code|Wrap lines|data-act|<button/);
  }
});

test('steps from message to message take the focus', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  const own = await screen.findByRole('article', { name: 'Your message' });
  own.focus();
  await key('PageDown', { altKey: true });
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Assistant message'));
  await fireEvent.keyDown(document.activeElement!, { key: 'k' });
  await waitFor(() => expect(document.activeElement).toBe(own));
});

test('an answer can be copied as markdown and as rich text', async () => {
  const fake = await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await press('More actions');
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Copy as rich text' }));
  await waitFor(() => expect(commandsOf(fake)).toContain('copy_rich_text'));
});

test('an answer that is plain text from some place on is shown formatted when somebody asks for it', async () => {
  const fake = await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  const answer = (await screen.findAllByRole('article', { name: 'Assistant message' })).at(-1)!;
  const block = answer.querySelector('.block')!;
  block.innerHTML = '<p class="plain-note">Plain. <button type="button" data-act="show-formatted">Show formatted</button></p>';
  await fireEvent.click(screen.getByRole('button', { name: 'Show formatted' }));
  await waitFor(() => expect(answer.textContent).toContain('All of it.'));
  expect(commandsOf(fake)).toContain('show_formatted');
  expect(document.activeElement).toBe(answer);
});
