// Asking for the keychain again, from wherever the button stands.
import { words } from '../words';
import { attempt } from './attempt';
import { boot } from './boot.svelte';
import { notices } from './notices.svelte';

class Unlock {
  /** The desktop may be asking for its password. */
  busy = $state(false);

  /** True if the keychain answered. */
  async ask(): Promise<boolean> {
    this.busy = true;
    try {
      const asked = await attempt(() => boot.unlockHistory());
      if (asked) notices.say(boot.history.state === 'kept' ? words.status.historyKept : words.chat.banner.sessionTitle);
      return asked;
    } finally {
      this.busy = false;
    }
  }
}

export const unlock = new Unlock();
