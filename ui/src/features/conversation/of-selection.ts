// What can be done with a part of a message that is selected.
import { menuItem, words } from '../../app/messages';
import { commands } from '../../ipc/commands';
import { attempt } from '../../state/attempt';
import { notices } from '../../state/notices.svelte';
import type { MenuItem } from '../../ui/menu-item';
import { quoted } from '../../ui/quote';
import { typeBelow } from '../../ui/type-in';

export const ofSelection = (text: string): readonly MenuItem[] => [
  menuItem('quote', () => typeBelow(quoted(text))),
  menuItem('copySelection', () => void attempt(() => commands.copy_text(text).then(() => notices.say(words.status.copied)))),
];
