import type { IconName } from './icons';

/** One action of a menu. */
export interface MenuItem {
  label: string;
  icon: IconName;
  danger?: boolean;
  disabled?: boolean;
  /** The keys that do the same without the menu. */
  keys?: readonly string[];
  run: () => void;
}
