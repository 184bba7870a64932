// What is to happen later, as long as there is a page for it to happen on. A timer that outlives its page finds no address,
// no document and nobody to tell.

const waiting = new Set<Later>();

/** One act, which waits at most once. */
export class Later {
  readonly #act: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(act: () => void) {
    this.#act = act;
  }

  /** After this time; what waits already goes on waiting. */
  in(ms: number): void {
    if (this.#timer === undefined) this.anew(ms);
  }

  /** After this time from now, however long it has waited. */
  anew(ms: number): void {
    this.stop();
    waiting.add(this);
    this.#timer = setTimeout(() => {
      this.stop();
      this.#act();
    }, ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    waiting.delete(this);
  }
}

/** The page goes: nothing happens any more that was to happen on it. */
export function stopAll(): void {
  for (const later of [...waiting]) later.stop();
}
