// Finding by some letters of a name, in their order. The more of them begin words or stand together, the better.

const START = 8;
const TOGETHER = 5;
const GAP = 1;
const LATE = 0.1;

/** How well letters fit a name; null if they don’t. */
export function fits(typed: string, name: string): number | null {
  const wanted = fold(typed).replace(/\s+/g, '');
  const given = fold(name);
  if (wanted === '') return 0;
  // The whole of it, as it was typed, is better than letters here and there.
  const whole = given.indexOf(fold(typed).trim());
  let score = whole < 0 ? 0 : isStart(given, whole) ? 60 - whole * LATE : 6;
  let at = -1;
  for (const letter of wanted) {
    const next = bestNext(given, letter, at);
    if (next < 0) return null;
    score += isStart(given, next) ? START : next === at + 1 ? TOGETHER : -GAP;
    at = next;
  }
  return score - given.length * LATE;
}

/** The same letter further on is taken where it begins a word, unless the next one follows at once. */
function bestNext(given: string, letter: string, after: number): number {
  const first = given.indexOf(letter, after + 1);
  if (first < 0 || first === after + 1 || isStart(given, first)) return first;
  for (let at = first; at >= 0; at = given.indexOf(letter, at + 1)) if (isStart(given, at)) return at;
  return first;
}

const isStart = (text: string, at: number): boolean => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!);

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Those that fit, the best first; in their own order where nothing is typed. */
export function best<T>(typed: string, all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  const scored = all.map((one) => ({ one, score: fits(typed, nameOf(one)) })).filter((s): s is { one: T; score: number } => s.score !== null);
  return scored.sort((a, b) => b.score - a.score).map((s) => s.one);
}
