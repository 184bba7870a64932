// Saves soon after the last change, or at once; one save after the other.
import { Later } from '../../state/later';

const SOON_MS = 500;

export class Saving {
  readonly #later = new Later(() => this.now());
  #running: Promise<void> = Promise.resolve();
  readonly #save: () => Promise<void>;

  constructor(save: () => Promise<void>) {
    this.#save = save;
  }

  soon(): void {
    this.#later.anew(SOON_MS);
  }

  now(): void {
    this.#later.stop();
    this.#running = this.#running.then(this.#save);
  }
}
