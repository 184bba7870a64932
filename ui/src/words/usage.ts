// Money and tokens.
import { money, plural } from './format';
import { spending } from './spending';

const month = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });
const monthAndYear = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const longDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const at = (of: string): number => Date.parse(`${of}-01T00:00:00Z`);
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** 6.15 M, 41 k */
function many(n: number): string {
  if (n >= 1e6) return `${(n / 1e6).toFixed(2)} M`;
  return n >= 1e4 ? `${Math.round(n / 1e3)} k` : `${n}`;
}

export const usage = {
  title: 'Usage',
  lead: 'Money and tokens, counted on this computer.',
  month: (of: string) => month.format(at(of)),
  monthAndYear: (of: string) => monthAndYear.format(at(of)),
  chooseMonth: (of: string) => `Month: ${monthAndYear.format(at(of))}`,
  export: 'Export CSV',
  exported: (n: number) => `${plural(n, 'request', 'requests')} written`,
  none: (of: string) => `No answers yet in ${month.format(at(of))}.`,
  noneNow: 'No answers yet this month.',
  many,
  spent: (of: string) => `Spent in ${month.format(at(of))}`,
  caps: (nano: number, keys: number) => `of ${spending.limit(nano)} in caps, ${plural(keys, 'key', 'keys')}`,
  noCaps: 'no hard cap is set',
  unpriced: (n: number) => `and ${plural(n, 'answer', 'answers')} of unknown price`,
  forecast: (nano: number) => `${spending.amount(nano)} by its end at this pace`,
  tokens: 'Tokens',
  inAndOut: (read: number, written: number) => `${many(read)} in, ${many(written)} out`,
  answers: 'Answers',
  average: (nano: number) => `${money(nano)} on average`,
  firstToken: 'First token',
  unknown: 'unknown',
  median: (most: number | null, speed: number | null) => `median${most === null ? '' : `, 95% under ${(most / 1000).toFixed(1)} s`}${speed === null ? '' : `, ${speed} tokens/s`}`,
  seconds,
  perDay: 'Spend per day',
  tokensPerDay: 'Tokens per day',
  chart: (what: string, from: string, to: string, by: string) => `${what}, ${from} to ${to}, by ${by}. The table below has the same figures.`,
  day: (ms: number) => dayAndMonth.format(ms),
  longDay: (ms: number) => longDay.format(ms),
  measure: 'Measure',
  money: 'Money',
  group: 'Group by',
  byModel: 'Model',
  byKeyName: 'Key',
  legend: 'Legend',
  others: (n: number) => `${plural(n, 'other', 'others')}`,
  byKey: 'By key',
  against: 'against its hard cap',
  of: (nano: number) => `of ${spending.limit(nano)}`,
  noCap: 'no cap',
  pace: (nano: number, day: number) => `At this pace ${spending.amount(nano)} by ${longDay.format(day)}`,
  reachedOn: (ms: number) => `At this pace, reached on ${longDay.format(ms)}`,
  reached: 'Reached',
  local: 'on this computer, no charge',
  removed: 'removed key',
  table: (of: string) => `Usage by model, ${month.format(at(of))}`,
  columns: { model: 'Model', key: 'Key', answers: 'Answers', read: 'Tokens in', written: 'Tokens out', days: 'Tokens per day', share: 'Share', spend: 'Spend' },
  applications: 'By application',
  chats: 'Dearest chats',
  chat: (title: string | null) => (title === null ? 'A chat that was deleted' : title === '' ? 'Untitled' : title),
  name: 'Name',
  requests: 'Requests',
  note: 'Counted by Latchkey from each answer’s usage record; your provider’s bill decides. A model with no known price is never counted as zero: it’s held until you enter one.',
  days: 'Day by day',
  dayColumn: 'Day',
} as const;
