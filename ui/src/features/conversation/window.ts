// Which chunks of a long conversation are on the page: those in view, some more on both sides, and what must not go.
import { indexBelow } from './anchor';

/** A chunk as the window sees it. */
export interface Part {
  readonly loaded: boolean;
  readonly shown: boolean;
  /** Holds the selection, the focus, or the end of the conversation. */
  readonly kept: boolean;
}

export interface View {
  top: number;
  bottom: number;
}

export interface Change {
  show: number[];
  hide: number[];
  load: number[];
  /** There is more to show in the next frame. */
  more: boolean;
}

/** So much more than what is in view, above and below, is kept ready, in heights of the view. */
const AHEAD = 1.5;
/** What is shown goes only when it is farther away than this. */
const FAR = 3;

/** What is in view is shown at once, what is near one chunk a frame: each is a frame’s work. */
export function windowed(parts: readonly Part[], endOf: (at: number) => number, view: View): Change {
  const height = Math.max(400, view.bottom - view.top);
  const reach = (edge: number) => Math.min(parts.length - 1, indexBelow(parts.length, endOf, edge));
  const [from, to] = [reach(view.top), reach(view.bottom)];
  const [first, last] = [reach(view.top - AHEAD * height), reach(view.bottom + AHEAD * height)];
  const [firstFar, lastFar] = [reach(view.top - FAR * height), reach(view.bottom + FAR * height)];
  const change: Change = { show: [], hide: [], load: [], more: false };
  for (const at of nearestFirst(first, last, from, to)) {
    const part = parts[at];
    if (!part || part.shown) continue;
    if (!part.loaded) change.load.push(at);
    else if ((at >= from && at <= to) || change.show.length === 0) change.show.push(at);
    else change.more = true;
  }
  parts.forEach((part, at) => {
    if (part.shown && !part.kept && (at < firstFar || at > lastFar)) change.hide.push(at);
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
