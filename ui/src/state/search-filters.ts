// Filters in what is typed to look for, told from words by the rules of native code (history/src/search/query.rs): a filter begins
// at a word, and its value is one word or what stands in quotes.

const KEYS = ['model', 'provider', 'tag', 'folder', 'role', 'has', 'before', 'after'] as const;
export type FilterKey = (typeof KEYS)[number];

export interface TypedFilter {
  readonly key: FilterKey;
  /** Without its quotes. */
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

const QUOTES = '"“”„«»';
const BEGIN = new RegExp(`^(${KEYS.join('|')}):`, 'i');
const QUOTED = new RegExp(`^[${QUOTES}]([^${QUOTES}]*)(?:[${QUOTES}]\\*?|$)`);
const PLAIN = new RegExp(`^[^\\s${QUOTES}]*`);

export function filtersIn(text: string): readonly TypedFilter[] {
  const found: TypedFilter[] = [];
  for (let at = 0; at < text.length; ) {
    const space = /^\s+/.exec(text.slice(at))?.[0].length ?? 0;
    const from = at + space;
    const key = BEGIN.exec(text.slice(from));
    const rest = text.slice(from + (key?.[0].length ?? 0));
    const value = QUOTED.exec(rest) ?? PLAIN.exec(rest)!;
    const to = from + (key?.[0].length ?? 0) + value[0].length;
    if (key) found.push({ key: key[1]!.toLowerCase() as FilterKey, value: value[1] ?? value[0], from, to });
    at = Math.max(to, at + 1);
  }
  return found;
}

/** One value may have several names. */
const SAME: Readonly<Partial<Record<FilterKey, Readonly<Record<string, string>>>>> = {
  role: { me: 'user', you: 'user', answer: 'assistant', model: 'assistant' },
  has: { picture: 'image' },
};

const plain = (key: FilterKey, value: string): string => {
  const lower = value.trim().replace(/\s+/g, ' ').toLowerCase();
  return SAME[key]?.[lower] ?? lower;
};

/** Whether two values of a filter mean the same, however they are written. */
export const isSame = (key: FilterKey, one: string, other: string): boolean => plain(key, one) === plain(key, other);

/** As it is typed: quotes only where they are needed, and none inside, which would end it. */
export function written(key: FilterKey, value: string): string {
  const inside = value.replace(new RegExp(`[${QUOTES}]+`, 'g'), ' ').replace(/\s+/g, ' ').trim();
  return `${key}:${/\s/.test(inside) ? `"${inside}"` : inside}`;
}

/** What is typed without some of its filters. */
export function without(text: string, isOne: (filter: TypedFilter) => boolean): string {
  let left = '';
  let at = 0;
  for (const filter of filtersIn(text)) {
    if (!isOne(filter)) continue;
    left += text.slice(at, filter.from);
    at = filter.to;
  }
  return (left + text.slice(at)).replace(/\s+/g, ' ').trim();
}
