// The lines of a code block: long ones are laid out in groups, only those near the view, and can be folded.

/** More lines than this can be folded. */
export const LONG = 20;
/** More lines than this come folded from the history. */
export const FOLDED_FROM = 200;
/** Lines laid out together. */
export const GROUP = 100;
/** Groups that come back in a frame when a block is unfolded. */
const A_FRAME = 3;

export interface CodeWords {
  fold: string;
  unfold: string;
  showAll: (lines: number) => string;
}

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
  readonly #figure: Element | null;
  readonly #place: Element;
  #count: number;
  #loose: number;

  constructor(place: Element) {
    this.#place = place;
    this.#figure = place.closest('figure.code');
    this.#count = this.#figure ? linesOf(place.parentElement!).length : 0;
    this.#loose = this.#count;
    this.#tidy();
  }

  /** These finished lines were put before the place where the next one is written. */
  added(html: string): void {
    if (!this.#figure) return;
    const lines = newlines(html);
    this.#count += lines;
    this.#loose += lines;
    if (this.#figure.classList.contains('is-numbered')) this.#number();
    this.#tidy();
  }

  #number(): void {
    let number = this.#count;
    for (let line = this.#place.previousElementSibling; line && !line.hasAttribute('data-n') && line.className !== 'lines'; line = line.previousElementSibling) {
      line.setAttribute('data-n', String(number));
      number -= 1;
    }
  }

  #tidy(): void {
    if (this.#count > LONG) this.#figure?.classList.add('is-long');
    if (this.#loose < GROUP) return;
    const loose: Element[] = [];
    for (let line = this.#place.previousElementSibling; line?.classList.contains('line'); line = line.previousElementSibling) loose.unshift(line);
    let at = 0;
    for (; at + GROUP <= loose.length; at += GROUP) group(loose.slice(at, at + GROUP));
    this.#loose = loose.length - at;
  }
}

/** Numbers the lines. Not by CSS counters: each line that comes would cost WebKit a walk over all that are there. */
export function numberLines(figure: Element): void {
  const code = figure.querySelector('code');
  if (code) linesOf(code).forEach((line, n) => line.setAttribute('data-n', String(n + 1)));
}

/** Folds a block or unfolds it, and says so on its buttons. */
export function fold(figure: Element, folded: boolean, words: CodeWords): void {
  figure.classList.toggle('is-folded', folded);
  const button = figure.querySelector('[data-act="fold-code"]');
  button?.setAttribute('aria-expanded', String(!folded));
  if (button) button.textContent = folded ? words.unfold : words.fold;
  figure.querySelector('.code-more')?.remove();
  const code = figure.querySelector('code');
  if (!code) return;
  if (!folded) return void unveil(code);
  for (const group of [...code.querySelectorAll('.lines')].slice(1)) group.classList.add('is-veiled');
  const more = document.createElement('button');
  more.type = 'button';
  more.className = 'btn btn-quiet code-more';
  more.dataset['act'] = 'fold-code';
  more.setAttribute('aria-expanded', 'false');
  more.textContent = words.showAll(linesOf(code).length);
  figure.append(more);
}

/** Shows what folding took off the page, some hundred lines a frame. */
function unveil(code: Element): void {
  const veiled = [...code.querySelectorAll('.is-veiled')].slice(0, A_FRAME);
  for (const group of veiled) group.classList.remove('is-veiled');
  if (veiled.length === A_FRAME) requestAnimationFrame(() => !code.closest('.is-folded') && unveil(code));
}

const linesOf = (code: Element): Element[] => [...code.querySelectorAll('.line')];

function group(lines: readonly Element[]): void {
  const box = document.createElement('span');
  box.className = 'lines';
  lines[0]?.before(box);
  box.append(...lines);
}

function newlines(html: string): number {
  let count = 0;
  for (let at = html.indexOf('\n'); at >= 0; at = html.indexOf('\n', at + 1)) count += 1;
  return count;
}
