// What is copied of messages. As plain text: formulas as LaTeX, code and what the person wrote exactly, no button’s text.

const LEFT_OUT = new Set(['BUTTON', 'FIGCAPTION', 'IMG']);
const BLOCKS = new Set(['P', 'DIV', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'PRE', 'TABLE', 'TR', 'FIGURE', 'HR', 'ARTICLE', 'SUMMARY']);
/** A blank line stands before and after these. */
const APART = new Set(['P', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'PRE', 'TABLE', 'BLOCKQUOTE', 'ARTICLE']);
/** Whose text counts letter by letter. */
export const EXACT = 'pre, .bubble';

export function plainText(root: Node): string {
  const text = new Text();
  text.take(root);
  return text.written.replace(/^\n+/, '').trimEnd();
}

/** For programs that take more than text: what is shown, without what can only be used here. */
export function richText(root: Element): string {
  const copied = root.cloneNode(true) as Element;
  for (const control of copied.querySelectorAll('button, figcaption')) control.remove();
  for (const mark of copied.querySelectorAll('a.cite')) mark.replaceWith(mark.textContent ?? '');
  return copied.innerHTML;
}

/** In pieces: looking at the end of one long text would put it together anew for every word. */
class Text {
  readonly #pieces: string[] = [];
  /** Items so far of each list. */
  readonly #items = new Map<Element, number>();

  get written(): string {
    return this.#pieces.join('');
  }

  take(node: Node): void {
    if (node.nodeType === Node.TEXT_NODE) return this.#words(node.textContent ?? '');
    if (node instanceof Element && LEFT_OUT.has(node.tagName)) return;
    if (node instanceof HTMLElement && node.matches('.math[data-tex]')) return this.#formula(node);
    if (!(node instanceof Element)) return node.childNodes.forEach((child) => this.take(child));
    if (node.matches(EXACT)) {
      this.#breaks(2);
      this.#write(codeOf(node));
      return this.#breaks(2);
    }
    if (node.tagName === 'BR') this.#write('\n');
    const apart = APART.has(node.tagName) && !node.closest('li, td, th') ? 2 : 1;
    if (BLOCKS.has(node.tagName)) this.#breaks(apart);
    if (node.tagName === 'LI') this.#write(this.#mark(node));
    if (/^T[DH]$/.test(node.tagName) && node.previousElementSibling) this.#write('\t');
    node.childNodes.forEach((child) => this.take(child));
    if (BLOCKS.has(node.tagName)) this.#breaks(apart);
  }

  #words(text: string): void {
    const one = text.replace(/\s+/g, ' ');
    this.#write(/(^|\s)$/.test(this.#end(1)) ? one.trimStart() : one);
  }

  #formula(math: HTMLElement): void {
    const block = math.classList.contains('math-block');
    if (block) this.#breaks(2);
    this.#write(block ? `$$${math.dataset['tex']}$$` : `$${math.dataset['tex']}$`);
    if (block) this.#breaks(2);
  }

  /** At least so many line feeds at the end, if anything is written. */
  #breaks(count: number): void {
    if (this.#pieces.length === 0) return;
    this.#dropSpaces();
    while (this.#end(count) !== '\n'.repeat(count)) this.#write('\n');
  }

  #mark(item: Element): string {
    const list = item.parentElement;
    const box = item.querySelector(':scope > input');
    const checked = box instanceof HTMLInputElement ? (box.checked ? '[x] ' : '[ ] ') : '';
    if (list?.tagName !== 'OL') return `- ${checked}`;
    const before = this.#items.get(list) ?? 0;
    this.#items.set(list, before + 1);
    return `${Number(list.getAttribute('start') ?? 1) + before}. ${checked}`;
  }

  #write(text: string): void {
    if (text !== '') this.#pieces.push(text);
  }

  /** The last letters, so many if there are. */
  #end(count: number): string {
    let end = '';
    for (let at = this.#pieces.length - 1; at >= 0 && end.length < count; at -= 1) end = this.#pieces[at]!.slice(-count) + end;
    return end.slice(-count);
  }

  #dropSpaces(): void {
    for (let last = this.#pieces.pop(); last !== undefined; last = this.#pieces.pop()) {
      let end = last.length;
      while (last[end - 1] === ' ') end -= 1;
      if (end > 0) return void this.#pieces.push(last.slice(0, end));
    }
  }
}

/** The source that a code block shows. */
export const codeOf = (pre: Element): string => pre.textContent ?? '';
