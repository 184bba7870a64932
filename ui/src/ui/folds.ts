// What is folded away until somebody opens it. Native gives its tags as blocks of their own among the others (render/src/fold.rs);
// here the blocks between them are put inside.

/** Deeper ones are not nested any further: nobody reads so many levels, and the engine lays them out one inside the other. */
const DEEPEST = 12;
const BEGIN = '<div data-fold="';
const END = '</div>';

type Kind = 'shut' | 'open' | 'summary' | 'end';

/** A fold that has begun and not ended. */
interface Open {
  readonly inside: HTMLElement;
  readonly depth: number;
  readonly outer: Open | null;
}

interface Mark {
  readonly block: HTMLElement;
  /** Where its words belong, as HTML that native made. */
  readonly words: HTMLElement | null;
  readonly html: string;
}

export const isFold = (html: string): boolean => html.startsWith(BEGIN);

/** The folds of one answer. */
export class Folds {
  #open: Open | null = null;
  /** What was open before each block that begins or ends one. */
  readonly #before = new Map<HTMLElement, Open | null>();

  has(block: HTMLElement): boolean {
    return this.#before.has(block);
  }

  /** The element of a block that begins a fold, sums it up or ends it. */
  enter(block: string): Mark {
    const kind = block.slice(BEGIN.length, block.indexOf('"', BEGIN.length)) as Kind;
    const html = block.slice(block.indexOf('>') + 1, -END.length);
    const element = this.#element(kind);
    this.#before.set(element, this.#open);
    const { outer, depth } = { outer: this.#open, depth: this.#open?.depth ?? 0 };
    if (kind === 'end') this.#open = outer?.outer ?? null;
    if (!(element instanceof HTMLDetailsElement)) return { block: element, words: element, html };
    this.#open = { inside: outer && depth >= DEEPEST ? outer.inside : element, depth: depth + 1, outer };
    if (html === '') return { block: element, words: null, html };
    const words = document.createElement('summary');
    element.append(words);
    return { block: element, words, html };
  }

  /** Puts the newest block where it belongs: into the innermost fold, or into the answer. */
  place(block: HTMLElement, answer: () => Element): void {
    const before = this.#before.get(block);
    const inside = (before === undefined ? this.#open : before)?.inside;
    if (inside && block.tagName === 'SUMMARY') inside.prepend(block);
    else (inside ?? answer()).append(block);
  }

  /** A block goes, the last one of all. */
  leave(block: HTMLElement): void {
    const before = this.#before.get(block);
    if (before === undefined) return;
    this.#open = before;
    this.#before.delete(block);
  }

  #element(kind: Kind): HTMLElement {
    const sumsUp = kind === 'summary' && this.#open !== null && this.#open.inside.querySelector(':scope > summary') === null;
    const block = document.createElement(kind === 'shut' || kind === 'open' ? 'details' : sumsUp ? 'summary' : 'div');
    if (block instanceof HTMLDetailsElement) block.open = kind === 'open';
    block.hidden = kind === 'end';
    block.dir = 'auto';
    return block;
  }
}
