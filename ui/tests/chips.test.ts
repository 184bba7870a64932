// Folder and tags beside the title of a chat: they lead there, and are taken off, by keyboard too; a narrow window has them in the menu.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { SCENES } from '../src/ipc/fake-scenes';
import { chatFilter } from '../src/state/chat-filter.svelte';
import { conversations } from '../src/state/conversations.svelte';
import { organised } from '../src/state/organised.svelte';
import { place } from '../src/state/place.svelte';
import { search } from '../src/state/search.svelte';
import { button, openApp, press } from './open-app';

beforeEach(() => {
  place.narrow = false;
  place.sidebarWide = true;
  place.layer = null;
});

/** A chat in a folder with tags, open. */
async function openKept(tags: readonly string[] = ['home', 'law', 'to read']): Promise<number> {
  await openApp(SCENES['chat']!);
  await organised.saveFolder({ id: null, parent: null, name: 'House move', mark: 'c1', systemPrompt: '', connectionId: null, model: null, route: null });
  const { id } = conversations.rows[0]!;
  await organised.change([id], { type: 'move', folder: organised.folders[0]!.id });
  for (const name of tags) await organised.change([id], { type: 'tag', name });
  await conversations.open(id);
  await screen.findByRole('group', { name: 'Folder and tags' });
  return id;
}

const chips = () => within(screen.getByRole('group', { name: 'Folder and tags' })).getAllByRole('button').map((chip) => chip.textContent!.trim());

test('they stand beside the title, and many tags behind one chip', async () => {
  await openKept();
  expect(chips()).toEqual(['House move', 'home', 'law', '+1']);
  await press('More tags: to read');
  await screen.findByRole('dialog', { name: 'Tags of 1 chat' });
});

test('a press leads to the folder, also where the sidebar is hidden, and to search by the tag', async () => {
  await openKept();
  place.sidebarWide = false;
  await press('Folder: House move');
  await waitFor(() => expect(chatFilter.now).toEqual({ by: 'folder', id: organised.folders[0]!.id }));
  expect(place.sidebarShown).toBe(true);
  await press('Tag: law');
  await waitFor(() => expect(search.text).toBe('tag:law '));
  expect(place.page).toBe('search');
});

test('only the chats with a tag are shown by its chip, also where the sidebar is hidden', async () => {
  await openKept();
  place.sidebarWide = false;
  await fireEvent.keyDown(await button('Tag: law'), { key: 'F10', shiftKey: true });
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Show only these chats' }));
  await waitFor(() => expect(chatFilter.now?.by).toBe('tag'));
  expect(place.sidebarShown).toBe(true);
});

test('Delete takes off what has the focus, and the next one has it then', async () => {
  const id = await openKept(['home', 'law']);
  const folder = await button('Folder: House move');
  folder.focus();
  await fireEvent.keyDown(folder, { key: 'Delete' });
  await waitFor(() => expect(conversations.row(id)!.folder).toBeNull());
  await waitFor(() => expect(document.activeElement?.textContent?.trim()).toBe('home'));
  await fireEvent.keyDown(document.activeElement!, { key: 'Backspace' });
  await waitFor(() => expect(document.activeElement?.textContent?.trim()).toBe('law'));
  await fireEvent.keyDown(document.activeElement!, { key: 'Delete' });
  await waitFor(() => expect(screen.queryByRole('group', { name: 'Folder and tags' })).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' })));
});

test('each has a menu, by the menu key, which can change it as well', async () => {
  const id = await openKept(['home']);
  const menuOf = async (name: string) => {
    const chip = await button(name);
    chip.focus();
    await fireEvent.keyDown(chip, { key: 'F10', shiftKey: true });
    return (await screen.findAllByRole('menuitem')).map((item) => item.dataset['action']);
  };
  expect(await menuOf('Folder: House move')).toEqual(['filterFolder', 'moveChat', 'editFolder', 'leaveFolder']);
  await fireEvent.click(screen.getByRole('menuitem', { name: /^Move to folder/ }));
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'No folder' }));
  await waitFor(() => expect(conversations.row(id)!.folder).toBeNull());
  expect(await menuOf('Tag: home')).toEqual(['searchTag', 'filterTag', 'tagChat', 'untagChat']);
  await fireEvent.click(screen.getByRole('menuitem', { name: /^Take this tag off/ }));
  await waitFor(() => expect(conversations.row(id)!.tags).toEqual([]));
});

test('a new chat that begins in a folder says so, and can leave it', async () => {
  await openKept();
  conversations.newChat();
  conversations.beginIn(organised.folders[0]!);
  const chip = await button('Folder: House move');
  await fireEvent.keyDown(chip, { key: 'Delete' });
  await waitFor(() => expect(conversations.current.folder).toBeNull());
});

test('in a narrow window they are in the menu of the chat', async () => {
  await openKept(['home']);
  place.narrow = true;
  await waitFor(() => expect(screen.queryByRole('group', { name: 'Folder and tags' })).toBeNull());
  await press('More chat actions');
  await screen.findByRole('menuitem', { name: 'Tag: home' });
  await fireEvent.click(screen.getByRole('menuitem', { name: 'Folder: House move' }));
  await waitFor(() => expect(place.drawerOpen).toBe(true));
  expect(chatFilter.now).toEqual({ by: 'folder', id: organised.folders[0]!.id });
});
