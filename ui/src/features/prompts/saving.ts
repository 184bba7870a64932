// Saves soon after the last change, or at once; one save after the other.

const SOON_MS = 500;

export class Saving {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> = Promise.resolve();
  readonly #save: () => Promise<void>;

  constructor(save: () => Promise<void>) {
    this.#save = save;
  }

  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), SOON_MS);
  }

  now(): void {
    clearTimeout(this.#timer);
    this.#running = this.#running.then(this.#save);
  }
}
