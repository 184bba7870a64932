// Which keys mean which act, wherever the focus is: read from the table of acts. Those of a text field are in undo.ts.
import { ACTIONS, ALL, type Action } from '../ui/actions';

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>;

const TABLE: ReadonlyMap<string, Action> = new Map(ALL.flatMap((action) => (ACTIONS[action].keys ?? []).map((keys): [string, Action] => [keys, action])));

const SIGNS: ReadonlyMap<string, Action> = new Map(ALL.flatMap((action) => (ACTIONS[action].signs ?? []).map((sign): [string, Action] => [sign, action])));

export function shortcutOf(press: Press, mac: boolean): Action | null {
  if (press.isComposing) return null;
  const mod = mac ? press.metaKey : press.ctrlKey;
  if (mac ? press.ctrlKey : press.metaKey) return null;
  const name = `${mod ? 'Mod+' : ''}${press.altKey ? 'Alt+' : ''}${press.shiftKey ? 'Shift+' : ''}${press.code || press.key}`;
  // A sign may stand on the key of a digit.
  return (mod && !press.altKey ? SIGNS.get(press.key) : undefined) ?? TABLE.get(name) ?? null;
}
