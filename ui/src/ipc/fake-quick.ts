// The small window's commands, played.
import type * as t from './bindings/types';

type Args = Record<string, unknown>;

interface Stage {
  /** Who would answer; null is nobody. */
  model: () => string | null;
  locked: boolean;
  preferences: () => t.Preferences;
  /** What is selected, and what was copied: an error where it is not given. */
  texts: Record<t.TextSource, () => string>;
  /** Asks in a new chat; gives the number of the answer at once. */
  ask: (text: string, model: string, updates: unknown) => Promise<void>;
  stop: () => void;
}

export const quickCommands = (stage: Stage): Record<string, (args: Args) => unknown> => ({
  begin_quick: (): t.QuickView => {
    const model = stage.model();
    const standing: t.QuickStanding = model !== null ? { state: 'ready', model } : { state: stage.locked ? 'locked' : 'noKey' };
    return { standing, preferences: stage.preferences(), keychainName: 'the keychain' };
  },
  ask_quick: (a) => stage.ask(a['text'] as string, stage.model() ?? '', a['updates']),
  stop_quick: () => stage.stop(),
  copy_quick: () => 0,
  take_text: (a) => stage.texts[a['source'] as t.TextSource](),
  hide_quick: () => undefined,
  leave_quick: () => undefined,
  settle_quick: () => undefined,
});
