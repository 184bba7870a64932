import type { IconName } from '../../ui/icons';

/** One thing that the palette finds. */
export interface Entry {
  key: string;
  group: 'actions' | 'chats' | 'models' | 'settings';
  name: string;
  /** What else it is found by. */
  words?: string;
  /** Beside the name, such as where a chat is. */
  note?: string;
  icon: IconName;
  caps?: readonly string[];
  native?: boolean;
  run: () => void;
}
