// Folders, tags, pins, the archive and the trash: by menu, by key, by dragging, one chat or several.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { drop, dropFolder, fitsFolder } from '../src/features/sidebar/drag';
import { SCENES } from '../src/ipc/fake-scenes';
import { conversations } from '../src/state/conversations.svelte';
import { organised } from '../src/state/organised.svelte';
import { place } from '../src/state/place.svelte';
import { search } from '../src/state/search.svelte';
import { button, heading, openApp, press, status } from './open-app';

const chat = SCENES['chat']!;
const list = () => screen.getByRole('list', { name: 'Conversations' });
const link = (name: string) => within(list()).getByRole('link', { name });
const item = async (name: string) => fireEvent.click(await screen.findByRole('menuitem', { name: new RegExp(`^${name}`) }));
const menuOf = (name: string) => fireEvent.keyDown(link(name), { key: 'F10', shiftKey: true });
const section = (name: string) => within(screen.getByRole('heading', { name: new RegExp(`^${name}`) }).closest('li')!);
const key = (name: string, press: { key: string; shiftKey?: boolean }) => fireEvent.keyDown(link(name), press);

const FIRST = 'Retry with jitter in Rust';
const SECOND = 'Release checklist 0.9';

beforeEach(() => {
  place.narrow = false;
  search.text = '';
});

async function makeFolder(name: string) {
  await press('New folder');
  const dialog = await screen.findByRole('dialog', { name: 'New folder' });
  await fireEvent.input(within(dialog).getByRole('textbox', { name: 'Name' }), { target: { value: name } });
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Save folder' }));
  await screen.findByRole('button', { name });
}

test('a chat that is pinned stands on top and has a key', async () => {
  await openApp(chat);
  await menuOf(SECOND);
  await item('Pin');
  await waitFor(() => expect(section('Pinned').getByRole('link').textContent).toContain(SECOND));
  await fireEvent.keyDown(window, { key: '1', code: 'Digit1', ctrlKey: true });
  await waitFor(() => expect(conversations.current.title).toBe(SECOND));
  await menuOf(SECOND);
  await item('Unpin');
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Pinned' })).toBeNull());
});

test('chats are moved into folders by menu and by dragging, and out again', async () => {
  await openApp(chat);
  await makeFolder('House move');
  await menuOf(FIRST);
  await item('Move to folder');
  await item('House move');
  await waitFor(() => expect(within(list()).queryByRole('link', { name: FIRST })).toBeNull());
  await press('House move');
  await waitFor(() => expect(section('Folders').getByRole('link').textContent).toContain(FIRST));
  drop([conversations.rows.find((row) => row.title === SECOND)!.id], `folder-${organised.folders[0]!.id}`);
  await waitFor(() => expect(section('Folders').getAllByRole('link').length).toBe(2));
  await menuOf(FIRST);
  await item('Move to folder');
  await item('No folder');
  await waitFor(() => expect(section('Folders').getAllByRole('link').length).toBe(1));
});

test('a folder that is made for some chats has them', async () => {
  await openApp(chat);
  await menuOf(FIRST);
  await item('Move to folder');
  await item('New folder');
  const dialog = await screen.findByRole('dialog', { name: 'New folder' });
  await fireEvent.input(within(dialog).getByRole('textbox', { name: 'Name' }), { target: { value: 'Thesis' } });
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Save folder' }));
  await waitFor(() => expect(organised.folders[0]?.chats).toBe(1));
});

test('a press that is dragged to a folder moves the chat and opens nothing', async () => {
  await openApp(chat);
  await makeFolder('House move');
  const row = link(FIRST).closest('li')!;
  const target = screen.getByRole('button', { name: 'House move' });
  document.elementFromPoint = () => target;
  const before = conversations.current.id;
  await fireEvent(row, new MouseEvent('pointerdown', { bubbles: true, clientX: 5, clientY: 5 }));
  await fireEvent(window, new MouseEvent('pointermove', { clientX: 50, clientY: 90 }));
  await waitFor(() => expect(organised.over).toBe(`folder-${organised.folders[0]!.id}`));
  await fireEvent(window, new MouseEvent('pointerup', { clientX: 50, clientY: 90 }));
  await waitFor(() => expect(organised.folders[0]!.chats).toBe(1));
  expect(conversations.current.id).toBe(before);
});

const folderInput = (name: string, parent: number | null) => ({ id: null, parent, name, mark: '', systemPrompt: 'Be brief.', connectionId: null, model: null, route: null });
const idOf = (name: string) => organised.folders.find((folder) => folder.name === name)!.id;

/** Work, in it Clients, in that Old; beside it Home, in which there is another one that is called Clients. */
async function makeNested() {
  for (const [name, above] of [['Work', null], ['Clients', 'Work'], ['Old', 'Clients'], ['Home', null]] as const) await organised.saveFolder(folderInput(name, above === null ? null : idOf(above)));
  await organised.saveFolder(folderInput('Clients', idOf('Home')));
}

test('folders in folders are told by their paths, each below the one that it is in', async () => {
  await openApp(chat);
  await makeNested();
  await menuOf(FIRST);
  await item('Move to folder');
  const names = () => screen.getAllByRole('menuitem').map((one) => one.textContent?.trim());
  await waitFor(() => expect(names()).toEqual(['Work', 'Work / Clients', 'Work / Clients / Old', 'Home', 'Home / Clients', 'New folder…', 'No folder']));
  await item('Home / Clients');
  await waitFor(() => expect(conversations.rows.find((row) => row.title === FIRST)!.folder).toBe(5));
  await press('Filter chats');
  await waitFor(() => expect(names()).toEqual(expect.arrayContaining(['Folder: Work / Clients', 'Folder: Home / Clients'])));
  await fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
  await conversations.open(conversations.rows.find((row) => row.title === FIRST)!.id);
  await button('Folder: Home / Clients');
  await fireEvent.keyDown(await button('Home'), { key: 'F2' });
  const places = within(await screen.findByRole('dialog', { name: 'Edit folder' })).getByRole<HTMLSelectElement>('combobox', { name: 'In folder' });
  expect([...places.options].map((one) => one.textContent)).toEqual(['No folder', 'Work', 'Work / Clients', 'Work / Clients / Old']);
});

test('a folder is moved by its menu, with all that is its own, never into itself or what is in it, and there is a way back', async () => {
  const fake = await openApp(chat);
  await makeNested();
  await fireEvent.keyDown(await button('Work'), { key: 'F10', shiftKey: true });
  await item('Move to');
  const menu = await screen.findByRole('menu', { name: 'Move Work to' });
  expect(within(menu).getAllByRole('menuitem').map((one) => one.textContent?.trim())).toEqual(['Home', 'Home / Clients', 'No folder']);
  await fireEvent.click(within(menu).getByRole('menuitem', { name: 'Home' }));
  await waitFor(() => expect(organised.folder(idOf('Work'))).toMatchObject({ parent: idOf('Home'), systemPrompt: 'Be brief.' }));
  await waitFor(() => expect(status()).toBe('Work moved into Home'));
  // It is where it was put, and goes on from there by keyboard.
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Work'));
  expect(organised.open.has(idOf('Home'))).toBe(true);
  await press('Undo');
  await waitFor(() => expect(organised.folder(idOf('Work'))!.parent).toBeNull());
  const saved = () => fake.calls.filter((call) => call.command === 'save_folder').length;
  const before = saved();
  for (const at of [idOf('Work'), idOf('Old')]) {
    expect(fitsFolder(idOf('Work'), `folder-${at}`)).toBe(false);
    dropFolder(idOf('Work'), `folder-${at}`);
    await organised.moveFolder(idOf('Work'), at);
  }
  expect(saved()).toBe(before);
});

test('a folder is dragged into another one, and out to the top', async () => {
  await openApp(chat);
  await makeNested();
  const drag = async (from: Element, onto: Element) => {
    document.elementFromPoint = () => onto;
    await fireEvent(from, new MouseEvent('pointerdown', { bubbles: true, clientX: 5, clientY: 5 }));
    await fireEvent(window, new MouseEvent('pointermove', { clientX: 50, clientY: 90 }));
  };
  const dropped = () => fireEvent(window, new MouseEvent('pointerup', { clientX: 50, clientY: 90 }));
  await drag(await button('Home'), await button('Work'));
  await waitFor(() => expect(organised.over).toBe(`folder-${idOf('Work')}`));
  await dropped();
  await waitFor(() => expect(organised.folder(idOf('Home'))!.parent).toBe(idOf('Work')));
  expect([organised.carried, organised.over]).toEqual([null, null]);
  // Into what is in it: nothing lights up, nothing happens.
  await drag(await button('Work'), await button('Home'));
  await waitFor(() => expect(organised.carried).toBe(idOf('Work')));
  expect(organised.over).toBeNull();
  await dropped();
  expect(organised.folder(idOf('Work'))!.parent).toBeNull();
  await drag(await button('Home'), screen.getByRole('heading', { name: /^Folders/ }));
  await waitFor(() => expect(organised.over).toBe('top'));
  await dropped();
  await waitFor(() => expect(organised.folder(idOf('Home'))!.parent).toBeNull());
});

test('where no chat stands by itself, it is said where they are, and the palette knows those in folders', async () => {
  await openApp({ ...chat, conversations: 2 });
  const said = () => list().querySelector('.side-none')?.textContent;
  const ids = conversations.rows.map((row) => row.id);
  await organised.saveFolder(folderInput('Work', null));
  await organised.change(ids, { type: 'move', folder: 1 });
  await waitFor(() => expect(said()).toBe('Every chat is in a folder.'));
  // As after a start, where what is in folders is not listed yet.
  conversations.rows = [];
  await fireEvent.keyDown(window, { key: 'k', code: 'KeyK', ctrlKey: true });
  await waitFor(() => expect(document.querySelector('.opt-group')?.textContent).toBe('Recent chats'));
  const options = () => [...document.querySelectorAll('[aria-label="Commands"] [role="option"]')].map((one) => one.textContent?.trim());
  await waitFor(() => expect(options().slice(0, 2)).toEqual([`${FIRST} Work`, `${SECOND} Work`]));
  place.layer = null;
  await organised.change(ids, { type: 'archive' });
  await waitFor(() => expect(said()).toBe('Every chat is in the archive.'));
  await organised.change(ids, { type: 'trash' });
  await waitFor(() => expect(said()).toBe('Every chat is in the trash.'));
  await organised.emptyTrash();
  await waitFor(() => expect(said()).toBe('Your chats will be listed here.'));
});

test('a new chat in a folder begins with its instructions and stays there', async () => {
  await openApp(chat);
  await press('New folder');
  const dialog = await screen.findByRole('dialog', { name: 'New folder' });
  await fireEvent.input(within(dialog).getByRole('textbox', { name: 'Name' }), { target: { value: 'Thesis' } });
  await fireEvent.input(within(dialog).getByRole('textbox', { name: 'Instructions for new chats in it' }), { target: { value: 'Be brief.' } });
  await fireEvent.click(within(dialog).getByRole('radio', { name: 'Green' }));
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Save folder' }));
  await fireEvent.keyDown(await button('Thesis'), { key: 'F10', shiftKey: true });
  await item('New chat here');
  await waitFor(() => expect(conversations.current.systemPrompt).toBe('Be brief.'));
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: 'Outline' } });
  await press('Send');
  await waitFor(() => expect(conversations.row(conversations.current.id)?.folder).toBe(organised.folders[0]!.id));
  expect(organised.folders[0]!.chats).toBe(1);
  expect((await button('Thesis')).getAttribute('aria-expanded')).toBe('true');
});

test('several are selected by key and changed at once', async () => {
  await openApp(chat);
  await key(FIRST, { key: ' ' });
  await waitFor(() => expect(status()).toBe('1 chat selected'));
  await key(FIRST, { key: 'ArrowDown', shiftKey: true });
  const bar = await screen.findByRole('toolbar', { name: 'Selected chats' });
  expect(bar.textContent).toContain('2 selected');
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: `Select ${SECOND}` }).checked).toBe(true);
  await fireEvent.click(within(bar).getByRole('button', { name: 'Add tag' }));
  const dialog = await screen.findByRole('dialog', { name: 'Tags of 2 chats' });
  await fireEvent.input(within(dialog).getByRole('textbox', { name: 'New tag' }), { target: { value: 'to read' } });
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Add tag' }));
  await within(dialog).findByRole('button', { name: 'to read', pressed: true });
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Done' }));
  await fireEvent.click(within(bar).getByRole('button', { name: 'Archive' }));
  await waitFor(() => expect(status()).toBe('2 chats archived'));
  await waitFor(() => expect(screen.queryByRole('toolbar', { name: 'Selected chats' })).toBeNull());
  await fireEvent.click(link('Archive'));
  await heading('Archive');
  await screen.findByRole('button', { name: `Take out of the archive: ${FIRST}` });
  await press('to read');
  await waitFor(() => expect(search.text).toBe('tag:"to read" '));
});

test('Esc clears what is selected', async () => {
  await openApp(chat);
  await key(FIRST, { key: ' ' });
  await screen.findByRole('toolbar', { name: 'Selected chats' });
  await key(FIRST, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('toolbar', { name: 'Selected chats' })).toBeNull());
});

test('E archives, Delete moves to the trash, and both can be undone', async () => {
  await openApp(chat);
  await key(SECOND, { key: 'e' });
  await waitFor(() => expect(organised.archived).toBe(1));
  await press('Undo');
  await waitFor(() => expect(within(list()).queryByRole('link', { name: SECOND })).not.toBeNull());
  await menuOf(SECOND);
  await item('Move to trash');
  await waitFor(() => expect(organised.trashed).toBe(1));
  await fireEvent.click(link('Trash'));
  await heading('Trash');
  await fireEvent.click(await screen.findByRole('button', { name: `Restore: ${SECOND}` }));
  await waitFor(() => expect(within(list()).queryByRole('link', { name: SECOND })).not.toBeNull());
  await menuOf(SECOND);
  await item('Move to trash');
  await press('Delete now');
  await screen.findByText('The trash is empty.');
});

test('a folder that is removed leaves its chats where it was', async () => {
  await openApp(chat);
  await makeFolder('House move');
  await menuOf(FIRST);
  await item('Move to folder');
  await item('House move');
  await waitFor(() => expect(organised.folders[0]!.chats).toBe(1));
  await fireEvent.keyDown(await button('House move'), { key: 'F10', shiftKey: true });
  await item('Remove folder');
  await waitFor(() => expect(link(FIRST)).toBeTruthy());
});
