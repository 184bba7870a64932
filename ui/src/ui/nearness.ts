// How near an amount is to what it may be, and how fast it comes nearer. The words say it too, the colour never alone.

const DAY = 86_400_000;

/** From here on people are told. */
const WARN = 0.8;

export type Nearness = 'plain' | 'warn' | 'danger';

/** At most all of it; of nothing, all. */
export const shareOf = (amount: number, most: number): number => (most === 0 ? 1 : Math.min(1, amount / most));

export const nearnessOf = (share: number): Nearness => (share >= 1 ? 'danger' : share >= WARN ? 'warn' : 'plain');

/** A pace is that of a whole day at least: of one answer after midnight nobody makes a month. */
export const seenOf = (nowMs: number, start: number): number => Math.max(DAY, nowMs - start);
