// Does the page follow the growing answer? Pure rules; Thread.svelte feeds them with what happens.

/** Within this distance of the end, the reader is at the end. */
export const NEAR = 48;

const AWAY_KEYS = new Set(['PageUp', 'Home', 'ArrowUp']);

export class Follow {
  on = true;
  #top = 0;

  /** Any turn of the wheel away from the end lets go at once, however small. */
  wheel(deltaY: number): void {
    if (deltaY < 0) this.on = false;
  }

  key(key: string): void {
    if (AWAY_KEYS.has(key)) this.on = false;
  }

  /** Touch, a selection, a fold, find: the reader has taken hold of the page. */
  letGo(): void {
    this.on = false;
  }

  jump(): void {
    this.on = true;
  }

  /** After every scroll, by whomever. Moving away lets go; arriving near the end by moving towards it takes hold. */
  scrolled(top: number, distanceToEnd: number): void {
    const towardsEnd = top >= this.#top;
    if (distanceToEnd <= 1 || (towardsEnd && top > this.#top && distanceToEnd <= NEAR)) this.on = true;
    else if (!towardsEnd && distanceToEnd > NEAR) this.on = false;
    this.#top = top;
  }
}
