// What is copied of messages as plain text: formulas as LaTeX, code and what the person wrote exactly, no button’s text.

const LEFT_OUT = new Set(['BUTTON', 'FIGCAPTION', 'IMG']);
const BLOCKS = new Set(['P', 'DIV', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'PRE', 'TABLE', 'TR', 'FIGURE', 'HR', 'ARTICLE']);
/** A blank line stands before and after these. */
const APART = new Set(['P', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'PRE', 'TABLE', 'BLOCKQUOTE', 'ARTICLE']);
/** Whose text counts letter by letter. */
export const EXACT = 'pre, .bubble';

export function plainText(root: Node): string {
  const text = new Text();
  text.take(root);
  return text.written.replace(/^\n+|\s+$/g, '');
}

class Text {
  written = '';

  take(node: Node): void {
    if (node.nodeType === Node.TEXT_NODE) return this.#words(node.textContent ?? '');
    if (node instanceof Element && LEFT_OUT.has(node.tagName)) return;
    if (node instanceof HTMLElement && node.matches('.math[data-tex]')) return this.#formula(node);
    if (!(node instanceof Element)) return node.childNodes.forEach((child) => this.take(child));
    if (node.matches(EXACT)) {
      this.#breaks(2);
      this.written += codeOf(node);
      return this.#breaks(2);
    }
    if (node.tagName === 'BR') this.written += '\n';
    const apart = APART.has(node.tagName) && !node.closest('li, td, th') ? 2 : 1;
    if (BLOCKS.has(node.tagName)) this.#breaks(apart);
    if (node.tagName === 'LI') this.written += mark(node);
    if (/^T[DH]$/.test(node.tagName) && node.previousElementSibling) this.written += '\t';
    node.childNodes.forEach((child) => this.take(child));
    if (BLOCKS.has(node.tagName)) this.#breaks(apart);
  }

  #words(text: string): void {
    const one = text.replace(/\s+/g, ' ');
    this.written += /(^|\s)$/.test(this.written) ? one.trimStart() : one;
  }

  #formula(math: HTMLElement): void {
    const block = math.classList.contains('math-block');
    if (block) this.#breaks(2);
    this.written += block ? `$$${math.dataset['tex']}$$` : `$${math.dataset['tex']}$`;
    if (block) this.#breaks(2);
  }

  /** At least so many line feeds at the end, if anything is written. */
  #breaks(count: number): void {
    if (this.written === '') return;
    this.written = this.written.replace(/ +$/, '');
    while (!this.written.endsWith('\n'.repeat(count))) this.written += '\n';
  }
}

/** The source that a code block shows. */
export const codeOf = (pre: Element): string => pre.textContent ?? '';

function mark(item: Element): string {
  const list = item.parentElement;
  const box = item.querySelector(':scope > input');
  const checked = box instanceof HTMLInputElement ? (box.checked ? '[x] ' : '[ ] ') : '';
  if (list?.tagName !== 'OL') return `- ${checked}`;
  const first = Number(list.getAttribute('start') ?? 1);
  return `${first + [...list.children].indexOf(item)}. ${checked}`;
}
