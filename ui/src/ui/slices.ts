// So much of an answer as a frame can lay out: what a fast answer brings at once is put on the page over several frames.
import type { Patch } from '../ipc/bindings/types';
import { isCode, LINE_END } from './code-lines';

/** A patch, or the first part of one: what it would cut off stands until the others have come. */
export type Piece = Patch & { readonly more?: true };

/** Letters of HTML that the first frame may have. It also pays for what is new on the page. */
export const AT_FIRST = 2_000;
/** What those after it may have at least: with less an answer would be late, because each frame has its own price. */
export const AT_LEAST = 4_000;
const MOST = 96_000;
/**
 * Milliseconds of a frame with something new, in which the page also scrolls to it. Below the first there is time for much more,
 * below the second for some; above the third people see that it is late.
 */
const SHORT = 24;
const ROOMY = 36;
const LATE = 46;
/** Where a frame takes long whatever is new in it, little at a time helps nobody: what is new may take half as long again. */
const DEAR = 1.5;

/** Without a frame for twice as long nobody looks at the window: what waits is put on the page all the same. */
const UNSEEN_MS = 500;

/**
 * How many letters the next frame may have, when a frame with `spent` of `room` letters took so many milliseconds, and the cheapest
 * so far took `cheapest`.
 */
export function nextRoom(room: number, spent: number, ms: number, cheapest: number): number {
  const slow = Math.max(1, (DEAR * cheapest) / LATE);
  const change = ms < SHORT * slow ? 2 : ms < ROOMY * slow ? 1.25 : ms > LATE * slow ? Math.max(0.5, (ROOMY * slow) / ms) : 1;
  // A frame that had little to do says nothing about how much more it could have done.
  if (change > 1 && spent < room / 2) return Math.max(AT_LEAST, room);
  return Math.min(MOST, Math.max(AT_LEAST, Math.round(room * change)));
}

/** Patches in their order, each as soon as there is time for it. */
export class Slices {
  readonly #waiting: Patch[] = [];
  readonly #apply: (piece: Piece) => void;
  #room = AT_FIRST;
  #spent = 0;
  /** What the cheapest frame with something new took. One of long ago says little, so it grows a little with every frame. */
  #cheapest = Infinity;
  #frame = 0;
  #unseen: ReturnType<typeof setTimeout> | undefined;
  #whenDone: (() => void)[] = [];
  /** When the frame before this one began; 0 when nothing was to be done then. */
  #before = 0;

  constructor(apply: (piece: Piece) => void) {
    this.#apply = apply;
  }

  take(patch: Patch): void {
    // What would be replaced before anybody saw it need not be shown.
    for (let last = this.#waiting.at(-1); last && !patch.grow && patch.keep <= last.keep; last = this.#waiting.at(-1)) this.#waiting.pop();
    this.#waiting.push(patch);
    // Between two frames that follow each other it would come no sooner, and nobody could say which of them it belongs to.
    if (this.#before === 0) this.#work();
    this.#ask();
  }

  /** Runs when all that was taken so far is on the page, and its last frame over: the end of an answer has its own work. */
  whenDone(run: () => void): void {
    this.#whenDone.push(run);
    if (this.#frame === 0) this.#tell();
    else this.#doubt();
  }

  /** What waits comes in its time; nobody has to wait for it any more. */
  hurry(): void {
    this.#tell();
  }

  #tell(): void {
    for (const run of this.#whenDone.splice(0)) run();
  }

  #work(): void {
    while (this.#spent < this.#room) {
      const patch = this.#waiting.shift();
      if (!patch) break;
      const [now, later] = cut(patch, this.#room - this.#spent);
      if (later) this.#waiting.unshift(later);
      this.#spent += weight(now);
      this.#apply(now);
    }
  }

  #next(now: number): void {
    const measured = this.#before > 0;
    if (measured && this.#spent > 0) this.#learn(now - this.#before);
    this.#frame = 0;
    clearTimeout(this.#unseen);
    this.#unseen = undefined;
    const idle = this.#spent === 0 && this.#waiting.length === 0;
    this.#before = idle ? 0 : now;
    if (idle) return this.#tell();
    // What came after a rest is painted by the frame that begins now, and counts for it.
    if (measured) this.#spent = 0;
    this.#work();
    this.#ask();
  }

  #learn(ms: number): void {
    this.#cheapest = Math.min(ms, this.#cheapest * 1.05);
    this.#room = nextRoom(this.#room, this.#spent, ms, this.#cheapest);
  }

  #ask(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#next(now));
    this.#doubt();
  }

  /** In two steps: between them a page that was only busy gets its frame. */
  #doubt(): void {
    this.#unseen ??= setTimeout(() => (this.#unseen = setTimeout(() => this.#all(), UNSEEN_MS)), UNSEEN_MS);
  }

  /** The frame that was asked for may come much later. Until then, whatever is new raises the doubt again. */
  #all(): void {
    this.#unseen = undefined;
    for (const patch of this.#waiting.splice(0)) this.#apply(patch);
    this.#tell();
  }
}

const weight = ({ grow, blocks }: Patch): number => (grow ? grow.done.length + grow.line.length : 0) + blocks.reduce((sum, html) => sum + html.length, 0);

/**
 * What of a patch fits, at least one line or one block, and what is left of it. An item or a piece of a quote is never cut: code
 * in it has lines as well, and half of an item is closed by the engine.
 */
export function cut(patch: Patch, room: number): [Piece, Patch | null] {
  if (weight(patch) <= room) return [patch, null];
  const { keep, grow, blocks } = patch;
  if (grow && grow.done.length > room && isCode(grow.done)) {
    const end = grow.done.indexOf(LINE_END, Math.max(0, room - LINE_END.length));
    const at = end < 0 ? grow.done.length : end + LINE_END.length;
    if (at < grow.done.length) {
      const later = { done: grow.done.slice(at), line: grow.line };
      return [{ keep, grow: { done: grow.done.slice(0, at), line: '' }, blocks: [], more: true }, { keep, grow: later, blocks }];
    }
  }
  const grown = grow ? 1 : 0;
  let left = room - (grow ? grow.done.length + grow.line.length : 0);
  let count = 0;
  while (count < blocks.length && (count + grown === 0 || blocks[count]!.length <= left)) left -= blocks[count++]!.length;
  if (count === blocks.length) return [patch, null];
  return [
    { keep, grow, blocks: blocks.slice(0, count), more: true },
    { keep: keep + grown + count, grow: null, blocks: blocks.slice(count) },
  ];
}
