// What a key may spend, and what it has.
import { money } from './format';

const monthOf = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });
const dayOf = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const dollars = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });

/** $3.12: never less than was spent. */
const spent = (nano: number): string => dollars.format(Math.ceil(Math.max(0, nano / 1e7 - 1e-9)) / 100);
const limit = (nano: number): string => (nano % 1e7 === 0 ? dollars.format(nano / 1e9) : money(nano));

/** $3.1205: as exact as it was told, to a hundredth of a cent. */
const exact = (nano: number): string => `$${(nano / 1e9).toFixed(nano % 1e7 === 0 ? 2 : 4)}`;

export const spending = {
  month: (ms: number) => `Spent in ${monthOf.format(ms)}`,
  amount: spent,
  limit,
  of: (nano: number) => `of ${limit(nano)} hard cap`,
  noCap: 'no hard cap',
  meter: (name: string) => `Spent this month, ${name}`,
  meterText: (nano: number, cap: number) => `${spent(nano)} of ${limit(cap)}`,
  resets: (ms: number) => `Resets on ${dayOf.format(ms)}, by UTC.`,
  used: (percent: number, reachedMs: number | null) => `${percent}% used.${reachedMs === null ? '' : ` At this pace it’s reached on ${dayOf.format(reachedMs)}.`}`,
  reached: (ms: number) => `Nothing is sent with this key until ${dayOf.format(ms)}, or until you raise the cap.`,
  counted: 'Counted by this program: what it sent, at published prices or as the provider said.',
  compare: (server: string) => `Compare with ${server}`,
  comparing: 'Asking',
  told: (server: string, nano: number) => `${server} counts ${exact(nano)} for this key this month.`,
  ours: (nano: number) => `Counted here: ${exact(nano)}.`,
  same: 'No difference.',
  more: (server: string, nano: number) => `${server} counts ${exact(nano)} more: it was also used elsewhere, or an answer cost more than its price said.`,
  less: (server: string, nano: number) => `${server} counts ${exact(nano)} less: it may be some minutes behind, or an earlier key of this connection has spent the rest.`,
  toldLimit: (server: string, limit: number, left: number | null) => `${server}’s own limit for this key: ${exact(limit)}${left === null ? '' : `, ${exact(left)} left`}.`,
  balance: (nano: number, currency: string) => `Credit left: ${currency === 'USD' ? exact(nano) : `${(nano / 1e9).toFixed(2)} ${currency}`}.`,
  since: (at: string, fell: number, counted: number) => `Since ${at} it went ${fell < 0 ? `up by ${exact(-fell)}` : `down by ${exact(fell)}`}; ${exact(counted)} was counted here.`,
  firstBalance: 'What is spent from now on is compared the next time.',
  otherCurrency: 'It isn’t kept in dollars, so it can’t be held beside what is counted here.',
  session: 'Counted in memory: while chats aren’t kept on the disk, it starts from zero at each start.',
  today: (nano: number, cap: number | null) => (cap === null ? `Today ${spent(nano)}` : `Today ${spent(nano)} of ${limit(cap)}`),
  excess: (nano: number) => `An answer was charged ${money(nano)} more than it could have cost. Nothing is sent with this key until you have seen to it.`,
  acceptExcess: 'Go on all the same…',
  failed: 'What was spent can’t be read now.',
  edit: 'Limits…',
  editName: (name: string) => `Limits of ${name}`,
  lead: 'Checked here before anything is sent, against the most that an answer could cost. Empty is no limit. Days and months are UTC’s.',
  fields: { monthNano: 'Monthly hard cap', dayNano: 'Daily hard cap', requestNano: 'Most for one answer', requestsAMinute: 'Requests a minute', tokensAMinute: 'Tokens a minute' },
  badAmount: 'Type dollars, like 10 or 2.50.',
  badCount: 'Type a whole number.',
  raises: 'Your desktop asks before a limit is raised.',
  cancel: 'Cancel',
  save: 'Save',
} as const;
