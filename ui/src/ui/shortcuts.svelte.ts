// Which keys do what: as the table of acts has it, or as the person has chosen. Whoever shows or hears keys asks here.
import { ACTIONS, FREE, type Action, type Free } from './actions';

/** Acts that have the same keys everywhere. */
const FIXED: readonly Free[] = ['escape', 'pageUp', 'pageDown'];
export const CHANGEABLE = FREE.filter((action) => !FIXED.includes(action));

/** By act: a key by its place, as `Mod+Shift+KeyP`; empty for none. */
type Own = Readonly<Partial<Record<Free, string>>>;

class Chosen {
  own: Own = $state.raw({});
  /** What was chosen for one act is not another's any more, also where a later version would have given it to that one. */
  readonly taken: ReadonlySet<string> = $derived(new Set(Object.values(this.own)));

  /** What is not understood is as it was made. */
  load(kept: Readonly<Record<string, string | undefined>>): void {
    this.own = Object.fromEntries(CHANGEABLE.flatMap((action) => (kept[action] === undefined || (kept[action] !== '' && !isKey(kept[action])) ? [] : [[action, kept[action]]])));
  }
}

export const chosen = new Chosen();

const isKey = (keys: string): boolean => /^(Mod\+)?(Alt\+)?(Shift\+)?\w+$/.test(keys);

export function keysOf(action: Free): readonly string[] {
  const own = chosen.own[action];
  return own === undefined ? (ACTIONS[action].keys ?? []).filter((keys) => !chosen.taken.has(keys)) : own === '' ? [] : [own];
}

export const signsOf = (action: Free): readonly string[] => (chosen.own[action] === undefined ? (ACTIONS[action].signs ?? []) : []);

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The name of a press; null where it belongs to the desktop. */
export function nameOf(press: Press, mac: boolean): string | null {
  if (mac ? press.ctrlKey : press.metaKey) return null;
  const mod = mac ? press.metaKey : press.ctrlKey;
  return `${mod ? 'Mod+' : ''}${press.altKey ? 'Alt+' : ''}${press.shiftKey ? 'Shift+' : ''}${press.code || press.key}`;
}

/** What this key does now, if anything. */
export function actionOf(keys: string, sign: string | null): Free | null {
  const bySign = sign === null ? undefined : FREE.find((action) => signsOf(action).includes(sign));
  return bySign ?? FREE.find((action) => keysOf(action).includes(keys)) ?? null;
}

const TEXT_KEYS = ['Mod+KeyA', 'Mod+KeyC', 'Mod+KeyV', 'Mod+KeyX', 'Mod+KeyY', 'Mod+KeyZ', 'Mod+Shift+KeyV', 'Mod+Shift+KeyZ', 'Mod+Enter'];
const MODIFIERS = /^(Control|Shift|Alt|Meta|OS|AltGraph|CapsLock)/;

/** Why a key can’t do an act: it is only half of one, it types, or it edits what is typed. */
export function unfit(press: Press, mac: boolean): 'unfinished' | 'plain' | 'text' | null {
  if (MODIFIERS.test(press.key)) return 'unfinished';
  const name = nameOf(press, mac);
  if (name === null) return 'plain';
  if (TEXT_KEYS.includes(name)) return 'text';
  return /^(Mod|Alt)\+/.test(name) || /^(Shift\+)?F\d+$/.test(name) ? null : 'plain';
}

/** The same for keys that every program would lose: two are held, or it is a function key. */
export function unfitEverywhere(press: Press, mac: boolean): ReturnType<typeof unfit> {
  const why = unfit(press, mac);
  if (why !== null) return why;
  const held = [press.ctrlKey || press.metaKey, press.altKey, press.shiftKey].filter(Boolean).length;
  return held >= 2 || /^F\d+$/.test(press.code) || (press.altKey && press.code === 'Space') ? null : 'plain';
}

const CAPS: Readonly<Record<string, string>> = {
  Alt: 'Alt', Shift: '⇧', Period: '.', Comma: ',', Slash: '/', Semicolon: ';', Quote: '’', BracketLeft: '[', BracketRight: ']', Backslash: '\\', Minus: '−', Equal: '=', Backquote: '`',
  ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', PageUp: 'PgUp', PageDown: 'PgDn', Delete: 'Del',
};

const bare = (part: string): string => part.replace(/^(Key|Digit|Numpad)/, '');

export const capsOfKeys = (keys: string, mod: string): readonly string[] => keys.split('+').map((part) => (part === 'Mod' ? mod : (CAPS[part] ?? bare(part))));

/** The caps of an act's first keys, as they are shown beside it. */
export function capsOf(action: Free, mod: string): readonly string[] {
  const [sign] = signsOf(action);
  if (sign !== undefined) return [mod, sign === '-' ? '−' : sign];
  const [first] = keysOf(action);
  return first === undefined ? [] : capsOfKeys(first, mod);
}

/** The cap of the first key that does an act to what has the focus. */
export const rowCapsOf = (action: Action): readonly string[] => (ACTIONS[action].row ?? []).slice(0, 1).map((key) => CAPS[key] ?? key.toUpperCase());

/** Which of some acts a key does to the row that has the focus. */
export const rowActionOf = <A extends Action>(acts: readonly A[], key: string): A | undefined => acts.find((action) => ACTIONS[action].row?.includes(key.length === 1 ? key.toLowerCase() : key));

const SPOKEN: Readonly<Record<string, string>> = { Mod: 'Control', Period: '.', Comma: ',', Slash: '/' };

/** The same for `aria-keyshortcuts`. */
export function spoken(action: Free): string | undefined {
  const [sign] = signsOf(action);
  if (sign !== undefined) return `Control+${sign}`;
  const [first] = keysOf(action);
  return first?.split('+').map((part) => SPOKEN[part] ?? bare(part)).join('+');
}
