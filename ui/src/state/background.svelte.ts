// What goes on while no window is looked at: what is wished, and what the desktop gives.
import type { Background, BackgroundChange } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';

class InBackground {
  now: Background | null = $state.raw(null);

  /** The desktop may have changed its mind since. */
  async load(): Promise<void> {
    this.now = await commands.get_background();
  }

  async change(change: BackgroundChange): Promise<void> {
    this.now = await commands.change_background(change);
  }

  /** Whether a hidden window could be opened again. */
  get hasWayBack(): boolean {
    return this.now?.tray === 'shown' || this.now?.hotkey === 'works';
  }
}

export const background = new InBackground();
