// The limits of a key or of an application as a person types them.
import type { Limits } from '../ipc/bindings/types';
import { countOf, nanoOf, typedDollars } from './amount';

export type LimitName = keyof Limits;
export type TypedLimits = Record<LimitName, string>;

/** In the order in which they are shown; the first three are of money. */
export const LIMITS: readonly LimitName[] = ['monthNano', 'dayNano', 'requestNano', 'requestsAMinute', 'tokensAMinute'];

export const NO_LIMITS: Limits = { monthNano: null, dayNano: null, requestNano: null, requestsAMinute: null, tokensAMinute: null };

export const isMoney = (name: LimitName): boolean => name.endsWith('Nano');

/** null for no limit, undefined for what is no limit at all. */
export const limitOf = (name: LimitName, text: string): number | null | undefined => (isMoney(name) ? nanoOf(text) : countOf(text));

export function typedLimits(limits: Limits): TypedLimits {
  const text = (name: LimitName) => (isMoney(name) ? typedDollars(limits[name]) : (limits[name]?.toString() ?? ''));
  return Object.fromEntries(LIMITS.map((name) => [name, text(name)])) as TypedLimits;
}

/** All of them; null where one is no limit. */
export function limitsOf(typed: TypedLimits): Limits | null {
  const read = LIMITS.map((name) => [name, limitOf(name, typed[name])] as const);
  return read.some(([, value]) => value === undefined) ? null : (Object.fromEntries(read) as unknown as Limits);
}
