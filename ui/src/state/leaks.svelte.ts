// The leak check: what is chosen, how far it is, what was found. It goes on natively whatever page is open.
import type { LeakCheck } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { news } from './news.svelte';

/** What the boxes of the page say. */
export interface LeakWish {
  git: boolean;
  shells: boolean;
  programs: boolean;
}

class Leaks {
  check: LeakCheck | null = $state.raw(null);
  wish: LeakWish = $state({ git: true, shells: true, programs: true });
  /** The folders were chosen anew since the last check. */
  choosing = $state(false);
  #asking = false;
  #old = false;

  get places(): number {
    return this.check?.keys.reduce((sum, key) => sum + key.places.length, 0) ?? 0;
  }

  async load(): Promise<void> {
    this.check = await commands.get_leak_check();
  }

  /** Again, unless it is being asked for: then once more afterwards. */
  async renew(): Promise<void> {
    this.#old = true;
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#old) {
        this.#old = false;
        await this.load();
      }
    } finally {
      this.#asking = false;
    }
  }

  async choose(): Promise<void> {
    this.check = await commands.choose_leak_folders();
    this.choosing = true;
  }

  async drop(place: number): Promise<void> {
    this.check = await commands.drop_leak_folder(place);
  }

  async begin(goOn: boolean): Promise<void> {
    this.check = await commands.begin_leak_check({ ...this.wish, goOn });
    this.choosing = false;
  }

  stop(): Promise<void> {
    return commands.stop_job('leakCheck');
  }

  async ignore(number: number): Promise<void> {
    this.check = await commands.ignore_leak(number);
  }

  async showIgnored(): Promise<void> {
    this.check = await commands.show_ignored_leaks();
  }

  async ignoreInGit(number: number): Promise<void> {
    this.check = await commands.ignore_leak_in_git(number);
  }
}

export const leaks = new Leaks();

/** What was seen of it is old when there is more to see, or when it has ended. */
news.onJob('leakCheck', () => void leaks.renew().catch(() => undefined));
