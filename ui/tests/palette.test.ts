// The palette, the list of shortcuts and the settings: one table of acts, each with a name, found by letters, done by a press.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { shortcutOf } from '../src/app/shortcuts';
import { sends } from '../src/ui/enter';
import { SETTINGS } from '../src/features/settings/table';
import { SCENES } from '../src/ipc/fake-scenes';
import { conversations } from '../src/state/conversations.svelte';
import { place } from '../src/state/place.svelte';
import { preferences } from '../src/state/preferences.svelte';
import { search } from '../src/state/search.svelte';
import { ACTIONS, FREE, OF_ROWS } from '../src/ui/actions';
import { capsOf, chosen, CHANGEABLE } from '../src/ui/shortcuts.svelte';
import { best, fits } from '../src/ui/fuzzy';
import { words } from '../src/words';
import { commandsOf, heading, openApp, press, status } from './open-app';

const chat = SCENES['chat']!;
const keyDown = (key: string, code: string, more = {}) => fireEvent.keyDown(window, { key, code, ctrlKey: true, ...more });
// By its attributes: asking for roles in a page this full takes a second each time.
const combobox = () => document.querySelector<HTMLInputElement>('[role="combobox"][aria-label="Type a command"]');
const field = () => waitFor(() => combobox() ?? Promise.reject(new Error('no palette')));
const options = () => [...document.querySelectorAll<HTMLElement>('[role="listbox"][aria-label="Commands"] [role="option"]')];

beforeEach(() => {
  place.narrow = false;
  place.layer = null;
  place.settingsPage = 'appearance';
  search.text = '';
});

async function openPalette(text = '') {
  await keyDown('k', 'KeyK');
  await fireEvent.input(await field(), { target: { value: text } });
}

test('every act has a name of its own, and every key means one act', () => {
  const names = FREE.map((action) => words.actions[action]);
  expect(new Set(names).size).toBe(names.length);
  const keys = FREE.flatMap((action) => [...(ACTIONS[action].keys ?? []), ...(ACTIONS[action].signs ?? [])]);
  expect(new Set(keys).size).toBe(keys.length);
  for (const action of FREE) {
    const [first] = ACTIONS[action].keys ?? [];
    if (first === undefined) continue;
    const parts = first.split('+');
    const pressed = { key: 'x', code: parts.at(-1)!, ctrlKey: parts.includes('Mod'), metaKey: false, altKey: parts.includes('Alt'), shiftKey: parts.includes('Shift'), isComposing: false };
    expect(shortcutOf(pressed, false)).toBe(action);
    expect(capsOf(action, 'Ctrl').length).toBe(parts.length);
  }
});

test('the keys of the design are those of the table, and the key that locks is kept free for that', () => {
  const DESIGN: Readonly<Partial<Record<(typeof FREE)[number], string>>> = {
    newChat: 'Ctrl N', palette: 'Ctrl K', settings: 'Ctrl ,', find: 'Ctrl F', search: 'Ctrl ⇧ F', escape: 'Esc',
    previousVersion: 'Alt ←', nextVersion: 'Alt →', previousChat: 'Alt ↑', nextChat: 'Alt ↓', chooseModel: 'Ctrl ⇧ M', copyLastAnswer: 'Ctrl ⇧ C',
    sidebar: 'Ctrl B', nextRegion: 'F6', pinned1: 'Ctrl 1', pinned9: 'Ctrl 9', keyboard: 'Ctrl /', parameters: 'Ctrl .', prompts: 'Ctrl ⇧ P', branches: 'Ctrl ⇧ B',
    textLarger: 'Ctrl +', textSmaller: 'Ctrl −', textUsual: 'Ctrl 0', readAloud: 'Ctrl ⇧ S',
  };
  for (const action of FREE) if (DESIGN[action] !== undefined) expect(capsOf(action, 'Ctrl').join(' '), action).toBe(DESIGN[action]);
  expect(shortcutOf({ key: 'l', code: 'KeyL', ctrlKey: true, metaKey: false, altKey: false, shiftKey: true, isComposing: false }, false)).toBeNull();
  expect(OF_ROWS.map((action) => ACTIONS[action].row![0])).toEqual(expect.arrayContaining(['F2', 'e', 't', 'Delete']));
  const others = words.keyboard.others.map(([keys]) => keys);
  for (const keys of ['Enter', 'Shift Enter', 'Ctrl Enter', 'Up', 'Space', 'Shift Up, Shift Down', 'Shift F10', 'Up, Down', 'Left, Right', 'Alt Left, Alt Right', 'F2']) expect(others).toContain(keys);
});

test('a key that was chosen for one act is not that of another, which has it as it was made', () => {
  chosen.load({ themeInk: 'Mod+Shift+KeyS' });
  expect(shortcutOf({ key: 's', code: 'KeyS', ctrlKey: true, metaKey: false, altKey: false, shiftKey: true, isComposing: false }, false)).toBe('themeInk');
  expect(capsOf('readAloud', 'Ctrl')).toEqual([]);
  chosen.load({});
  expect(capsOf('readAloud', 'Ctrl')).toEqual(['Ctrl', '⇧', 'S']);
});

test('the palette lists every act that is more than a key, and every shortcut is in the list of them', async () => {
  await openApp(chat);
  await openPalette('>');
  const listed = FREE.filter((action) => !ACTIONS[action].keyOnly && action !== 'palette');
  await waitFor(() => expect(options().length).toBe(listed.length));
  for (const action of listed) expect(options().some((option) => option.querySelector('.strong')!.textContent === words.actions[action]), action).toBe(true);
  place.layer = null;
  await waitFor(() => expect(combobox()).toBeNull());
  await keyDown('/', 'Slash');
  const list = await screen.findByRole('list', { name: 'Shortcuts' });
  const shown = within(list).getAllByRole('listitem').map((item) => item.firstElementChild!.textContent);
  for (const action of FREE) if (capsOf(action, 'Ctrl').length > 0) expect(shown).toContain(words.actions[action]);
});

test('what is chosen by letters is done by Enter, and its keys stand beside it', async () => {
  await openApp(chat);
  await openPalette('usg');
  await waitFor(() => expect(options()[0]!.textContent).toContain('Usage'));
  await fireEvent.keyDown(await field(), { key: 'Enter' });
  await waitFor(() => expect(place.page).toBe('usage'));
  await openPalette('sidebar');
  await waitFor(() => expect(options()[0]!.textContent).toContain('CtrlB'));
});

test('chats and settings are found, and what nothing matches is searched', async () => {
  await openApp(chat);
  await openPalette('bike');
  await waitFor(() => expect(options()[0]!.textContent).toContain('Compare bike insurance'));
  await fireEvent.keyDown(await field(), { key: 'Enter' });
  await waitFor(() => expect(conversations.current.title).toBe('Compare bike insurance'));
  await waitFor(() => expect(place.layer).toBeNull());
  await openPalette('line leng');
  await waitFor(() => expect(options()[0]!.textContent).toContain('Line length'));
  await fireEvent.click(options()[0]!);
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Line length'));
  await openPalette('voice');
  await waitFor(() => expect(options().some((option) => option.textContent?.trim() === 'Voice Settings')).toBe(true));
  place.layer = null;
  await waitFor(() => expect(combobox()).toBeNull());
  await openPalette('xylophone');
  await screen.findByText('Nothing matches. Enter searches your chats.');
  await fireEvent.keyDown(await field(), { key: 'Enter' });
  await waitFor(() => expect(place.page).toBe('search'));
  expect(search.text).toBe('xylophone');
});

test('arrow keys go round', async () => {
  await openApp(chat);
  await openPalette('chat');
  const selected = () => options().findIndex((option) => option.getAttribute('aria-selected') === 'true');
  await fireEvent.keyDown(await field(), { key: 'ArrowUp' });
  await waitFor(() => expect(selected()).toBe(options().length - 1));
  await fireEvent.keyDown(await field(), { key: 'ArrowDown' });
  await waitFor(() => expect(selected()).toBe(0));
});

test('letters fit a name in their order, best where they begin words', () => {
  expect(fits('kp', 'Keys & providers')).not.toBeNull();
  expect(fits('pk', 'Keys & providers')).toBeNull();
  expect(fits('café', 'Cafe menu')).not.toBeNull();
  expect(best('sc', ['Miscellaneous', 'Show code', 'Scale'], (name) => name)[0]).toBe('Scale');
  expect(best('nc', ['Function call', 'New chat'], (name) => name)[0]).toBe('New chat');
});

test('each setting is on its page, is seen at once and is kept', async () => {
  const fake = await openApp(chat);
  await keyDown(',', 'Comma');
  await heading('Settings');
  await fireEvent.click(screen.getByRole('radio', { name: 'Ink' }));
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
  await waitFor(() => expect(status()).toBe('Saved'));
  expect(fake.calls.findLast((call) => call.command === 'save_preferences')?.args['preferences']).toMatchObject({ theme: 'ink' });
  await fireEvent.click(screen.getByRole('radio', { name: 'Like the system' }));
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBeUndefined());
  await fireEvent.click(screen.getByRole('switch', { name: 'Wrap long lines of code' }));
  await waitFor(() => expect(document.documentElement.dataset['wrap']).toBe('true'));
  for (const { page, key } of SETTINGS) {
    place.settings(page);
    await waitFor(() => expect(document.querySelector(`[data-setting="${key}"]`), key).not.toBeNull());
  }
  place.settings('appearance');
  await press('Larger text');
  await waitFor(() => expect(preferences.textSize).toBe(110));
});

test('what can’t be kept is shown as it was', async () => {
  const fake = await openApp(chat);
  fake.commands['save_preferences'] = () => {
    throw { code: 'diskFull', message: '', retryAfterMs: null, detail: null, provider: null };
  };
  place.settings('appearance');
  await fireEvent.click(await screen.findByRole('radio', { name: 'Paper' }));
  await waitFor(() => expect(commandsOf(fake)).toContain('save_preferences'));
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBeUndefined());
});

test('Enter sends, or Ctrl and Enter does', () => {
  const enter = { key: 'Enter', isComposing: false, keyCode: 13, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };
  expect(sends(enter, 'enter')).toBe(true);
  expect(sends(enter, 'controlEnter')).toBe(false);
  expect(sends({ ...enter, ctrlKey: true }, 'controlEnter')).toBe(true);
});

test('keys can be changed: a clash is said, menus and tooltips follow, and there is a way back', async () => {
  const fake = await openApp(chat);
  place.settings('shortcuts');
  await press('Change the keys of New chat');
  const recorder = () => document.querySelector<HTMLElement>('[data-recorder]')!;
  await waitFor(() => expect(document.activeElement).toBe(recorder()));
  // What types, or edits what is typed, is refused.
  await fireEvent.keyDown(recorder(), { key: 'x', code: 'KeyX' });
  await screen.findByText('That key types. Choose one with Ctrl or Alt, or a function key.');
  await fireEvent.keyDown(recorder(), { key: 'c', code: 'KeyC', ctrlKey: true });
  await screen.findByText('That key edits what is typed. Choose another.');
  await fireEvent.keyDown(recorder(), { key: 'k', code: 'KeyK', ctrlKey: true });
  await screen.findByText('Ctrl K is the key of Command palette.');
  expect(place.layer).toBeNull();
  await press('Use it here');
  const kept = () => fake.calls.findLast((call) => call.command === 'save_preferences')?.args['preferences'];
  await waitFor(() => expect(kept()).toMatchObject({ shortcuts: { newChat: 'Mod+KeyK', palette: '' } }));
  expect(capsOf('newChat', 'Ctrl')).toEqual(['Ctrl', 'K']);
  const button = screen.getByRole('button', { name: 'New chat' });
  await waitFor(() => expect(button.getAttribute('aria-keyshortcuts')).toBe('Control+K'));
  expect(button.textContent).toContain('CtrlK');
  const press_ = { key: 'n', code: 'KeyN', ctrlKey: true, metaKey: false, altKey: false, shiftKey: false, isComposing: false };
  expect(shortcutOf(press_, false)).toBeNull();
  await press('Reset all');
  await waitFor(() => expect(kept()).toMatchObject({ shortcuts: {} }));
  expect(shortcutOf(press_, false)).toBe('newChat');
});

test('keys that were kept and are none any more are as they were made', () => {
  chosen.load({ newChat: 'Mod+Alt+KeyJ', palette: 'rm -rf', escape: 'Mod+KeyE', nobody: 'Mod+KeyQ' });
  expect(capsOf('newChat', 'Ctrl')).toEqual(['Ctrl', 'Alt', 'J']);
  expect(capsOf('palette', 'Ctrl')).toEqual(['Ctrl', 'K']);
  expect(Object.keys(chosen.own)).toEqual(['newChat']);
  chosen.load({});
  expect(CHANGEABLE).not.toContain('escape');
});
