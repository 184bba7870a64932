// Numbers and times as people read them.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const millions = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const price = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 4 });

export const count = (n: number): string => whole.format(n);

/** 1.2 s */
export const tenthsOfSeconds = (ms: number): string => `${(Math.max(0, ms) / 1000).toFixed(1)} s`;

/** 0.42 s */
export const hundredthsOfSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** 6 s, 2 min 5 s */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** 0:07, 12:40, 1:02:40 */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

export const plural = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`;

/** 400k, 1M */
export function tokens(n: number): string {
  if (n >= 1_000_000) return `${millions.format(n / 1_000_000)}M`;
  return n >= 1000 ? `${whole.format(n / 1000)}k` : whole.format(n);
}

/** $1.25, $10, $0.075 */
export const dollars = (n: number): string => `$${Number.isInteger(n) ? whole.format(n) : price.format(n)}`;

const cents = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const small = new Intl.NumberFormat('en', { minimumSignificantDigits: 1, maximumSignificantDigits: 3, maximumFractionDigits: 4, roundingPriority: 'lessPrecision' });

/** Billionths of a dollar: $1.25, $0.071, $0.0169, under $0.0001. A bound is rounded up, so that it stays one. */
export function money(nano: number, bound = false): string {
  const dollars = nano / 1e9;
  if (nano === 0) return '$0';
  if (dollars < 0.0001) return 'under $0.0001';
  if (dollars >= 1) return `$${cents.format(bound ? Math.ceil(dollars * 100 - 1e-9) / 100 : dollars)}`;
  return `$${small.format(bound ? Math.ceil(dollars * 1e4 - 1e-9) / 1e4 : dollars)}`;
}

const QUOTED = 300;

/** Somebody else’s words, in their own lines and of a bearable length: “…” */
export function quoted(text: string): string {
  const letters = [...text.replace(/[^\S\n]+/g, ' ').replace(/ ?\n\s*/g, '\n').trim()];
  return `“${letters.length > QUOTED ? `${letters.slice(0, QUOTED).join('').trimEnd()}…` : letters.join('')}”`;
}

/** 30 Nov 2026, of 2026-11-30 */
export const date = (day: string): string => new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

const DAY = 86_400_000;

/** 2 minutes ago, Today 09:12, Yesterday 18:20, 17 November */
export function ago(ms: number, now: number): string {
  const minutes = Math.floor((now - ms) / 60_000);
  if (minutes < 1) return 'Just now';
  if (minutes < 60) return `${plural(minutes, 'minute', 'minutes')} ago`;
  const then = new Date(ms);
  const today = new Date(now).setHours(0, 0, 0, 0);
  const time = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (ms >= today) return `Today, ${time}`;
  if (ms >= today - DAY) return `Yesterday, ${time}`;
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** 14:02, 28 Nov 14:02 */
export function time(ms: number, now = Date.now()): string {
  const then = new Date(ms);
  const clock = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (ms >= new Date(now).setHours(0, 0, 0, 0)) return clock;
  return `${then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...(then.getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' }) })} ${clock}`;
}

export function age(ms: number, now: number): string {
  const days = Math.floor((now - ms) / DAY);
  if (days < 1) return 'Made today';
  if (days < 14) return plural(days, 'day', 'days');
  // Two whole ones of the longer measure come first, so that no age ever seems to shrink.
  if (days < 61) return plural(Math.floor(days / 7), 'week', 'weeks');
  if (days < 731) return plural(Math.floor(days / 30.44), 'month', 'months');
  return plural(Math.floor(days / 365.25), 'year', 'years');
}

/** 312 bytes, 2.1 KB, 1.4 GB */
export function bytes(size: number): string {
  if (size < 1000) return plural(size, 'byte', 'bytes');
  const step = Math.min(3, Math.floor(Math.log10(size) / 3));
  return `${millions.format(size / 1000 ** step)} ${['', 'KB', 'MB', 'GB'][step]}`;
}
