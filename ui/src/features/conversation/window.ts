// Which chunks of a long conversation are on the page: those in view, some more on both sides, and what must not go.
// What isn’t shown is a gap: one empty box for as many chunks as follow each other.
import type { Chunk } from '../../state/chunk.svelte';

/** The space between chunks, as between messages: --sp-6. */
export const SPACE = 24;

/** A box of the page: a chunk, or a gap in place of the chunks from `from` to before `to`. */
export interface Row {
  readonly key: string;
  readonly chunk: Chunk | null;
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

export function rowsOf(chunks: readonly Chunk[]): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < chunks.length; ) {
    const chunk = chunks[at]!;
    const from = at;
    let height = chunk.height;
    at += 1;
    if (chunk.shown) {
      rows.push({ key: `chunk ${chunk.key}`, chunk, from, to: at, height });
      continue;
    }
    for (; at < chunks.length && !chunks[at]!.shown; at += 1) height += SPACE + chunks[at]!.height;
    rows.push({ key: `gap ${chunk.key}`, chunk: null, from, to: at, height });
  }
  return rows;
}

/** Where each chunk ends, from where each row begins. */
export function endsOf(chunks: readonly Chunk[], rows: readonly Row[], topOf: (row: number) => number): Float64Array {
  const ends = new Float64Array(chunks.length);
  rows.forEach((row, n) => {
    let end = topOf(n) - SPACE;
    for (let at = row.from; at < row.to; at += 1) {
      end += SPACE + chunks[at]!.height;
      ends[at] = end;
    }
  });
  return ends;
}

/** The first whose end is below `edge`; `count` when there is none. */
export function indexBelow(count: number, endOf: (at: number) => number, edge: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOf(middle) > edge + 1) high = middle;
    else low = middle + 1;
  }
  return low;
}

export interface Change {
  show: number[];
  hide: number[];
  load: number[];
  /** There is more to show in the next frame. */
  more: boolean;
}

/** So much more than what is in view, above and below, is kept ready, in heights of the view. */
export const AHEAD = 1.5;
/** What is shown goes only when it is farther away than this. */
const FAR = 3;

/** What is in view is shown at once, what is near one chunk a frame: each is a frame’s work. */
export function windowed(chunks: readonly Chunk[], ends: Float64Array, view: { top: number; bottom: number; ahead: number }, kept: (at: number) => boolean): Change {
  const height = Math.max(400, view.bottom - view.top);
  const reach = (edge: number) => Math.min(chunks.length - 1, indexBelow(chunks.length, (at) => ends[at]!, edge));
  const [from, to] = [reach(view.top), reach(view.bottom)];
  const [first, last] = [reach(view.top - view.ahead * height), reach(view.bottom + view.ahead * height)];
  const [firstFar, lastFar] = [reach(view.top - FAR * height), reach(view.bottom + FAR * height)];
  const change: Change = { show: [], hide: [], load: [], more: false };
  for (const at of nearestFirst(first, last, from, to)) {
    const chunk = chunks[at];
    if (!chunk || chunk.shown) continue;
    if (!chunk.messages) change.load.push(at);
    else if ((at >= from && at <= to) || change.show.length === 0) change.show.push(at);
    else change.more = true;
  }
  chunks.forEach((chunk, at) => {
    if (chunk.shown && (at < firstFar || at > lastFar) && !kept(at)) change.hide.push(at);
  });
  return change;
}

function nearestFirst(first: number, last: number, from: number, to: number): number[] {
  const order: number[] = [];
  for (let at = from; at <= to; at += 1) order.push(at);
  for (let step = 1; from - step >= first || to + step <= last; step += 1) {
    if (to + step <= last) order.push(to + step);
    if (from - step >= first) order.push(from - step);
  }
  return order;
}
