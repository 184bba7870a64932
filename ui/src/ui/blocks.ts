// An answer on the page: one element a block, in parts, changed by patches. The only code that sets HTML.
// The HTML is safe because `render` (native) made it; nothing else may come in here.
import type { Patch } from '../ipc/bindings/types';
import { become, joinText } from './become';
import { Caret } from './caret';
import { closeGroups, dressCode, GrowingLines, type CodeWords } from './code-lines';
import { ENDLESS, markEndless, markEndlessEnd } from './endless';
import { Folds, isFold } from './folds';
import { Slices, type Piece } from './slices';

/** Blocks in one part: the engine passes over a part at once, where it would look at each of thousands of blocks in every frame. */
const A_PART = 50;
/** How a block begins that says what is plain text. */
const NOTE = '<p class="plain-note"';

export class Sheet {
  readonly element = document.createElement('div');
  readonly #blocks: HTMLElement[] = [];
  readonly #folds = new Folds();
  /** What is being written in a growing block; searching for it in every patch would cost the block's length. */
  #line: { of: HTMLElement; element: Element; lines: GrowingLines | null } | null = null;

  readonly #slices = new Slices((piece) => this.apply(piece));
  readonly #caret = new Caret(this.element);
  /** Asks for all of it formatted, once all of it is there. */
  #wish: Element | null = null;

  /** With `words` the code blocks of a finished answer get what long ones need. */
  constructor(blocks: readonly string[] = [], words?: CodeWords) {
    this.element.className = 'prose';
    for (const html of blocks) this.#append(html);
    if (words && blocks.length > 0) dressCode(this.element, words);
  }

  /** While an answer streams, a caret stands at its end. */
  set live(on: boolean) {
    this.#caret.on = on;
    this.#wish?.toggleAttribute('hidden', on);
  }

  /** For its place on the page, where it comes for the first time or comes back. */
  placed(): HTMLElement {
    if (!this.#caret.on) closeGroups(this.element);
    return this.element;
  }

  get isEmpty(): boolean {
    return this.#blocks.length === 0;
  }

  /** Applies it as frames have time for it: a large patch must make none late. */
  take(patch: Patch): void {
    this.#slices.take(patch);
  }

  whenDone(run: () => void): void {
    this.#slices.whenDone(run);
  }

  hurry(): void {
    this.#slices.hurry();
  }

  apply(patch: Piece): void {
    let kept = Math.min(patch.keep, this.#blocks.length);
    const growing = patch.grow && this.#blocks[kept];
    if (patch.grow && growing) {
      this.#grow(growing, patch.grow.done, patch.grow.line);
      kept += 1;
    }
    const replaced = this.#replaceable(kept, patch.blocks);
    patch.blocks.slice(0, replaced).forEach((html, i) => this.#set(this.#blocks[kept + i]!, html));
    // An answer that is told anew as a whole must not fall together between two frames.
    if (!patch.more || replaced < patch.blocks.length) this.#cutAt(kept + replaced);
    for (const html of patch.blocks.slice(replaced)) this.#append(html);
    if (patch.blocks.length > 0) this.#line = null;
    this.#caret.follow();
  }

  #grow(block: HTMLElement, done: string, line: string): void {
    if (this.#line?.of !== block) {
      const element = block.querySelector('[data-line]');
      const code = element?.closest('figure.code');
      this.#line = element && { of: block, element, lines: code ? new GrowingLines(code, element) : null };
    }
    if (!this.#line) return;
    const { element, lines } = this.#line;
    // Lines of code come by the hundred, and nothing in the one that is being written can be pressed.
    if (lines) {
      for (const [box, some] of lines.places(done)) box.insertAdjacentHTML('beforeend', some);
      return setHtml(element, line);
    }
    const before = element.previousSibling;
    if (done !== '') element.insertAdjacentHTML('beforebegin', done);
    joinText(before);
    markEndlessEnd(element.previousSibling);
    changeHtml(element, line);
  }

  /** How many blocks can become others where they stand. What begins or ends a fold decides where all after it stand. */
  #replaceable(from: number, blocks: readonly string[]): number {
    const most = Math.min(this.#blocks.length - from, blocks.length);
    for (let i = 0; i < most; i += 1) if (isFold(blocks[i]!) || this.#folds.has(this.#blocks[from + i]!)) return i;
    return most;
  }

  #cutAt(at: number): void {
    for (const block of this.#blocks.splice(at).reverse()) {
      const part = block.parentElement;
      this.#folds.leave(block);
      block.remove();
      if (part?.className === 'part' && part.childElementCount === 0) part.remove();
    }
  }

  #append(html: string): void {
    const block = isFold(html) ? this.#fold(html) : document.createElement('div');
    block.classList.add('block');
    if (!isFold(html)) this.#set(block, html);
    this.#blocks.push(block);
    this.#folds.place(block, () => this.#lastPart());
  }

  #set(block: HTMLElement, html: string): void {
    setBlock(block, html);
    if (!html.startsWith(NOTE)) return;
    this.#wish = block.querySelector('[data-act="show-formatted"]');
    this.#wish?.toggleAttribute('hidden', this.#caret.on);
  }

  #fold(html: string): HTMLElement {
    const mark = this.#folds.enter(html);
    if (mark.words) setHtml(mark.words, mark.html);
    return mark.block;
  }

  #lastPart(): Element {
    const last = this.element.lastElementChild;
    if (last && last.childElementCount < A_PART) return last;
    const part = document.createElement('div');
    part.className = 'part';
    // To a screen reader a part without a role is nothing, and all blocks are children of the answer: WebKit then lists them anew
    // for every part that comes, 200 ms for 20,000 of them.
    if (last) for (const one of [last, part]) one.setAttribute('role', 'group');
    this.element.append(part);
    return part;
  }
}

/** A code block has no direction to find, and WebKit would look for it in all its lines whenever one comes. */
function setBlock(block: HTMLElement, html: string): void {
  block.dir = html.startsWith('<figure') ? 'ltr' : 'auto';
  changeHtml(block, html);
  if (html.length >= ENDLESS) markEndless(block);
}

function changeHtml(element: Element, html: string): void {
  if (!element.hasChildNodes()) return setHtml(element, html);
  const fresh = element.cloneNode(false) as Element;
  setHtml(fresh, html);
  become(element, fresh);
}

function setHtml(element: Element, html: string): void {
  element.innerHTML = html;
}
