// How the page looks and behaves: at once on the page, and kept natively.
import type { Boot, Preferences as Wishes } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';

export const AS_MADE: Wishes = { theme: 'system', density: 'comfortable', font: 'system', lineLength: 'comfortable', sendWith: 'enter', wrapCode: false, reduceMotion: false, hideFacts: false, ignoreSpelling: false, shortcuts: {}, notifyAnswers: false, notifyWithText: false, keepTrash: 'month' };

export class Preferences {
  now: Wishes = $state.raw(AS_MADE);
  textSize = $state(100);

  load(boot: Boot): void {
    this.textSize = boot.textSize;
    this.show(boot.preferences);
  }

  /** Shows it at once; what can’t be kept is as it was. */
  async set(change: Partial<Wishes>): Promise<void> {
    const before = this.now;
    this.show({ ...before, ...change });
    try {
      await commands.save_preferences(this.now);
    } catch (reason) {
      this.show(before);
      throw reason;
    }
  }

  /** The style sheets read it from the root. */
  show(wishes: Wishes): void {
    this.now = wishes;
    const root = document.documentElement.dataset;
    const theme = { system: undefined, paper: 'light', ink: 'dark' }[wishes.theme];
    if (theme === undefined) delete root['theme'];
    else root['theme'] = theme;
    root['density'] = wishes.density;
    root['font'] = wishes.font;
    root['lines'] = wishes.lineLength;
    root['wrap'] = String(wishes.wrapCode);
    root['motion'] = wishes.reduceMotion ? 'none' : 'system';
    root['facts'] = wishes.hideFacts ? 'hidden' : 'shown';
  }
}

export const preferences = new Preferences();
