// How near an amount is to what it may be. The words say it too, the colour never alone.

/** From here on people are told. */
const WARN = 0.8;

export type Nearness = 'plain' | 'warn' | 'danger';

/** At most all of it; of nothing, all. */
export const shareOf = (amount: number, most: number): number => (most === 0 ? 1 : Math.min(1, amount / most));

export const nearnessOf = (share: number): Nearness => (share >= 1 ? 'danger' : share >= WARN ? 'warn' : 'plain');
