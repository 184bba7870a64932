// Marks words in a part of the page without changing it: ranges that the engine paints.
import { foldWords, Occurrences } from './find-text';

/** More than this nobody looks at. */
const MOST = 300;

/** Marks every word of these: the same highlight as that of find in chat. */
export function markWords(root: Element, all: readonly string[]): void {
  if (typeof Highlight === 'undefined') return;
  const folded = new Set(all.map(foldWords).filter((word) => word !== ''));
  const ranges = [...folded].flatMap((word) => new Occurrences(root, word).ranges(0, MOST));
  const mark = CSS.highlights.get('find') ?? new Highlight();
  mark.clear();
  for (const range of ranges) mark.add(range);
  CSS.highlights.set('find', mark);
}

export function unmarkWords(): void {
  if (typeof Highlight !== 'undefined') CSS.highlights.get('find')?.clear();
}
