// What goes on while no window is looked at, played.
import type * as t from './bindings/types';

export const AT_REST: t.Background = { hotkey: 'off', keys: 'Mod+Shift+Space', tray: 'off', startsWithSession: false, startsHidden: false, command: '/usr/bin/latchkey ask' };

export interface Desktop {
  /** What comes of keys and of an icon that are wished. */
  hotkey: t.HotkeyStanding;
  tray: t.TrayStanding;
}

export function backgroundCommands(desktop: Desktop): Record<string, (args: Record<string, unknown>) => unknown> {
  let now = AT_REST;
  return {
    get_background: () => now,
    change_background: (a) => {
      const change = a['change'] as t.BackgroundChange;
      if (change.what === 'hotkey') now = { ...now, hotkey: change.on ? desktop.hotkey : 'off', keys: change.keys ?? now.keys };
      else if (change.what === 'tray') now = { ...now, tray: change.on ? desktop.tray : 'off' };
      else now = { ...now, startsWithSession: change.on, startsHidden: change.hidden };
      return now;
    },
  };
}
