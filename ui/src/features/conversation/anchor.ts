// What the reader looks at stays where it is, whatever changes above it. WebKit has no scroll anchoring of its own.

/** From the whole to the part: the smallest thing at the upper edge of the view is held. */
const PARTS = ['article', '.block, .bubble, .reason-toggle', '.lines'];

export class Anchor {
  #held: Element | null = null;
  #top = 0;
  /** Of a place that isn’t filled yet: how much of its height lies above the edge. */
  #share: number | null = null;

  /** Holds what is at the upper edge of `scroller` now. `chunks` are the parts of the conversation. */
  take(scroller: Element, chunks: HTMLCollection): void {
    const edge = scroller.getBoundingClientRect().top;
    let held = firstBelow(chunks, edge);
    this.#share = null;
    if (held && held.childElementCount === 0) this.#share = shareAbove(held.getBoundingClientRect(), edge);
    for (const part of PARTS) held = (held && firstBelow(held.querySelectorAll(part), edge)) ?? held;
    this.#held = held;
    this.#top = (held?.getBoundingClientRect().top ?? 0) - edge;
  }

  letGo(): void {
    this.#held = null;
  }

  /** How far what is held has moved; the scroller has to follow. */
  drift(scroller: Element): number {
    if (!this.#held?.isConnected) return 0;
    const now = this.#held.getBoundingClientRect();
    const top = now.top - scroller.getBoundingClientRect().top;
    if (this.#share === null) return top - this.#top;
    return top + this.#share * now.height;
  }
}

const shareAbove = (place: DOMRect, edge: number) => (place.height > 0 ? Math.min(1, Math.max(0, (edge - place.top) / place.height)) : 0);

/** The first of `elements`, which follow each other downwards, whose end is below `edge`. */
export function firstBelow(elements: { readonly length: number; readonly [at: number]: Element }, edge: number): Element | null {
  return elements[indexBelow(elements.length, (at) => elements[at]!.getBoundingClientRect().bottom, edge)] ?? null;
}

/** Where the first of `count` ends is that is below `edge`; `count` when there is none. */
export function indexBelow(count: number, endOf: (at: number) => number, edge: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOf(middle) > edge + 1) high = middle;
    else low = middle + 1;
  }
  return low;
}
