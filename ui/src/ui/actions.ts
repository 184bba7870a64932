// Every act of the app, once: what it looks like, which keys do it as it was made, and whether the palette lists it. Palette,
// menus, shortcuts and the list of shortcuts are made of this table. Its name is in the catalogue; what it does is in
// App.svelte, or beside what it is done to.
import type { IconName } from './icons';

export const PINS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
type Pinned = `pinned${(typeof PINS)[number]}`;

interface Facts {
  icon: IconName;
  /** By physical key where a layout or Shift changes the letter. */
  keys?: readonly string[];
  /** By the sign: where it is differs from keyboard to keyboard, and so does whether it takes Shift. */
  signs?: readonly string[];
  /** Only a key makes sense of it. */
  keyOnly?: true;
  /** It goes on in a native window. */
  native?: true;
  /** By this name a slash in the composer finds it. */
  slash?: string;
  /** What it is done to. Only a menu has that at hand: the palette does not list it, and no key does it. */
  of?: 'answer' | 'application' | 'column' | 'folder' | 'key' | 'message' | 'preset' | 'prompt' | 'selection' | 'tag';
  /** The keys of what has the focus, such as a row of a list, by what they type. */
  row?: readonly string[];
  /** It takes something away. */
  danger?: true;
}

const FACTS = {
  newChat: { icon: 'plus', keys: ['Mod+KeyN'] },
  palette: { icon: 'terminal', keys: ['Mod+KeyK'] },
  search: { icon: 'search', keys: ['Mod+Shift+KeyF'] },
  find: { icon: 'search', keys: ['Mod+KeyF'], slash: 'find' },
  nextMatch: { icon: 'chev-r', keys: ['F3', 'Mod+KeyG'], keyOnly: true },
  previousMatch: { icon: 'chev-l', keys: ['Shift+F3', 'Mod+Shift+KeyG'], keyOnly: true },
  settings: { icon: 'sliders', signs: [','] },
  keyboard: { icon: 'keyboard', signs: ['/'] },
  keys: { icon: 'key' },
  addKey: { icon: 'keyhole', native: true },
  applications: { icon: 'terminal' },
  addApplication: { icon: 'plus', native: true },
  lendKeys: { icon: 'app' },
  teamFile: { icon: 'file', native: true },
  practise: { icon: 'flask' },
  unlockKeychain: { icon: 'lock', native: true },
  leaks: { icon: 'search' },
  leakFolders: { icon: 'folder', native: true },
  leakReport: { icon: 'download', native: true },
  usage: { icon: 'coin', slash: 'usage' },
  exportUsage: { icon: 'download', native: true },
  prompts: { icon: 'slash', keys: ['Mod+Shift+KeyP'] },
  presets: { icon: 'bulb' },
  savePrompt: { icon: 'pencil', slash: 'new' },
  insertPrompt: { icon: 'slash' },
  newPrompt: { icon: 'plus' },
  importPrompts: { icon: 'upload', native: true },
  exportPrompts: { icon: 'download', native: true },
  newPreset: { icon: 'plus' },
  archivePage: { icon: 'archive' },
  trashPage: { icon: 'trash' },
  emptyTrash: { icon: 'trash', native: true, danger: true },
  exportAllMarkdown: { icon: 'download', native: true },
  exportAllJson: { icon: 'download', native: true },
  dataFolder: { icon: 'folder', native: true },
  deleteAllChats: { icon: 'trash', native: true, danger: true },
  newFolder: { icon: 'folder' },
  filterChats: { icon: 'filter', keys: ['Mod+Alt+KeyF'] },
  showAllChats: { icon: 'x' },
  renameChat: { icon: 'pencil', row: ['F2'] },
  pinChat: { icon: 'pin' },
  moveChat: { icon: 'folder' },
  tagChat: { icon: 'tag', row: ['t'] },
  archiveChat: { icon: 'archive', row: ['e'] },
  exportChat: { icon: 'download', native: true },
  trashChat: { icon: 'trash', row: ['Delete'], danger: true },
  clearSelection: { icon: 'x' },
  compare: { icon: 'columns', slash: 'compare' },
  hideNames: { icon: 'chip' },
  branches: { icon: 'branch', keys: ['Mod+Shift+KeyB'] },
  systemPrompt: { icon: 'file', slash: 'system' },
  sidebar: { icon: 'sidebar', keys: ['Mod+KeyB'] },
  chooseModel: { icon: 'chip', keys: ['Mod+Shift+KeyM'], slash: 'model' },
  effort: { icon: 'bulb' },
  webSearch: { icon: 'globe' },
  newRoute: { icon: 'route' },
  parameters: { icon: 'sliders', keys: ['Mod+Period'], slash: 'parameters' },
  attachFiles: { icon: 'clip', native: true },
  quote: { icon: 'quote', signs: ['>'] },
  copyLastAnswer: { icon: 'copy', keys: ['Mod+Shift+KeyC'] },
  stopAnswer: { icon: 'stop' },
  dictate: { icon: 'mic', keys: ['Mod+Shift+KeyD'] },
  pauseDictation: { icon: 'mic' },
  cancelDictation: { icon: 'x' },
  readAloud: { icon: 'sound', keys: ['Mod+Shift+KeyS'] },
  previousChat: { icon: 'up', keys: ['Alt+ArrowUp'] },
  nextChat: { icon: 'down', keys: ['Alt+ArrowDown'] },
  previousVersion: { icon: 'chev-l', keys: ['Alt+ArrowLeft'] },
  nextVersion: { icon: 'chev-r', keys: ['Alt+ArrowRight'] },
  // Not with arrows: those with Alt and Shift move windows between workspaces on some desktops.
  nextMessage: { icon: 'down', keys: ['Alt+PageDown'] },
  previousMessage: { icon: 'up', keys: ['Alt+PageUp'] },
  latest: { icon: 'down' },
  pageUp: { icon: 'up', keys: ['PageUp'], keyOnly: true },
  pageDown: { icon: 'down', keys: ['PageDown'], keyOnly: true },
  nextRegion: { icon: 'wrap', keys: ['F6'], keyOnly: true },
  textLarger: { icon: 'plus', signs: ['+', '='] },
  textSmaller: { icon: 'x', signs: ['-', '_'] },
  textUsual: { icon: 'again', signs: ['0'] },
  themeSystem: { icon: 'palette' },
  themePaper: { icon: 'palette' },
  themeInk: { icon: 'palette' },
  escape: { icon: 'x', keys: ['Escape'], keyOnly: true },
  editMessage: { icon: 'pencil' },
  copyMessage: { icon: 'copy', of: 'message' },
  branchHere: { icon: 'branch' },
  copyMarkdown: { icon: 'copy', of: 'answer' },
  copyRich: { icon: 'file' },
  editAnswer: { icon: 'pencil' },
  tryAgain: { icon: 'again' },
  continueAnswer: { icon: 'wrap' },
  copySelection: { icon: 'copy', of: 'selection' },
  newChatHere: { icon: 'plus', of: 'folder' },
  newFolderInside: { icon: 'folder', of: 'folder' },
  moveFolder: { icon: 'folder', of: 'folder' },
  filterFolder: { icon: 'filter', of: 'folder' },
  editFolder: { icon: 'pencil', row: ['F2'], of: 'folder' },
  leaveFolder: { icon: 'x', row: ['Delete', 'Backspace'], of: 'folder' },
  removeFolder: { icon: 'trash', of: 'folder', danger: true },
  searchTag: { icon: 'search', of: 'tag' },
  untagChat: { icon: 'x', row: ['Delete', 'Backspace'], of: 'tag' },
  filterTag: { icon: 'filter', of: 'tag' },
  askAgain: { icon: 'again', of: 'column' },
  removeColumn: { icon: 'x', of: 'column' },
  duplicatePrompt: { icon: 'copy', of: 'prompt' },
  removePrompt: { icon: 'trash', of: 'prompt', danger: true },
  savePreset: { icon: 'plus', of: 'preset' },
  updatePreset: { icon: 'check', of: 'preset' },
  renamePreset: { icon: 'pencil', of: 'preset' },
  defaultPreset: { icon: 'star', of: 'preset' },
  duplicatePreset: { icon: 'copy', of: 'preset' },
  removePreset: { icon: 'trash', of: 'preset', danger: true },
  changeApplication: { icon: 'pencil', of: 'application' },
  newChatWithKey: { icon: 'plus', of: 'key' },
  checkKey: { icon: 'again', of: 'key' },
  renameKey: { icon: 'pencil', of: 'key' },
  replaceKey: { icon: 'key', of: 'key' },
  keyLeaked: { icon: 'alert', of: 'key' },
  openKeyPage: { icon: 'out', of: 'key' },
} as const satisfies Record<string, Facts>;

export type Action = keyof typeof FACTS | Pinned;
/** Those that need something to be done to. */
export type Bound = { [A in keyof typeof FACTS]: (typeof FACTS)[A] extends { of: string } ? A : never }[keyof typeof FACTS];
/** Those that can be done from anywhere. */
export type Free = Exclude<Action, Bound>;
/** Those that a key does to the row of a list that has the focus. */
export type RowAction = { [A in keyof typeof FACTS]: (typeof FACTS)[A] extends { row: readonly string[] } ? A : never }[keyof typeof FACTS];

const pins = Object.fromEntries(PINS.map((n): [Pinned, Facts] => [`pinned${n}`, { icon: 'pin', keys: [`Mod+Digit${n}`], keyOnly: true }])) as Record<Pinned, Facts>;

export const ACTIONS: Readonly<Record<Action, Facts>> = { ...FACTS, ...pins };

export const ALL = Object.keys(ACTIONS) as readonly Action[];
export const OF_ROWS = ALL.filter((action): action is RowAction => ACTIONS[action].row !== undefined);
export const FREE = ALL.filter((action): action is Free => ACTIONS[action].of === undefined);
