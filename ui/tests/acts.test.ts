// No act is missing from the one table: each command of the native side, each page, each layer and each wish is reached by one,
// or it is said here why none is meant.
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { commands } from '../src/ipc/commands';
import { SCENES } from '../src/ipc/fake-scenes';
import { comparing } from '../src/state/comparing.svelte';
import { conversations } from '../src/state/conversations.svelte';
import { organised } from '../src/state/organised.svelte';
import { place, type Layer, type Page, type Wish } from '../src/state/place.svelte';
import { prompts } from '../src/state/prompts.svelte';
import { voice } from '../src/state/voice.svelte';
import { ACTIONS, ALL, type Action } from '../src/ui/actions';
import { words } from '../src/words';
import { commandsOf, openApp } from './open-app';

/** Why there is no act: it only asks what is; it keeps something by itself; it is one of the settings, which the palette lists; it is
 * a step of adding or changing a key; it is the small window’s; it needs one of several things to be done to, where it stands. */
type Reason = 'asks' | 'keeps' | 'setting' | 'step' | 'small window' | 'where it stands';
type By = Action | Reason;

const COMMANDS: Readonly<Record<keyof typeof commands, By>> = {
  boot: 'asks', watch_news: 'asks', stop_job: 'where it stands', get_leak_check: 'asks', choose_leak_folders: 'leakFolders', drop_leak_folder: 'where it stands', begin_leak_check: 'leaks',
  ignore_leak: 'where it stands', show_ignored_leaks: 'where it stands', ignore_leak_in_git: 'where it stands', keep_leaked_key: 'where it stands', save_leak_report: 'leakReport',
  open_conversation: 'nextChat', list_conversations: 'asks', outline_conversation: 'asks', load_messages: 'asks', find_in_conversation: 'find', search_messages: 'search', open_at_message: 'search',
  rename_conversation: 'renameChat', organise_conversations: 'pinChat', list_shelf: 'asks', save_folder: 'newFolder', remove_folder: 'removeFolder', attach_to_folder: 'where it stands', detach_from_folder: 'where it stands',
  empty_trash: 'emptyTrash', get_data: 'asks', show_data_folder: 'dataFolder', export_chats: 'exportAllMarkdown', delete_all_chats: 'deleteAllChats', set_guard: 'setting', set_system_prompt: 'systemPrompt',
  set_parameters: 'parameters', estimate_answer: 'asks', save_draft: 'keeps', save_queue: 'keeps', attach_files: 'attachFiles', attach_pasted: 'where it stands', attach_bytes: 'where it stands', attached_text: 'where it stands',
  write_down_attachment: 'where it stands', save_attachment: 'where it stands', detach_file: 'where it stands', choose_model: 'chooseModel', choose_version: 'nextVersion', list_branches: 'branches', remove_branch: 'where it stands',
  branch_conversation: 'branchHere', answer_text: 'asks', edit_answer: 'editAnswer', get_titles: 'asks', choose_titler: 'setting', send_message: 'continueAnswer', edit_message: 'editMessage', find_secrets: 'asks', put_back: 'asks',
  try_again: 'tryAgain', watch_answer: 'asks', stop_turn: 'stopAnswer', find_local_servers: 'step', connect_local: 'step', connect_address: 'step', hand_over_key: 'step', keep_pending: 'step', drop_pending: 'step',
  check_connection: 'checkKey', rename_connection: 'renameKey', remove_connection: 'where it stands', get_spending: 'asks', set_limits: 'where it stands', accept_excess: 'where it stands', compare_spending: 'where it stands',
  take_alarms: 'asks', set_upkeep: 'where it stands', check_next_key: 'step', switch_key: 'step', check_old_key: 'step', forget_old_key: 'step', remove_leaked_key: 'keyLeaked', list_connections: 'asks', get_team: 'asks',
  choose_team_file: 'teamFile', set_up_team_connection: 'where it stands', leave_team: 'where it stands', list_key_standings: 'asks', list_key_uses: 'asks', save_key_report: 'where it stands', get_usage: 'asks', export_usage: 'exportUsage',
  get_lending: 'asks', set_lending: 'lendKeys', add_application: 'addApplication', change_application: 'changeApplication', revoke_application: 'where it stands', copy_token: 'where it stands', pull_model: 'where it stands',
  list_models: 'asks', describe_model: 'asks', save_preset: 'newPreset', delete_preset: 'removePreset', choose_preset: 'where it stands', set_default_preset: 'defaultPreset', list_prompts: 'asks', save_prompt: 'newPrompt',
  delete_prompt: 'removePrompt', import_prompts: 'importPrompts', export_prompts: 'exportPrompts', take_clipboard: 'where it stands', star_model: 'where it stands', set_price: 'where it stands', send_parameter_again: 'where it stands',
  list_routes: 'asks', save_route: 'newRoute', remove_route: 'where it stands', choose_route: 'chooseModel', start_practice: 'practise', keep_whereabouts: 'keeps', keep_unfinished: 'keeps', change_text_size: 'textLarger',
  save_preferences: 'themeInk', unlock_history: 'unlockKeychain', begin_anew: 'where it stands', show_formatted: 'asks', open_link: 'where it stands', open_provider_page: 'openKeyPage', load_picture: 'where it stands',
  copy_key_page: 'step', copy_rich_text: 'copyRich', copy_message: 'copyLastAnswer', get_voice: 'asks', choose_voice: 'setting', begin_dictation: 'dictate', pause_dictation: 'pauseDictation', cancel_dictation: 'cancelDictation',
  finish_dictation: 'dictate', read_aloud: 'readAloud', stop_reading: 'readAloud', copy_text: 'where it stands', get_background: 'asks', change_background: 'setting', begin_quick: 'small window', ask_quick: 'small window',
  stop_quick: 'small window', copy_quick: 'small window', take_text: 'small window', hide_quick: 'small window', leave_quick: 'small window', settle_quick: 'small window',
};
const PAGES: Readonly<Record<Page, By>> = {
  chat: 'newChat', keys: 'keys', applications: 'applications', leaks: 'leaks', usage: 'usage', rotation: 'where it stands', leaked: 'where it stands', search: 'search', settings: 'settings', shelf: 'archivePage', branches: 'branches',
  compare: 'compare', prompts: 'prompts', presets: 'presets', wizard: 'addKey',
};
const LAYERS: Readonly<Record<NonNullable<Layer>, Action>> = { models: 'chooseModel', parameters: 'parameters', effort: 'effort', newRoute: 'newRoute', systemPrompt: 'systemPrompt', renameTitle: 'renameChat', palette: 'palette', keyboard: 'keyboard' };
const WISHES: Readonly<Record<Wish, true>> = {
  attachFiles: true, insertPrompt: true, hideNames: true, newPrompt: true, importPrompts: true, exportPrompts: true, newPreset: true, addApplication: true, lendKeys: true, teamFile: true, leakFolders: true, leakReport: true, exportUsage: true, deleteAllChats: true,
};

beforeEach(() => {
  place.narrow = false;
  place.layer = null;
});

test('what native code can do, what can be shown and what can be wished is in the table of acts, or it is said why not', () => {
  const REASONS: readonly string[] = ['asks', 'keeps', 'setting', 'step', 'small window', 'where it stands'] satisfies Reason[];
  expect(Object.keys(COMMANDS).sort()).toEqual(Object.keys(commands).sort());
  for (const by of [...Object.values(COMMANDS), ...Object.values(PAGES), ...Object.values(LAYERS), ...Object.keys(WISHES)]) expect([...REASONS, ...ALL], by).toContain(by);
});

const field = () => waitFor(() => document.querySelector<HTMLInputElement>('[role="combobox"][aria-label="Type a command"]') ?? Promise.reject(new Error('no palette')));

/** By its name, in the palette. */
async function choose(action: keyof typeof words.actions) {
  const name = words.actions[action];
  await fireEvent.keyDown(window, { key: 'k', code: 'KeyK', ctrlKey: true });
  await fireEvent.input(await field(), { target: { value: `>${name}` } });
  await waitFor(() => expect(document.querySelector('[aria-label="Commands"] [role="option"] .strong')?.textContent).toBe(name));
  await fireEvent.keyDown(await field(), { key: 'Enter' });
  await waitFor(() => expect(place.layer).not.toBe('palette'));
}

const acts: readonly (readonly [keyof typeof words.actions, keyof typeof commands])[] = [
  ['attachFiles', 'attach_files'], ['exportAllMarkdown', 'export_chats'], ['exportAllJson', 'export_chats'], ['importPrompts', 'import_prompts'], ['exportPrompts', 'export_prompts'], ['newPrompt', 'save_prompt'],
  ['newPreset', 'save_preset'], ['exportUsage', 'export_usage'], ['leakFolders', 'choose_leak_folders'], ['teamFile', 'choose_team_file'], ['lendKeys', 'set_lending'], ['dataFolder', 'show_data_folder'],
  ['deleteAllChats', 'delete_all_chats'], ['practise', 'start_practice'],
];
test.each(acts)('%s is done from the palette, from whatever page', async (action, command) => {
  prompts.forget();
  const fake = await openApp({ ...SCENES['usage'], ...SCENES['prompts']!, conversations: 4 });
  place.keys();
  await choose(action);
  await waitFor(() => expect(commandsOf(fake)).toContain(command));
});

test('the trash is emptied, unless there is nothing in it', async () => {
  const fake = await openApp({ ...SCENES['chat']!, conversations: 4 });
  await choose('emptyTrash');
  await screen.findByText('The trash is empty.', { selector: '.toast *' });
  expect(commandsOf(fake)).not.toContain('empty_trash');
  await organised.change([1], { type: 'trash' });
  await choose('emptyTrash');
  await waitFor(() => expect(commandsOf(fake)).toContain('empty_trash'));
});

test('where there is no prompt, none is exported', async () => {
  prompts.forget();
  const fake = await openApp({ ...SCENES['chat']!, conversations: 4 });
  await choose('exportPrompts');
  await screen.findByText('No prompt yet.', { selector: '.toast *' });
  expect(commandsOf(fake)).not.toContain('export_prompts');
});

test('a slash is typed where messages are, effort and web search are those of the model that answers', async () => {
  await openApp({ ...SCENES['chat']!, conversations: 4 });
  place.usage();
  await choose('insertPrompt');
  await screen.findByRole('listbox', { name: 'Prompts' });
  expect(conversations.current.draft).toBe('/');
  await choose('effort');
  await screen.findByRole('menu', { name: 'Reasoning effort' });
  await fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
  expect(place.layer).toBeNull();
  await choose('webSearch');
  await waitFor(() => expect(conversations.current.parameters.search).toBe(true));
  await choose('webSearch');
  await waitFor(() => expect(conversations.current.parameters.search).toBe(false));
});

test('a route is begun, an application is added where keys are lent, and otherwise it is said what comes first', async () => {
  await openApp({ ...SCENES['chat']!, conversations: 4 });
  await choose('newRoute');
  await fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(place.layer).toBeNull());
  await choose('addApplication');
  await screen.findByText('Switch on first that keys are lent', { selector: '.toast *' });
  await choose('lendKeys');
  await choose('addApplication');
  await screen.findByRole('form', { name: 'Add application' });
});

test('side by side, the key for models adds one, and names are hidden and shown', async () => {
  await openApp({ ...SCENES['chat']!, conversations: 4 });
  place.compare();
  await screen.findByRole('switch', { name: 'Hide model names' });
  const was = comparing.now!.hidden;
  await choose('hideNames');
  await waitFor(() => expect(comparing.now!.hidden).toBe(!was));
  await choose('chooseModel');
  await waitFor(() => expect(place.layer).toBe('models'));
  expect(place.page).toBe('compare');
});

test('a take is paused and cancelled, and what there is none of is said', async () => {
  const fake = await openApp({ ...SCENES['chat']!, conversations: 4 });
  await choose('continueAnswer');
  await screen.findByText('The last answer wasn’t cut', { selector: '.toast *' });
  voice.phase = 'recording';
  await choose('pauseDictation');
  await waitFor(() => expect(commandsOf(fake)).toContain('pause_dictation'));
  await choose('cancelDictation');
  await waitFor(() => expect(voice.phase).toBe('off'));
});

test('a wish that was not fulfilled goes with the page', () => {
  place.prompts();
  place.wish = 'newPrompt';
  place.usage();
  expect(place.takes('newPrompt')).toBe(false);
});

test('what takes much away is done natively, where it is asked once more', () => {
  for (const action of ['emptyTrash', 'deleteAllChats'] as const) expect(ACTIONS[action]).toMatchObject({ native: true, danger: true });
});
