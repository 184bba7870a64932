// Which keys mean which act, wherever the focus is. Those of a text field are in undo.ts.
import type { Free } from '../ui/actions';
import { actionOf, nameOf } from '../ui/shortcuts.svelte';

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>;

export function shortcutOf(press: Press, mac: boolean): Free | null {
  if (press.isComposing) return null;
  const name = nameOf(press, mac);
  if (name === null) return null;
  // A sign may stand on the key of a digit.
  return actionOf(name, name.startsWith('Mod+') && !press.altKey ? press.key : null);
}
