// What the page shows of a month, added up from its days.
import type { Connection, DayUse, Usage } from '../../ipc/bindings/types';
import { seenOf } from '../../ui/nearness';

export type Measure = 'money' | 'tokens';
export type Group = 'model' | 'key';

export interface Sum {
  nano: number;
  unpriced: number;
  requests: number;
  read: number;
  written: number;
}

export interface ModelRow extends Sum {
  model: string;
  connectionId: string;
  /** Tokens of each day of the month, from the first. */
  days: number[];
}

/** One colour of the chart: what it stands for, and how much of it each day had. */
export interface Series {
  name: string;
  /** One of the six colours of charts. */
  colour: number;
  days: number[];
}

const DAY = 86_400_000;
/** More than so many colours nobody tells apart. */
const COLOURS = 6;

export const startOf = (month: string): number => Date.parse(`${month}-01T00:00:00Z`);

export function daysIn(month: string): number {
  const first = new Date(startOf(month));
  return Math.round((Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1) - first.getTime()) / DAY);
}

/** How many days of the month are there to be seen: all of one that is over. */
export function daysSeen({ month, nowMs }: Usage): number {
  return Math.min(daysIn(month), Math.max(1, Math.floor((nowMs - startOf(month)) / DAY) + 1));
}

const dayOf = (use: DayUse): number => Number(use.day.slice(8)) - 1;

export function total(days: readonly DayUse[]): Sum {
  const sum: Sum = { nano: 0, unpriced: 0, requests: 0, read: 0, written: 0 };
  for (const use of days) {
    sum.nano += use.nano;
    sum.unpriced += use.unpriced;
    sum.requests += use.requests;
    sum.read += use.readTokens;
    sum.written += use.writtenTokens;
  }
  return sum;
}

/** The dearest first; of those that cost nothing, the busiest. */
export function byModel(usage: Usage): ModelRow[] {
  const rows = new Map<string, ModelRow>();
  for (const use of usage.days) {
    const of = `${use.connectionId}\n${use.model}`;
    const row = rows.get(of) ?? { model: use.model, connectionId: use.connectionId, nano: 0, unpriced: 0, requests: 0, read: 0, written: 0, days: Array<number>(daysSeen(usage)).fill(0) };
    row.nano += use.nano;
    row.unpriced += use.unpriced;
    row.requests += use.requests;
    row.read += use.readTokens;
    row.written += use.writtenTokens;
    row.days[dayOf(use)] = (row.days[dayOf(use)] ?? 0) + use.readTokens + use.writtenTokens;
    rows.set(of, row);
  }
  return [...rows.values()].sort((a, b) => b.nano - a.nano || b.read + b.written - (a.read + a.written));
}

/** The largest have a colour each; the others share the last. */
export function series(usage: Usage, measure: Measure, group: Group, nameOf: (connectionId: string) => string, others: (n: number) => string): Series[] {
  const of = new Map<string, number[]>();
  for (const use of usage.days) {
    const name = group === 'model' ? use.model : nameOf(use.connectionId);
    const days = of.get(name) ?? Array<number>(daysSeen(usage)).fill(0);
    days[dayOf(use)] = (days[dayOf(use)] ?? 0) + (measure === 'money' ? use.nano : use.readTokens + use.writtenTokens);
    of.set(name, days);
  }
  const sum = (days: readonly number[]) => days.reduce((a, b) => a + b, 0);
  const all = [...of].map(([name, days]) => ({ name, days, sum: sum(days) })).filter((one) => one.sum > 0).sort((a, b) => b.sum - a.sum);
  const own = all.length > COLOURS ? COLOURS - 1 : COLOURS;
  const shown = all.slice(0, own).map(({ name, days }, n) => ({ name, days, colour: COLOUR_ORDER[n]! }));
  const rest = all.slice(own);
  if (rest.length === 0) return shown;
  const days = rest[0]!.days.map((_, day) => rest.reduce((a, one) => a + one.days[day]!, 0));
  return [...shown, { name: others(rest.length), days, colour: COLOUR_ORDER[COLOURS - 1]! }];
}

/** Neighbours in the chart differ most. */
const COLOUR_ORDER = [4, 5, 1, 3, 2, 6] as const;

/** The line above the highest day, and the lines below it: 0, 0.5, 1, … */
export function scale(most: number): { top: number; lines: number[] } {
  if (most <= 0) return { top: 1, lines: [0] };
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough)!;
  const count = Math.ceil(most / step);
  return { top: count * step, lines: Array.from({ length: count + 1 }, (_, n) => n * step) };
}

/** What the month comes to if it goes on like this; null for one that is over. */
export function forecast(usage: Usage, nano: number): number | null {
  const start = startOf(usage.month);
  const whole = daysIn(usage.month) * DAY;
  const gone = seenOf(usage.nowMs, start);
  return usage.nowMs <= start || gone >= whole || nano === 0 ? null : Math.round((nano * whole) / gone);
}

/** When a limit is reached at this pace; null if not in this month. */
export function reachedAt(usage: Usage, nano: number, cap: number): number | null {
  const start = startOf(usage.month);
  if (nano <= 0 || usage.nowMs <= start) return null;
  const at = start + (seenOf(usage.nowMs, start) * cap) / nano;
  return at < start + daysIn(usage.month) * DAY ? at : null;
}

export const nameIn = (connections: readonly Connection[], removed: string) => (id: string): string => connections.find((c) => c.id === id)?.name ?? removed;
