// So much of an answer as a frame can lay out: what a fast answer brings at once is put on the page over several frames.
import type { Patch } from '../ipc/bindings/types';

/**
 * Letters of HTML for a frame: some 150 lines of code, laid out in about 30 ms without a graphics card. Smaller slices would
 * make an answer late, because each frame has its own price, however little is new in it.
 */
export const A_FRAME = 24_000;

/** The last letters of a finished line of code. */
const LINE_END = '\n</span>';

/** Patches in their order, each as soon as there is time for it. The first of a frame is never late. */
export class Slices {
  readonly #waiting: Patch[] = [];
  readonly #apply: (patch: Patch) => void;
  #spent = 0;
  #frame = 0;

  constructor(apply: (patch: Patch) => void) {
    this.#apply = apply;
  }

  take(patch: Patch): void {
    // What would be replaced before anybody saw it need not be shown.
    for (let last = this.#waiting.at(-1); last && !patch.grow && patch.keep <= last.keep; last = this.#waiting.at(-1)) this.#waiting.pop();
    this.#waiting.push(patch);
    this.#work();
    this.#ask();
  }

  #work(): void {
    while (this.#spent < A_FRAME) {
      const patch = this.#waiting.shift();
      if (!patch) return;
      const [now, later] = cut(patch, A_FRAME - this.#spent);
      if (later) this.#waiting.unshift(later);
      this.#spent += weight(now);
      this.#apply(now);
    }
  }

  #next(): void {
    this.#frame = 0;
    this.#spent = 0;
    if (this.#waiting.length === 0) return;
    this.#work();
    this.#ask();
  }

  #ask(): void {
    this.#frame ||= requestAnimationFrame(() => this.#next());
  }
}

const weight = ({ grow, blocks }: Patch): number => (grow ? grow.done.length + grow.line.length : 0) + blocks.reduce((sum, html) => sum + html.length, 0);

/** What of a patch fits, at least one line or one block, and what is left of it. */
export function cut(patch: Patch, room: number): [Patch, Patch | null] {
  if (weight(patch) <= room) return [patch, null];
  const { keep, grow, blocks } = patch;
  if (grow && grow.done.length > room) {
    const end = grow.done.indexOf(LINE_END, Math.max(0, room - LINE_END.length));
    const at = end < 0 ? grow.done.length : end + LINE_END.length;
    if (at < grow.done.length) {
      const later = { done: grow.done.slice(at), line: grow.line };
      return [{ keep, grow: { done: grow.done.slice(0, at), line: '' }, blocks: [] }, { keep, grow: later, blocks }];
    }
  }
  const grown = grow ? 1 : 0;
  let left = room - (grow ? grow.done.length + grow.line.length : 0);
  let count = 0;
  while (count < blocks.length && (count + grown === 0 || blocks[count]!.length <= left)) left -= blocks[count++]!.length;
  if (count === blocks.length) return [patch, null];
  return [
    { keep, grow, blocks: blocks.slice(0, count) },
    { keep: keep + grown + count, grow: null, blocks: blocks.slice(count) },
  ];
}
