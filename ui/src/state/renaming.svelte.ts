// A name that is being changed in its place: whether it is, and what was typed so far.
import { begun } from './unfinished';

export class Renaming {
  on = $state(false);
  readonly #of: string;

  /** `of` says what gets the name, for a page that takes this one's place. */
  constructor(of: string) {
    this.#of = of;
    this.on = begun.get('rename')?.of === of;
  }

  get typed(): string | undefined {
    const rename = begun.get('rename');
    return rename?.of === this.#of ? rename.name : undefined;
  }

  begin(): void {
    this.on = true;
  }

  note(name: string): void {
    begun.note('rename', { of: this.#of, name });
  }

  end(): void {
    this.on = false;
    if (begun.get('rename')?.of === this.#of) begun.ended('rename');
  }
}
