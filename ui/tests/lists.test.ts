// The list of chats and the messages as lists: one stop for Tab, arrow keys, F2, Delete, and the menu of each by button and by key.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { conversations } from '../src/state/conversations.svelte';
import { place } from '../src/state/place.svelte';
import { placed, pointAt } from '../src/ui/menu-place';
import { SCENES } from '../src/ipc/fake-scenes';
import { button, commandsOf, openApp, press, status } from './open-app';

const chat = SCENES['chat']!;
const links = () => within(screen.getByRole('list', { name: 'Conversations' })).getAllByRole('link');
const focused = () => document.activeElement;

test('the list of chats is one stop, and arrow keys go through it', async () => {
  await openApp(chat);
  const all = links();
  expect(all.filter((link) => link.tabIndex === 0)).toEqual([all[0]]);
  expect(screen.getAllByRole('button', { name: /^More for/, hidden: true }).every((b) => b.tabIndex === -1)).toBe(true);
  all[0]!.focus();
  for (const [key, at] of [['ArrowDown', 1], ['ArrowDown', 2], ['ArrowUp', 1], ['End', all.length - 1], ['ArrowDown', all.length - 1], ['Home', 0], ['ArrowUp', 0]] as const) {
    await fireEvent.keyDown(focused()!, { key });
    expect(focused(), key).toBe(all[at]);
  }
  await fireEvent.keyDown(focused()!, { key: 'ArrowDown' });
  await waitFor(() => expect(links().filter((link) => link.tabIndex === 0)).toEqual([all[1]]));
});

test('F2 renames the chat that has the focus, and gives the focus back', async () => {
  await openApp(chat);
  links()[1]!.focus();
  await fireEvent.keyDown(focused()!, { key: 'F2' });
  const field = await screen.findByRole('textbox', { name: 'Chat title' });
  await waitFor(() => expect(focused()).toBe(field));
  const long = `A title ${'that is long '.repeat(30)}`.trim();
  await fireEvent.input(field, { target: { value: long } });
  await fireEvent.keyDown(field, { key: 'Enter' });
  await waitFor(() => expect(focused()).toBe(screen.getByRole('link', { name: long })));
  await waitFor(() => expect(status()).toBe('Chat renamed'));
});

test('Esc leaves a name as it was, and the focus where it was', async () => {
  await openApp(chat);
  links()[1]!.focus();
  const name = links()[1]!.textContent!;
  await fireEvent.keyDown(focused()!, { key: 'F2' });
  await fireEvent.keyDown(await screen.findByRole('textbox', { name: 'Chat title' }), { key: 'Escape' });
  await waitFor(() => expect(focused()).toBe(screen.getByRole('link', { name })));
});

test('Delete removes it, and the next one has the focus', async () => {
  const fake = await openApp(chat);
  const [first, second] = links();
  first!.focus();
  await fireEvent.keyDown(first!, { key: 'Delete' });
  expect(focused()).toBe(second);
  await waitFor(() => expect(commandsOf(fake)).toContain('organise_conversations'));
  await button('Undo');
  expect(focused()).toBe(second);
});

test.each([{ key: 'ContextMenu' }, { key: 'F10', shiftKey: true }])('%o opens the menu of a chat', async (keys) => {
  await openApp(chat);
  const link = links()[2]!;
  link.focus();
  await fireEvent.keyDown(link, keys);
  const menu = await screen.findByRole('menu', { name: `More for ${link.textContent}` });
  expect(within(menu).getAllByRole('menuitem').map((item) => item.querySelector('span')!.textContent)).toEqual(['Rename', 'Pin', 'Move to folder', 'Tags', 'Archive', 'Export…', 'Move to trash']);
  await fireEvent.keyDown(focused()!, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  expect(focused()).toBe(link);
});

test('the right button opens the menu of a message, but not over selected text or a link', async () => {
  await openApp(chat);
  await fireEvent.click(links()[0]!);
  const answer = (await screen.findAllByRole('article', { name: 'Assistant message' }))[0]!;
  await fireEvent.contextMenu(answer, { clientX: 30, clientY: 40 });
  const menu = await screen.findByRole('menu', { name: 'Message actions' });
  expect(within(menu).getAllByRole('menuitem').map((item) => item.querySelector('span')!.textContent)).toEqual(['Copy as markdown', 'Copy as rich text', 'Edit answer', 'Branch from here', 'Try again']);
  await fireEvent.click(within(menu).getByRole('menuitem', { name: 'Copy as markdown' }));
  await waitFor(() => expect(status()).toMatch(/^Copied/));
  const link = answer.appendChild(document.createElement('a'));
  link.dataset['link'] = 'https://example.com/';
  await fireEvent.contextMenu(link);
  expect(screen.queryByRole('menu')).toBeNull();
});

test('a menu stays inside of the window', () => {
  Object.assign(window, { innerWidth: 1000, innerHeight: 700 });
  const size = { width: 200, height: 120 };
  expect(placed(pointAt(990, 690), size)).toEqual({ top: 566, left: 796 });
  expect(placed(pointAt(0, 0), size)).toEqual({ top: 4, left: 4 });
  expect(placed({ top: 10, bottom: 38, left: 500, right: 528 }, size)).toEqual({ top: 42, left: 328 });
});

test('a new chat’s row is brought into view', async () => {
  await openApp(chat);
  const seen: Element[] = [];
  Element.prototype.scrollIntoView = function () {
    seen.push(this);
  };
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: 'A new beginning' } });
  await press('Send');
  await waitFor(() => expect(seen.some((element) => element.getAttribute('data-row') === String(conversations.current.id))).toBe(true));
  // What streams must not outlive its page.
  await waitFor(() => expect(screen.getByRole('article', { name: 'Assistant message' }).getAttribute('aria-busy')).toBe('false'));
});

test('what lies under an open drawer is out of reach, and a new chat begun from there has the focus', async () => {
  await openApp(chat);
  place.narrow = true;
  place.drawerOpen = true;
  const main = document.querySelector('main')!;
  await waitFor(() => expect(main.hasAttribute('inert')).toBe(true));
  await press('New chat');
  await waitFor(() => expect(main.hasAttribute('inert')).toBe(false));
  await waitFor(() => expect(focused()).toBe(screen.getByRole('textbox', { name: 'Message' })));
  place.narrow = false;
});
