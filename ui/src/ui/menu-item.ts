// The entries of menus: an act of the table, by the name that menus have for it.
import { words } from '../words';
import { ACTIONS, type Action, type Free } from './actions';
import type { IconName } from './icons';
import { capsOf, rowCapsOf } from './shortcuts.svelte';

/** One of some values that a list lets one choose from. */
export interface ChoiceItem {
  label: string;
  icon: IconName;
  disabled?: boolean;
  run: () => void;
}

/** An act of the table, made by `menuItem`. */
export interface MenuItem extends ChoiceItem {
  action: Action;
  danger?: boolean;
  /** The keys that do the same without the menu. */
  keys?: readonly string[];
}

interface More {
  /** Where what it does depends on what it is done to, such as pin and unpin. */
  label?: string;
  disabled?: boolean;
  /** It belongs to a row of a list: that has keys of its own, and those that work everywhere mean something else. */
  inList?: boolean;
  /** The act that does the same to this one from anywhere, where it is not itself; null for none. */
  same?: Free | null;
}

const mod = /mac/i.test(navigator.platform) ? words.keyboard.command : words.keyboard.control;
const isFree = (action: Action): action is Free => ACTIONS[action].of === undefined;

const NAMES: Readonly<Record<Action, string>> = { ...words.actions, ...words.menu };

export function menuItem(action: Action, run: () => void, { label, disabled = false, inList = false, same = isFree(action) ? action : null }: More = {}): MenuItem {
  const { icon, danger = false } = ACTIONS[action];
  const keys = inList ? rowCapsOf(action) : same ? capsOf(same, mod) : [];
  return { action, label: label ?? NAMES[action], icon, danger, disabled, run, ...(keys.length > 0 ? { keys } : {}) };
}
