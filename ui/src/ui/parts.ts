// The parts that an answer's blocks come in: the engine passes over a part at once, where it would look at each of thousands of
// blocks in every frame. What comes faster than it can be laid out, and so is out of sight when it comes, is laid out later.

/** Blocks in one part. */
const A_PART = 50;
/** How high a letter of HTML makes a part, in pixels: only until it is laid out. */
const A_LETTER = 0.25;

export class Parts {
  readonly #sheet: HTMLElement;
  /** Those that are laid out later, the newest last. */
  readonly #far: HTMLElement[] = [];
  /** The newest one, if it is to be laid out later once another one stands below it; before that it is being read. */
  #late: HTMLElement | null = null;
  /** Letters in the newest one. */
  #letters = 0;

  constructor(sheet: HTMLElement) {
    this.#sheet = sheet;
  }

  /** Where a block of so many letters comes. `behind`: more of the answer waits than the next frame can lay out. */
  last(letters: number, behind: boolean): HTMLElement {
    const last = this.#sheet.lastElementChild as HTMLElement | null;
    const part = !last || last.childElementCount >= A_PART ? this.#begin(behind) : last;
    this.#letters += letters;
    return part;
  }

  /** A block has left this. */
  leave(part: Element | null): void {
    if (part?.classList.contains('part') && part.childElementCount === 0) part.remove();
  }

  /** Has the last part that is still to be laid out laid out with the next frame, and says whether there are more of them. */
  nearer(): boolean {
    this.#far.pop()?.classList.remove('is-far');
    return this.#far.length > 0;
  }

  #begin(behind: boolean): HTMLElement {
    this.#putOff();
    const part = document.createElement('div');
    part.className = 'part';
    this.#late = behind ? part : null;
    this.#letters = 0;
    this.#sheet.append(part);
    return part;
  }

  #putOff(): void {
    const late = this.#late;
    if (late?.parentElement !== this.#sheet) return;
    late.style.setProperty('contain-intrinsic-block-size', `auto ${Math.round(this.#letters * A_LETTER)}px`);
    late.classList.add('is-far');
    this.#far.push(late);
  }
}
