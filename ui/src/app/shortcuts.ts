// Which keys mean what, wherever the focus is. What they do is in App.svelte. Those of a text field are in undo.ts.

export const PINS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
type Pinned = `pinned${(typeof PINS)[number]}`;

export type Shortcut =
  | Pinned
  | 'newChat'
  | 'sidebar'
  | 'chooseModel'
  | 'parameters'
  | 'copyLastAnswer'
  | 'previousChat'
  | 'nextChat'
  | 'previousVersion'
  | 'nextVersion'
  | 'nextRegion'
  | 'find'
  | 'search'
  | 'nextMatch'
  | 'previousMatch'
  | 'nextMessage'
  | 'previousMessage'
  | 'pageUp'
  | 'pageDown'
  | 'textLarger'
  | 'textSmaller'
  | 'textUsual'
  | 'escape';

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>;

/** By physical key where a layout or Shift changes the letter. */
const TABLE: Readonly<Record<string, Shortcut>> = {
  ...Object.fromEntries(PINS.map((n) => [`Mod+Digit${n}`, `pinned${n}` as const])),
  'Mod+KeyN': 'newChat',
  'Mod+KeyB': 'sidebar',
  'Mod+Shift+KeyM': 'chooseModel',
  'Mod+Period': 'parameters',
  'Mod+Shift+KeyC': 'copyLastAnswer',
  'Alt+ArrowUp': 'previousChat',
  'Alt+ArrowDown': 'nextChat',
  'Alt+ArrowLeft': 'previousVersion',
  'Alt+ArrowRight': 'nextVersion',
  'Mod+KeyF': 'find',
  'Mod+Shift+KeyF': 'search',
  F3: 'nextMatch',
  'Shift+F3': 'previousMatch',
  'Mod+KeyG': 'nextMatch',
  'Mod+Shift+KeyG': 'previousMatch',
  // Not with arrows: those with Alt and Shift move windows between workspaces on some desktops.
  'Alt+PageUp': 'previousMessage',
  'Alt+PageDown': 'nextMessage',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
  F6: 'nextRegion',
  Escape: 'escape',
};

/** By the sign: where it is differs from keyboard to keyboard, and so does whether it takes Shift. */
const SIGNS: Readonly<Record<string, Shortcut>> = { '+': 'textLarger', '=': 'textLarger', '-': 'textSmaller', _: 'textSmaller', '0': 'textUsual' };

export function shortcutOf(press: Press, mac: boolean): Shortcut | null {
  if (press.isComposing) return null;
  const mod = mac ? press.metaKey : press.ctrlKey;
  if (mac ? press.ctrlKey : press.metaKey) return null;
  const name = `${mod ? 'Mod+' : ''}${press.altKey ? 'Alt+' : ''}${press.shiftKey ? 'Shift+' : ''}${press.code || press.key}`;
  return TABLE[name] ?? (mod && !press.altKey ? SIGNS[press.key] : undefined) ?? null;
}
