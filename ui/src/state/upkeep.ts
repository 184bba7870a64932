// When a key should be changed.
import type { Connection } from '../ipc/bindings/types';

const DAY = 86_400_000;

export const daysOld = (madeMs: number, now: number): number => Math.floor((now - madeMs) / DAY);

/** Older than its person wants it, and not on its way out already. */
export function isDue({ key, rotateAfterDays }: Connection, now: number): boolean {
  return key !== null && rotateAfterDays !== null && daysOld(key.madeMs, now) >= rotateAfterDays;
}
