// Finding words in what is shown. Native counts by the same rules (render/src/find.rs): white space is one space, letters
// are folded one by one, blocks are apart; the heads of code blocks, buttons and formulas are no text.

const INLINE = new Set(['A', 'CODE', 'DEL', 'EM', 'KBD', 'MARK', 'SPAN', 'STRONG', 'SUB', 'SUP', 'INPUT']);
const SKIPPED = new Set(['FIGCAPTION', 'BUTTON', 'MATH']);

interface Segment {
  /** Where in the flow it begins. */
  readonly from: number;
  readonly node: Text;
  /** Whether a space stands before it, so that its own first one counts for nothing. */
  readonly spaced: boolean;
}

export const foldWords = (words: string): string => folded(words, false).trim();

/** Where words occur in one part of the page. Places are numbers; ranges are made only of those that are asked for. */
export class Occurrences {
  readonly #segments: readonly Segment[];
  readonly #places: readonly number[];
  readonly #length: number;

  /** `words` are folded. */
  constructor(root: Element, words: string) {
    const { flow, segments } = flowOf(root);
    const places: number[] = [];
    if (words !== '') for (let at = flow.indexOf(words); at >= 0; at = flow.indexOf(words, at + words.length)) places.push(at);
    this.#segments = segments;
    this.#places = places;
    this.#length = words.length;
  }

  get count(): number {
    return this.#places.length;
  }

  /** Those from `from` to before `to`. */
  ranges(from: number, to: number): StaticRange[] {
    return this.#places.slice(Math.max(0, from), to).map((at) => {
      const [start, end] = [spotOf(this.#segments, at), spotOf(this.#segments, at + this.#length - 1)];
      return new StaticRange({
        startContainer: start.node,
        startOffset: start.offset,
        endContainer: end.node,
        endOffset: end.offset + end.length,
      });
    });
  }
}

/** In pieces until all is there: looking at the end of one long text would put it together anew for every word. */
function flowOf(root: Element): { flow: string; segments: Segment[] } {
  const segments: Segment[] = [];
  const pieces: string[] = [];
  let length = 0;
  let spaced = false;
  const add = (text: string): void => {
    if (text === '') return;
    pieces.push(text);
    length += text.length;
    spaced = text.endsWith(' ');
  };
  const take = (node: Node): void => {
    if (node instanceof Text) {
      segments.push({ from: length, node, spaced });
      add(folded(node.data, spaced));
      return;
    }
    if (!(node instanceof Element)) return;
    const tag = node.tagName.toUpperCase();
    const apart = !INLINE.has(tag) && tag !== 'BR';
    if (apart) add('\n');
    else if (tag === 'BR' && !spaced) add(' ');
    if (!SKIPPED.has(tag)) for (let child = node.firstChild; child; child = child.nextSibling) take(child);
    if (apart) add('\n');
  };
  take(root);
  return { flow: pieces.join(''), segments };
}

/** The letter of the page behind a letter of the flow. */
function spotOf(segments: readonly Segment[], at: number): { node: Text; offset: number; length: number } {
  let low = 0;
  for (let high = segments.length; high - low > 1; ) {
    const middle = (low + high) >> 1;
    if (segments[middle]!.from <= at) low = middle;
    else high = middle;
  }
  const { node, from, spaced } = segments[low]!;
  let here = from;
  let offset = 0;
  let before = spaced;
  for (const letter of node.data) {
    const out = foldedLetter(letter, before);
    if (out !== '' && here + out.length > at) return { node, offset, length: letter.length };
    here += out.length;
    before = out === '' || out === ' ';
    offset += letter.length;
  }
  return { node, offset: Math.max(0, node.data.length - 1), length: Math.min(1, node.data.length) };
}

function folded(text: string, spaced: boolean): string {
  let out = '';
  let before = spaced;
  for (const letter of text) {
    const one = foldedLetter(letter, before);
    out += one;
    before = one === '' || one === ' ';
  }
  return out;
}

function foldedLetter(letter: string, spaced: boolean): string {
  if (/\s/.test(letter)) return spaced ? '' : ' ';
  if (letter === '‘' || letter === '’') return "'";
  if (letter === '“' || letter === '”') return '"';
  const small = letter.toLowerCase();
  return [...small].length === 1 ? small : letter;
}
