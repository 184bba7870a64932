// One table of acts: every entry of every menu is one of them, or a value to choose from.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { SCENES } from '../src/ipc/fake-scenes';
import { conversations } from '../src/state/conversations.svelte';
import { organised } from '../src/state/organised.svelte';
import { place } from '../src/state/place.svelte';
import { ACTIONS, ALL, FREE, OF_ROWS } from '../src/ui/actions';
import { chosen } from '../src/ui/shortcuts.svelte';
import { words } from '../src/words';
import { button, openApp, press } from './open-app';

const chat = SCENES['chat']!;
const FIRST = 'Retry with jitter in Rust';

beforeEach(() => {
  place.narrow = false;
  place.layer = null;
});

/** The acts of the menu that is open, which is closed then. */
async function acts(): Promise<(string | undefined)[]> {
  const items = within(await screen.findByRole('menu')).getAllByRole<HTMLElement>('menuitem');
  const found = items.map((item) => item.dataset['action']);
  await fireEvent.keyDown(items[0]!, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  return found;
}

const menuOf = (element: Element) => fireEvent.keyDown(element, { key: 'F10', shiftKey: true });
const link = () => within(screen.getByRole('list', { name: 'Conversations' })).getByRole('link', { name: FIRST });

test('the menus of a chat, of several and of a folder', async () => {
  await openApp(chat);
  await menuOf(link());
  expect(await acts()).toEqual(['renameChat', 'pinChat', 'moveChat', 'tagChat', 'archiveChat', 'exportChat', 'trashChat']);
  await fireEvent.click(link());
  await waitFor(() => expect(conversations.current.title).toBe(FIRST));
  await press('More chat actions');
  expect(await acts()).toEqual(['renameChat', 'pinChat', 'moveChat', 'tagChat', 'archiveChat', 'exportChat', 'systemPrompt', 'branches', 'trashChat']);
  await fireEvent.keyDown(link(), { key: ' ' });
  await press('More for selected chats');
  expect(await acts()).toEqual(['pinChat', 'moveChat', 'tagChat', 'archiveChat', 'exportChat', 'trashChat']);
  await organised.saveFolder({ id: null, parent: null, name: 'Thesis', mark: '', systemPrompt: '', connectionId: null, model: null, route: null });
  await menuOf(await button('Thesis'));
  expect(await acts()).toEqual(['newChatHere', 'newFolderInside', 'moveFolder', 'filterFolder', 'editFolder', 'removeFolder']);
});

test('the menus of messages', async () => {
  await openApp(chat);
  await fireEvent.click(link());
  await menuOf((await screen.findAllByRole('article', { name: 'Your message' }))[0]!);
  expect(await acts()).toEqual(['editMessage', 'copyMessage', 'branchHere']);
  const [answer] = await screen.findAllByRole('article', { name: 'Assistant message' });
  await menuOf(answer!);
  expect(await acts()).toEqual(['copyMarkdown', 'copyRich', 'editAnswer', 'branchHere', 'tryAgain']);
  await fireEvent.click(within(answer!).getByRole('button', { name: 'More actions' }));
  expect(await acts()).toEqual(['copyMarkdown', 'copyRich', 'editAnswer']);
});

test.each([
  ['prompts', () => place.prompts(), 'More for this prompt', ['duplicatePrompt', 'removePrompt'], SCENES['prompts']!],
  ['applications', () => place.applications(), 'More for Aider', ['changeApplication'], SCENES['applications']!],
  ['keys', () => place.keys(), 'More for Personal', ['newChatWithKey', 'checkKey', 'renameKey', 'replaceKey', 'keyLeaked'], chat],
] as const)('the menu of %s', async (_name, go, label, expected, scene) => {
  await openApp(scene);
  go();
  await fireEvent.click((await screen.findAllByRole('button', { name: label }))[0]!);
  expect((await acts()).slice(0, expected.length)).toEqual([...expected]);
});

test('the keys of an act stand beside it, and follow when they are changed', async () => {
  await openApp(chat);
  const capsIn = async (name: string) => [...(await screen.findByRole('menuitem', { name: new RegExp(`^${name}`) })).querySelectorAll('kbd')].map((cap) => cap.textContent);
  await menuOf(link());
  expect(await capsIn('Rename')).toEqual(['F2']);
  expect(await capsIn('Archive')).toEqual(['E']);
  expect(await capsIn('Move to trash')).toEqual(['Del']);
  expect(await capsIn('Pin')).toEqual([]);
  await acts();
  await fireEvent.click(link());
  await waitFor(() => expect(conversations.current.title).toBe(FIRST));
  await press('More chat actions');
  expect(await capsIn('Branches of this chat')).toEqual(['Ctrl', '⇧', 'B']);
  await acts();
  chosen.load({ pinChat: 'Mod+Alt+KeyP', tryAgain: 'Mod+Alt+KeyR' });
  await menuOf((await screen.findAllByRole('article', { name: 'Assistant message' })).at(-1)!);
  expect(await capsIn('Copy as markdown')).toEqual(['Ctrl', '⇧', 'C']);
  expect(await capsIn('Try again')).toEqual(['Ctrl', 'Alt', 'R']);
  await acts();
  // What works everywhere means the chat that is open, not the row that has the menu.
  await menuOf(link());
  expect(await capsIn('Pin')).toEqual([]);
  chosen.load({});
});

test('that more is asked for is seen, and is no part of a name', async () => {
  await openApp(chat);
  await menuOf(link());
  expect((await screen.findByRole('menuitem', { name: 'Export' })).textContent).toContain('Export…');
  await acts();
  await fireEvent.click(link());
  await press('Export chat');
  await screen.findByRole('menuitem', { name: 'As Markdown, what is shown' });
});

test('the list of shortcuts has the keys of the list of chats, too', async () => {
  await openApp(chat);
  place.layer = 'keyboard';
  const list = await screen.findByRole('list', { name: 'Shortcuts' });
  for (const action of OF_ROWS) expect(list.textContent).toContain(words.keyboard.rows[action]);
});

test('from the palette, acts on messages mean the one that has the focus, or the last', async () => {
  const fake = await openApp(chat);
  await fireEvent.click(link());
  const answers = await screen.findAllByRole('article', { name: 'Assistant message' });
  const choose = async (name: string) => {
    await fireEvent.keyDown(window, { key: 'k', code: 'KeyK', ctrlKey: true });
    const field = await waitFor(() => document.querySelector<HTMLInputElement>('[role="combobox"][aria-label="Type a command"]') ?? Promise.reject(new Error('no palette')));
    await fireEvent.input(field, { target: { value: name } });
    await waitFor(() => expect(document.querySelector('[role="option"] .strong')?.textContent).toBe(name));
    await fireEvent.keyDown(field, { key: 'Enter' });
  };
  const copied = () => fake.calls.filter((call) => call.command === 'copy_rich_text').map((call) => call.args['messageId']);
  const idOf = (article: Element) => Number((article as HTMLElement).dataset['message']);
  await choose('Copy answer as rich text');
  await waitFor(() => expect(copied()).toEqual([idOf(answers.at(-1)!)]));
  answers[0]!.focus();
  await choose('Copy answer as rich text');
  await waitFor(() => expect(copied().at(-1)).toBe(idOf(answers[0]!)));
  await choose('Edit message');
  await screen.findByRole('textbox', { name: 'Edit text' });
});

test('no menu has an act that is not in the table', () => {
  const src = resolve(import.meta.dirname, '../src');
  const walk = (folder: string): string[] => readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? walk(join(folder, name)) : [join(folder, name)]));
  // The compiler lets `Menu` and `ContextMenu` have acts only. These let a value be chosen.
  const CHOICES = ['features/applications/ApplicationForm.svelte', 'features/applications/Pick.svelte', 'features/composer/Composer.svelte', 'features/search/Filters.svelte', 'features/search/SearchPage.svelte', 'features/sidebar/Asked.svelte', 'features/sidebar/filters.ts'];
  for (const path of walk(src)) {
    const name = relative(src, path);
    if (!/^(features|app)\/.*\.(svelte|ts)$/.test(name) || CHOICES.includes(name)) continue;
    const text = readFileSync(path, 'utf8');
    expect(text, name).not.toMatch(/ChoiceItem|<PressMenu/);
    if (text.includes('<PopMenu')) expect(text, name).not.toMatch(/\{ label:[^}]*\brun:/);
  }
});

test('what needs something to be done to has no key of its own, and each act of the table is in a menu or free', () => {
  const bound = ALL.filter((action) => !FREE.some((free) => free === action));
  for (const action of bound) {
    const { keys, signs, slash } = ACTIONS[action];
    expect([keys, signs, slash], action).toEqual([undefined, undefined, undefined]);
  }
  const src = resolve(import.meta.dirname, '../src/features');
  const text = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(svelte|ts)$/.test(name)).map((name) => readFileSync(join(src, name), 'utf8')).join('\n');
  for (const action of bound) expect(text.includes(`menuItem('${action}'`), action).toBe(true);
});
