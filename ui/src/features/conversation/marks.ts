// Matches of find, marked on the page without changing it: ranges that the engine paints.
import { foldWords, rangesOf } from '../../ui/find-text';

const ALL = 'find';
const CURRENT = 'find-current';

export const REASONING = '.reason-body';
export const WORDS = '.bubble, .sheet';

interface Marked {
  words: string;
  size: number;
  ranges: Range[];
}

export class Marks {
  /** What doesn’t change isn’t searched twice. */
  #known = new WeakMap<Element, Marked>();

  /** Marks every match that is on the page. */
  paint(thread: Element, text: string): void {
    if (typeof Highlight === 'undefined') return;
    const all = new Highlight();
    for (const part of thread.querySelectorAll(`${REASONING}, ${WORDS}`)) for (const range of this.in(part, text)) all.add(range);
    CSS.highlights.set(ALL, all);
  }

  setCurrent(range: Range | null): void {
    if (typeof Highlight === 'undefined') return;
    const mark = new Highlight(...(range ? [range] : []));
    mark.priority = 1;
    CSS.highlights.set(CURRENT, mark);
  }

  clear(): void {
    if (typeof Highlight === 'undefined') return;
    CSS.highlights.delete(ALL);
    CSS.highlights.delete(CURRENT);
  }

  /** The matches in a sheet or in the person’s words. */
  in(part: Element | null, text: string): Range[] {
    const words = foldWords(text);
    if (!part || words === '') return [];
    // Text that grows makes the part hold more; that is all that can change in it while it is on the page.
    const size = part.textContent?.length ?? 0;
    const known = this.#known.get(part);
    if (known && known.words === words && known.size === size) return known.ranges;
    const ranges = rangesOf(part, words);
    this.#known.set(part, { words, size, ranges });
    return ranges;
  }
}

/** Where a range is on the page; a part that is laid out late is looked for by the box it is in. */
export function topOf(range: Range): number {
  const rect = range.getBoundingClientRect();
  if (rect.height > 0) return rect.top;
  const node = range.startContainer;
  return (node instanceof Element ? node : node.parentElement)?.closest('.lines, .block')?.getBoundingClientRect().top ?? 0;
}
