// The lines of a code block: long ones are laid out in groups, only those near the view, and can be folded.

/** More lines than this can be folded. */
export const LONG = 20;
/** More lines than this come folded from the history. */
export const FOLDED_FROM = 200;
/** Lines laid out together. */
export const GROUP = 100;
/** The last letters of a finished line. */
export const LINE_END = '\n</span>';
/** The first ones of every line. */
const LINE_START = '<span class="line';
/** Groups that come back in a frame when a block is unfolded. */
const A_FRAME = 3;

export interface CodeWords {
  fold: string;
  unfold: string;
  showAll: (lines: number) => string;
}

/** Whether this is lines of code and nothing else: whatever holds a whole code block begins with a tag of its own. */
export const isCode = (html: string): boolean => html.startsWith(LINE_START);

/** Prepares the finished code blocks of an answer that comes from the history. */
export function dressCode(root: Element, words: CodeWords): void {
  for (const figure of root.querySelectorAll('figure.code')) {
    const code = figure.querySelector('code');
    if (!code) continue;
    const lines = linesOf(code);
    if (lines.length > LONG) figure.classList.add('is-long');
    for (let at = 0; at + GROUP <= lines.length; at += GROUP) group(lines.slice(at, at + GROUP));
    if (lines.length > FOLDED_FROM) fold(figure, true, words);
  }
}

/** The lines of a block that grows. Counting goes with what arrives, never over what is there. */
export class GrowingLines {
  readonly #figure: Element;
  readonly #place: Element;
  #count: number;
  /** What is being filled. Lines come into their group at once: moved later, they would be laid out twice. */
  #open: { box: Element; lines: number } | null = null;

  constructor(figure: Element, place: Element) {
    this.#figure = figure;
    this.#place = place;
    const lines = linesOf(place.parentElement!);
    const loose = lines.filter((line) => line.parentElement === place.parentElement);
    this.#count = lines.length;
    for (let at = 0; at < loose.length; at += GROUP) this.#fill(this.#opened(loose.slice(at, at + GROUP)), Math.min(GROUP, loose.length - at));
    this.#look();
  }

  /** Where finished lines go: each box with what is to be put at its end before the next one is asked for. */
  *places(html: string): Generator<[Element, string]> {
    for (let from = 0; from < html.length; ) {
      const { box, lines } = this.#open ?? { box: this.#opened(), lines: 0 };
      const next = afterLines(html, from, GROUP - lines);
      yield [box, html.slice(from, next.end)];
      from = next.end;
      this.#count += next.lines;
      if (this.#figure.classList.contains('is-numbered')) this.#number(box);
      this.#fill(box, lines + next.lines);
    }
    this.#look();
    more.get(this.#figure)?.(this.#count);
    if (this.#figure.classList.contains('is-numbered')) numberPlace(this.#place, this.#count);
  }

  #opened(lines: readonly Element[] = []): Element {
    const box = group(lines);
    box.classList.add('is-open');
    if (lines.length === 0) this.#place.before(box);
    return box;
  }

  #fill(box: Element, lines: number): void {
    this.#open = lines < GROUP ? { box, lines } : null;
  }

  #number(box: Element): void {
    let number = this.#count;
    for (let line = box.lastElementChild; line && !line.hasAttribute('data-n'); line = line.previousElementSibling) {
      line.setAttribute('data-n', String(number));
      number -= 1;
    }
  }

  #look(): void {
    if (this.#count > LONG) this.#figure.classList.add('is-long');
  }
}

/**
 * Groups that grew on the page are laid out with the rest of it, and stay so: told otherwise, they would be laid out anew. Before
 * they come back to the page this costs nothing. What isn’t full stays: out of view it would have the height of a full one.
 */
export function closeGroups(root: Element): void {
  for (const box of root.querySelectorAll('.is-open')) if (box.childElementCount >= GROUP) box.classList.remove('is-open');
}

/** Numbers the lines. Not by CSS counters: each line that comes would cost WebKit a walk over all that are there. */
export function numberLines(figure: Element): void {
  const code = figure.querySelector('code');
  if (!code) return;
  const lines = linesOf(code);
  lines.forEach((line, n) => line.setAttribute('data-n', String(n + 1)));
  const place = code.querySelector('[data-line]');
  if (place) numberPlace(place, lines.length);
}

/** The line that is being written is made anew with every word; its number stands on the place it is written in. */
const numberPlace = (place: Element, finished: number) => place.setAttribute('data-n', String(finished + 1));

/** What the button under a folded block says, of a block that goes on growing too. */
const more = new WeakMap<Element, (lines: number) => void>();

/** Folds a block or unfolds it, and says so on its buttons. */
export function fold(figure: Element, folded: boolean, words: CodeWords): void {
  figure.classList.toggle('is-folded', folded);
  const button = figure.querySelector('[data-act="fold-code"]');
  button?.setAttribute('aria-expanded', String(!folded));
  if (button) button.textContent = folded ? words.unfold : words.fold;
  figure.querySelector('.code-more')?.remove();
  const code = figure.querySelector('code');
  more.delete(figure);
  if (!code) return;
  if (!folded) return void unveil(code);
  for (const group of [...code.querySelectorAll('.lines')].slice(1)) group.classList.add('is-veiled');
  const all = document.createElement('button');
  all.type = 'button';
  all.className = 'btn btn-quiet code-more';
  all.dataset['act'] = 'fold-code';
  all.setAttribute('aria-expanded', 'false');
  all.textContent = words.showAll(linesOf(code).length);
  figure.append(all);
  more.set(figure, (lines) => (all.textContent = words.showAll(lines)));
}

/** Shows what folding took off the page, some hundred lines a frame. */
function unveil(code: Element): void {
  const veiled = [...code.querySelectorAll('.is-veiled')].slice(0, A_FRAME);
  for (const group of veiled) group.classList.remove('is-veiled');
  if (veiled.length === A_FRAME) requestAnimationFrame(() => !code.closest('.is-folded') && unveil(code));
}

/** The finished ones: that which is being written may be a line already, and isn’t one of them. */
const linesOf = (code: Element): Element[] => [...code.querySelectorAll('.line')].filter((line) => !line.parentElement?.hasAttribute('data-line'));

function group(lines: readonly Element[]): Element {
  const box = document.createElement('span');
  box.className = 'lines';
  lines[0]?.before(box);
  box.append(...lines);
  return box;
}

/** Where so many lines end, or all there are. */
function afterLines(html: string, from: number, most: number): { end: number; lines: number } {
  let [end, lines] = [from, 0];
  while (lines < most && end < html.length) {
    const at = html.indexOf(LINE_END, end);
    end = at < 0 ? html.length : at + LINE_END.length;
    lines += 1;
  }
  return { end, lines };
}
