// What people type as a limit: an amount of dollars, a number of things, or nothing for no limit.

/** A million dollars, in billionths; native takes no more. */
const MOST = 1e15;

/** Billionths of a dollar; null for nothing, undefined for what is no amount. */
export function nanoOf(text: string): number | null | undefined {
  const plain = text.replace(/[\s$]/g, '').replace(/,(\d{1,2})$/, '.$1').replace(/,(?=\d{3}(\D|$))/g, '');
  if (plain === '') return null;
  if (!/^(\d{1,9}(\.\d{0,9})?|\.\d{1,9})$/.test(plain)) return undefined;
  const nano = Math.round(Number(plain) * 1e9);
  return nano <= MOST ? nano : undefined;
}

/** A whole number; null for nothing, undefined for anything else. */
export function countOf(text: string): number | null | undefined {
  const plain = text.replace(/[\s,._’']/g, '');
  if (plain === '') return null;
  return /^\d{1,12}$/.test(plain) ? Number(plain) : undefined;
}

/** As it is shown for changing: 10, 2.50 */
export function typedDollars(nano: number | null): string {
  if (nano === null) return '';
  const dollars = nano / 1e9;
  return Number.isInteger(dollars) ? String(dollars) : dollars.toFixed(Number.isInteger(dollars * 100) ? 2 : 4);
}
