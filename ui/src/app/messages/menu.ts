// Makes the entries of menus: an act of the table, by the name that menus have for it.
import { ACTIONS, type Action } from '../../ui/actions';
import type { MenuItem } from '../../ui/menu-item';
import { rowCapsOf } from '../../ui/shortcuts.svelte';
import { actions, menu } from './actions';

interface More {
  /** Where what it does depends on what it is done to, such as pin and unpin. */
  label?: string;
  disabled?: boolean;
  /** It belongs to a row of a list, where keys do it as well. */
  inList?: boolean;
}

const NAMES: Readonly<Record<Action, string>> = { ...actions, ...menu };

export function menuItem(action: Action, run: () => void, { label, disabled = false, inList = false }: More = {}): MenuItem {
  const { icon, danger = false } = ACTIONS[action];
  const keys = inList ? rowCapsOf(action) : [];
  return { action, label: label ?? NAMES[action], icon, danger, disabled, run, ...(keys.length > 0 ? { keys } : {}) };
}
