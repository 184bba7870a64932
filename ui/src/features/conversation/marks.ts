// Matches of find, marked on the page without changing it: ranges that the engine paints.
import { foldWords, Occurrences } from '../../ui/find-text';

const ALL = 'find';
const CURRENT = 'find-current';

/** More than this on both sides of the current one, nobody looks at. */
const MOST = 300;

export const REASONING = '.reason-body';
export const WORDS = '.bubble, .sheet';

const PARTS = `${REASONING}, ${WORDS}`;

interface Marked {
  words: string;
  found: Occurrences;
}

export class Marks {
  /** What doesn’t change isn’t searched twice. */
  #known = new WeakMap<Element, Marked>();
  /** A block that is replaced may say the same as before, and its matches would stand in what is no longer on the page. */
  readonly #observer = new MutationObserver((changes) => this.#forget(changes));
  #current: { part: Element; nth: number } | null = null;

  /** Marks the matches that are on the page; of very many in one part, those around the current one. */
  paint(thread: Element, text: string): void {
    if (typeof Highlight === 'undefined') return;
    const all: StaticRange[] = [];
    for (const part of thread.querySelectorAll(PARTS)) {
      const around = part === this.#current?.part ? this.#current.nth : 0;
      for (const range of this.in(part, text).ranges(around - MOST, around + MOST)) all.push(range);
    }
    fill(ALL, all, 0);
    if (this.#current) fill(CURRENT, this.#rangesOf(this.#current, text), 1);
    paintAnew(thread);
  }

  /** Marks the current match and gives back where it is. */
  setCurrent(part: Element | null, nth: number, text: string): Range | null {
    this.#current = part && { part, nth };
    const ranges = this.#current ? this.#rangesOf(this.#current, text) : [];
    fill(CURRENT, ranges, 1);
    const [found] = ranges;
    if (!found) return null;
    const range = document.createRange();
    range.setStart(found.startContainer, found.startOffset);
    range.setEnd(found.endContainer, found.endOffset);
    return range;
  }

  clear(thread: Element): void {
    this.#current = null;
    this.#observer.disconnect();
    this.#known = new WeakMap();
    fill(ALL, [], 0);
    fill(CURRENT, [], 1);
    paintAnew(thread);
  }

  #rangesOf({ part, nth }: { part: Element; nth: number }, text: string): StaticRange[] {
    return this.in(part, text).ranges(nth, nth + 1);
  }

  /** The matches in a sheet or in the person’s words. */
  in(part: Element, text: string): Occurrences {
    this.#forget(this.#observer.takeRecords());
    const words = foldWords(text);
    const known = this.#known.get(part);
    if (known?.words === words) return known.found;
    const found = new Occurrences(part, words);
    this.#known.set(part, { words, found });
    this.#observer.observe(part, { subtree: true, childList: true, characterData: true });
    return found;
  }

  #forget(changes: readonly MutationRecord[]): void {
    for (const { target } of changes) {
      const part = (target instanceof Element ? target : target.parentElement)?.closest(PARTS);
      if (part) this.#known.delete(part);
    }
  }
}

/** The same highlight is filled again: the engine paints anew what leaves one, not what a new one in its place lacks. */
function fill(name: string, ranges: readonly StaticRange[], priority: number): void {
  if (typeof Highlight === 'undefined') return;
  const mark = CSS.highlights.get(name) ?? new Highlight();
  mark.priority = priority;
  mark.clear();
  for (const range of ranges) mark.add(range);
  CSS.highlights.set(name, mark);
}

/** Where a line has a higher piece in it, the engine leaves the edges of a mark that went, so that all of it is painted anew. */
function paintAnew(thread: Element): void {
  if (typeof Highlight !== 'undefined') thread.classList.toggle('is-marked-anew');
}

/** Where a range is on the page; a part that is laid out late is looked for by the box it is in. */
export function topOf(range: Range): number {
  const rect = range.getBoundingClientRect();
  if (rect.height > 0) return rect.top;
  const node = range.startContainer;
  return (node instanceof Element ? node : node.parentElement)?.closest('.lines, .block')?.getBoundingClientRect().top ?? 0;
}
