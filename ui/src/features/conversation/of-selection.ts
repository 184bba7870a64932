// What can be done with a part of a message that is selected.
import { commands } from '../../ipc/commands';
import { attempt } from '../../state/attempt';
import { notices } from '../../state/notices.svelte';
import { menuItem, type MenuItem } from '../../ui/menu-item';
import { quoted } from '../../ui/quote';
import { typeBelow } from '../../ui/type-in';
import { words } from '../../words';

export const ofSelection = (text: string): readonly MenuItem[] => [
  menuItem('quote', () => typeBelow(quoted(text))),
  menuItem('copySelection', () => void attempt(() => commands.copy_text(text).then(() => notices.say(words.status.copied)))),
];
