// The list of chats, narrowed: by folder, tag, what is on top or archived; it is seen that it is, and there is a way back.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { filterBy } from '../src/features/sidebar/filters';
import { failure, type Fake } from '../src/ipc/fake';
import { SCENES } from '../src/ipc/fake-scenes';
import { chatFilter } from '../src/state/chat-filter.svelte';
import { conversations } from '../src/state/conversations.svelte';
import { notices } from '../src/state/notices.svelte';
import { organised } from '../src/state/organised.svelte';
import { place } from '../src/state/place.svelte';
import { button, openApp, press, status } from './open-app';

const chat = SCENES['chat']!;
const list = () => screen.getByRole('list', { name: 'Conversations' });
const shown = () => within(list()).queryAllByRole('link').map((link) => link.querySelector('.conv-title')!.textContent);
const choose = async (name: string) => fireEvent.click(await screen.findByRole('menuitem', { name }));
const idOf = (title: string) => conversations.rows.find((row) => row.title === title)!.id;
const FIRST = 'Retry with jitter in Rust';
const SECOND = 'Release checklist 0.9';

beforeEach(() => {
  place.narrow = false;
  place.layer = null;
});

async function makeFolder(name: string, parent: number | null = null): Promise<number> {
  await organised.saveFolder({ id: null, parent, name, mark: '', systemPrompt: '', connectionId: null, model: null, route: null });
  return organised.folders.at(-1)!.id;
}

test('by folder, with the folders inside of it, and back by Esc', async () => {
  await openApp(chat);
  const thesis = await makeFolder('Thesis');
  const inside = await makeFolder('Sources', thesis);
  await organised.change([idOf(FIRST)], { type: 'move', folder: thesis });
  await organised.change([idOf(SECOND)], { type: 'move', folder: inside });
  await press('Filter chats');
  await choose('Folder: Thesis');
  await waitFor(() => expect(shown()).toEqual([FIRST, SECOND]));
  await waitFor(() => expect(status()).toBe('Folder: Thesis, 2 chats'));
  // It is seen, and said by the button, that not all are shown.
  expect(screen.getByRole('heading', { name: /^Folder: Thesis/ })).toBeTruthy();
  await button('Filter chats: Folder: Thesis');
  await fireEvent.keyDown(within(list()).getByRole('link', { name: FIRST }), { key: 'Escape' });
  await button('Filter chats');
  expect(status()).toBe('All chats are shown');
  await press('Filter chats');
  await choose('Folder: Thesis / Sources');
  await waitFor(() => expect(shown()).toEqual([SECOND]));
});

test('by tag, also chats that the list did not have yet, and no more than are looked at', async () => {
  const fake = await openApp({ ...chat, conversations: 450 });
  const old = fake.history.rows().at(-1)!;
  organised.take(fake.history.organise([old.id, idOf(FIRST)], { type: 'tag', name: 'rust' }).organised);
  conversations.put(fake.history.rows().find((row) => row.title === FIRST)!);
  expect(conversations.row(old.id)).toBeUndefined();
  await fireEvent.keyDown(await button('rust'), { key: 'F10', shiftKey: true });
  await choose('Show only these chats');
  await waitFor(() => expect(shown()).toEqual([FIRST, old.title]));
  await waitFor(() => expect(chatFilter.looking).toBe(false));
  // What did not fit was not listed.
  expect(conversations.rows.length).toBe(201);
  await organised.change([old.id], { type: 'untag', tag: organised.tags[0]!.id });
  await waitFor(() => expect(shown()).toEqual([FIRST]));
});

test('what leaves nothing says so, with the way back', async () => {
  await openApp(chat);
  await press('Filter chats');
  await choose('Pinned');
  await screen.findByText('No chat is pinned.');
  await fireEvent.click(within(list()).getAllByRole('button', { name: 'Show all chats' }).at(-1)!);
  await waitFor(() => expect(shown().length).toBeGreaterThan(3));
  await organised.change([idOf(SECOND)], { type: 'archive' });
  await press('Filter chats');
  await choose('Archive');
  await waitFor(() => expect(shown()).toEqual([SECOND]));
  // Taken out of the archive it is in the list of all again.
  await fireEvent.keyDown(within(list()).getByRole('link', { name: SECOND }), { key: 'e' });
  await screen.findByText('Nothing is archived.');
});

test('by keyboard: its keys open it, arrows choose, and other chats are the ones that are shown', async () => {
  await openApp(chat);
  const thesis = await makeFolder('Thesis');
  const third = conversations.rows[2]!.title;
  await organised.change([idOf(FIRST), idOf(third)], { type: 'move', folder: thesis });
  await fireEvent.keyDown(window, { key: 'f', code: 'KeyF', ctrlKey: true, altKey: true });
  const menu = await screen.findByRole('menu', { name: 'Filter chats' });
  const items = within(menu).getAllByRole('menuitem');
  await waitFor(() => expect(document.activeElement).toBe(items[0]));
  await fireEvent.keyDown(items[0]!, { key: 'ArrowDown' });
  await fireEvent.keyDown(document.activeElement!, { key: 'ArrowDown' });
  expect(document.activeElement!.textContent).toContain('Folder: Thesis');
  await fireEvent.click(document.activeElement!);
  await waitFor(() => expect(document.activeElement).toBe(document.querySelector('[data-filter]')));
  await conversations.open(idOf(FIRST));
  await fireEvent.keyDown(window, { key: 'ArrowDown', code: 'ArrowDown', altKey: true });
  await waitFor(() => expect(conversations.current.title).toBe(third));
});

test('what was selected is not selected any more once it is out of sight, and a folder that goes filters nothing', async () => {
  await openApp(chat);
  const thesis = await makeFolder('Thesis');
  organised.pick(idOf(FIRST));
  await chatFilter.choose({ by: 'folder', id: thesis });
  expect(organised.picked.size).toBe(0);
  await screen.findByText('No chat is in this folder.');
  await organised.removeFolder(thesis);
  await waitFor(() => expect(shown()).toContain(FIRST));
});

test('two folders of one name can both be chosen', async () => {
  await openApp(chat);
  await makeFolder('Thesis');
  await makeFolder('Thesis');
  await press('Filter chats');
  expect(await screen.findAllByRole('menuitem', { name: 'Folder: Thesis' })).toHaveLength(2);
});

/** A folder with so many chats. */
async function fullFolder(chats: number): Promise<{ fake: Fake; folder: number }> {
  const fake = await openApp({ ...chat, conversations: chats + 4 });
  const folder = await makeFolder('Thesis');
  const { organised: told } = fake.history.organise(Array.from({ length: chats }, (_, at) => at + 1), { type: 'move', folder });
  organised.take(told);
  conversations.rows = conversations.rows.filter((row) => row.id > chats);
  return { fake, folder };
}

test('a folder that was filtered by has all its chats when it is opened', async () => {
  const { folder } = await fullFolder(450);
  await chatFilter.choose({ by: 'folder', id: folder });
  expect(chatFilter.rows.length).toBe(200);
  chatFilter.clear();
  await organised.toggle(folder);
  expect(conversations.rows.filter((row) => row.folder === folder)).toHaveLength(450);
});

test('after a look at the archive the next chat is none that is archived', async () => {
  await openApp(chat);
  await organised.change([idOf(SECOND)], { type: 'archive' });
  await chatFilter.choose({ by: 'archive' });
  chatFilter.clear();
  const third = conversations.rows[2]!.title;
  await conversations.open(idOf(FIRST));
  await fireEvent.keyDown(window, { key: 'ArrowDown', code: 'ArrowDown', altKey: true });
  await waitFor(() => expect(conversations.current.title).toBe(third));
});

test('a page that can’t be fetched is said, and is looked for again', async () => {
  const fake = await openApp({ ...chat, windowMs: 0 });
  // As if the list had never had it.
  await organised.change([idOf(SECOND)], { type: 'archive' });
  conversations.rows = conversations.rows.filter((row) => row.title !== SECOND);
  const works = fake.commands['list_shelf']!;
  fake.commands['list_shelf'] = () => {
    throw failure('internal');
  };
  filterBy({ by: 'archive' });
  await screen.findByText('Not all chats could be looked through.');
  expect(screen.queryByText('Nothing is archived.')).toBeNull();
  fake.commands['list_shelf'] = works;
  await press('Look again');
  await waitFor(() => expect(shown()).toEqual([SECOND]));
  expect(screen.queryByText('Not all chats could be looked through.')).toBeNull();
});

test('of two that are chosen quickly only the second is said, with its own count', async () => {
  const fake = await openApp(chat);
  const thesis = await makeFolder('Thesis');
  await organised.change([idOf(FIRST)], { type: 'move', folder: thesis });
  const works = fake.commands['list_shelf']!;
  let go = () => {};
  const held = new Promise<void>((done) => (go = done));
  fake.commands['list_shelf'] = async (args) => (await held, works(args));
  const said: string[] = [];
  const say = vi.spyOn(notices, 'say').mockImplementation((text) => void (text !== '' && said.push(text)));
  filterBy({ by: 'folder', id: thesis });
  filterBy({ by: 'archive' });
  go();
  await waitFor(() => expect(said).toContain('Archive, 0 chats'));
  await new Promise((done) => setTimeout(done, 20));
  expect(said).toEqual(['Archive, 0 chats']);
  say.mockRestore();
});

test('a full folder is shown in steps, and its folders are gone through once a change', async () => {
  const { folder } = await fullFolder(450);
  await organised.toggle(folder);
  const inside = vi.spyOn(organised, 'inside');
  await chatFilter.choose({ by: 'folder', id: folder });
  await waitFor(() => expect(shown()).toHaveLength(80));
  expect(chatFilter.rows).toHaveLength(450);
  expect(inside.mock.calls.length).toBeLessThan(20);
  inside.mockRestore();
  await fireEvent.scroll(list());
  await waitFor(() => expect(shown()).toHaveLength(160));
});
