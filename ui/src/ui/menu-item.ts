import type { Action } from './actions';
import type { IconName } from './icons';

/** One of some values that a list lets one choose from. */
export interface ChoiceItem {
  label: string;
  icon: IconName;
  disabled?: boolean;
  run: () => void;
}

/** An act of the table, made by `menuItem` of the catalogue. */
export interface MenuItem extends ChoiceItem {
  action: Action;
  danger?: boolean;
  /** The keys that do the same without the menu. */
  keys?: readonly string[];
}
