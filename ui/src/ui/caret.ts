// The caret behind what was written last, while an answer streams. Like every caret, it blinks only while nothing is written.
// A class tells where it stands: rules that look for the last block would have WebKit style the one before it anew, with all
// the lines in it, whenever a block comes.

/** Half of --caret-period. */
const BLINK_MS = 550;
/** What has lines of its own. */
const BOXES = 'p, ul, ol, li, blockquote, figure, div, pre';

export class Caret {
  readonly #sheet: Element;
  #place: Element | null = null;
  #written = false;
  #blinking: ReturnType<typeof setInterval> | undefined;

  constructor(sheet: Element) {
    this.#sheet = sheet;
  }

  get on(): boolean {
    return this.#blinking !== undefined;
  }

  // By hand: an endless CSS animation makes WebKit do a frame's work 60 times a second, even in steps.
  set on(on: boolean) {
    clearInterval(this.#blinking);
    this.#blinking = on ? setInterval(() => this.#blink(), BLINK_MS) : undefined;
    this.#stand(on ? placeIn(this.#sheet) : null);
  }

  /** Something was written. */
  follow(): void {
    if (!this.on) return;
    this.#written = true;
    this.#stand(placeIn(this.#sheet));
  }

  #stand(place: Element | null): void {
    this.#place?.classList.remove('is-blinked');
    if (this.#place === place) return;
    this.#place?.classList.remove('has-caret');
    place?.classList.add('has-caret');
    this.#place = place;
  }

  #blink(): void {
    if (this.#written) this.#written = false;
    else this.#place?.classList.toggle('is-blinked');
  }
}

/** Where the next word comes, if it comes into a text. */
function placeIn(sheet: Element): Element | null {
  const block = sheet.lastElementChild?.lastElementChild;
  let last = block?.lastElementChild;
  while (last?.matches('ul, ol, li, blockquote, [data-line]') && last.lastElementChild?.matches(BOXES)) last = last.lastElementChild;
  return last?.matches('p, li') ? last : null;
}
