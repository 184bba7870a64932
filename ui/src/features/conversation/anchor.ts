// What the reader looks at stays where it is, whatever changes above it. WebKit has no scroll anchoring of its own.
import { indexBelow } from './window';

/** From the whole to the part: the smallest thing at the upper edge of the view is held. */
const PARTS = ['article', '.block, .bubble, .reason-toggle', '.lines'];

/** Elements that follow each other downwards. */
type Column = { readonly length: number; readonly [at: number]: Element };

export class Anchor {
  #held: Element | null = null;
  #top = 0;

  /** Holds what of `box`, which reaches over the upper edge of the view, is at that edge. */
  take(box: Element, edge: number): void {
    let held = box;
    for (const part of PARTS) held = firstBelow(held.querySelectorAll(part), edge) ?? held;
    this.#held = held;
    this.#top = held.getBoundingClientRect().top - edge;
  }

  letGo(): void {
    this.#held = null;
  }

  /** How far what is held has moved: the scroller has to follow. null when nothing is held any more. */
  drift(edge: number): number | null {
    if (!this.#held?.isConnected) return null;
    return this.#held.getBoundingClientRect().top - edge - this.#top;
  }
}

/** The first whose end is below `edge`. */
export function firstBelow(column: Column, edge: number): Element | null {
  return column[indexBelow(column.length, (at) => column[at]!.getBoundingClientRect().bottom, edge)] ?? null;
}
