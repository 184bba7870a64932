// Searching everything: what is typed, what was found, and which of it is looked at.
import type { AppError, MessageView, SearchHit, SearchOrder, SearchResults } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { Later } from './later';
import { filtersIn, isSame, without, written, type FilterKey } from './search-filters';

/** While the index is being filled, the same is asked again this often. */
const AGAIN_MS = 2_000;

const NOTHING: SearchResults = { hits: [], messages: 0, areMore: false, chats: 0, isRanked: false, misread: [], percent: null, ms: 0 };

/** Which one it is, wherever it stands among the others. */
const keyOf = (hit: SearchHit): string => `${hit.conversationId}-${hit.messageId}`;
/** What came since moves the pages: what is on two of them is there once. */
function joined(hits: readonly SearchHit[], next: readonly SearchHit[]): SearchHit[] {
  const known = new Set(hits.map(keyOf));
  return [...hits, ...next.filter((hit) => !known.has(keyOf(hit)))];
}
const isMessage = (hit: SearchHit): boolean => hit.messageId !== null;

export class Search {
  text = $state('');
  order: SearchOrder = $state('fitting');
  results: SearchResults = $state.raw(NOTHING);
  /** Whether `results` answers `text`. */
  settled = $state(true);
  error: AppError | null = $state.raw(null);
  at = $state(0);
  preview: readonly MessageView[] = $state.raw([]);
  #asked = 0;
  /** What `results` is the answer to. */
  #answered = '';
  /** Which hit `preview` shows. */
  #seen = '';
  #previewed = 0;
  readonly #again = new Later(() => void this.run());

  get hit(): SearchHit | null {
    return this.results.hits[this.at] ?? null;
  }

  get isEmpty(): boolean {
    return this.text.trim() === '';
  }

  /** Asks. What was asked before is not answered any more. */
  async run(): Promise<void> {
    const asked = (this.#asked += 1);
    const question = `${this.order}\n${this.text}`;
    // Asked the same again, while the index fills: the hit that is looked at stays, and so do those below it.
    const before = question === this.#answered ? this.results.hits : [];
    const looked = before[this.at];
    this.#again.stop();
    this.settled = false;
    try {
      let results = this.isEmpty ? NOTHING : await commands.search_messages(this.text, this.order, 0);
      while (asked === this.#asked && results.hits.length < before.length) {
        const next = await commands.search_messages(this.text, this.order, results.hits.filter(isMessage).length);
        const hits = joined(results.hits, next.hits);
        if (hits.length === results.hits.length) break;
        results = { ...results, hits };
      }
      if (asked !== this.#asked) return;
      const stays = looked ? results.hits.findIndex((hit) => keyOf(hit) === keyOf(looked)) : 0;
      this.results = results;
      this.#answered = question;
      this.error = null;
      this.at = stays >= 0 ? stays : Math.max(0, Math.min(this.at, results.hits.length - 1));
      this.settled = true;
      if (results.percent !== null) this.#again.in(AGAIN_MS);
      // What is read in the preview does not move under the eye.
      if (!(looked && stays >= 0 && this.#seen === keyOf(looked))) await this.look();
    } catch (reason) {
      if (asked !== this.#asked) return;
      this.settled = true;
      // Somebody else asked in between, such as the palette: what is shown stays.
      this.error = (reason as AppError).code === 'cancelled' ? null : (reason as AppError);
    }
  }

  /** More of the same, below. */
  async more(): Promise<void> {
    const { hits, messages } = this.results;
    const shown = hits.filter(isMessage).length;
    if (!this.settled || (shown >= messages && !this.results.areMore)) return;
    const asked = this.#asked;
    this.settled = false;
    const next = await commands.search_messages(this.text, this.order, shown).catch(() => NOTHING);
    if (asked !== this.#asked) return;
    this.settled = true;
    this.results = { ...this.results, hits: joined(hits, next.hits), areMore: next.hits.length > 0 && next.areMore, messages: Math.max(messages, next.messages) };
  }

  async go(at: number): Promise<void> {
    this.at = Math.max(0, Math.min(this.results.hits.length - 1, at));
    await this.look();
  }

  /** Fetches what is looked at. */
  async look(): Promise<void> {
    const looked = (this.#previewed += 1);
    const hit = this.hit;
    const ids = hit?.messageId ?? null;
    const shown = hit && ids !== null ? await this.#around(hit).catch(() => []) : [];
    if (looked !== this.#previewed) return;
    this.preview = shown;
    this.#seen = hit ? keyOf(hit) : '';
  }

  /** The message, under what it answers. */
  async #around(hit: SearchHit): Promise<readonly MessageView[]> {
    const [found] = await commands.load_messages(hit.conversationId, [hit.messageId!]);
    const parent = found?.facts.parentId ?? null;
    if (!found || parent === null || hit.role === 'user') return found ? [found] : [];
    return [...(await commands.load_messages(hit.conversationId, [parent])), found];
  }

  /** Sets a filter in what is typed, or takes it out. */
  filter(key: FilterKey, value: string | null): void {
    const rest = without(this.text, (one) => one.key === key);
    this.text = value === null ? rest : `${rest} ${written(key, value)}`.trim();
    // What is typed next is another word.
    if (this.text !== '') this.text += ' ';
    void this.run();
  }

  /** Sets one of several values that a filter can have at once, or takes only that one out. */
  toggle(key: FilterKey, value: string): void {
    const rest = without(this.text, (one) => one.key === key && isSame(key, one.value, value));
    this.text = `${this.has(key, value) ? rest : `${rest} ${written(key, value)}`.trim()} `.trimStart();
    void this.run();
  }

  /** What a filter of it says, if it says anything. */
  said(key: FilterKey): string | null {
    return filtersIn(this.text).find((one) => one.key === key && one.value.trim() !== '')?.value ?? null;
  }

  has(key: FilterKey, value: string): boolean {
    return filtersIn(this.text).some((one) => one.key === key && isSame(key, one.value, value));
  }

  /** What is looked for beside the filters. */
  get words(): string {
    return without(this.text, () => true);
  }

  get isFiltered(): boolean {
    return this.words !== this.text.replace(/\s+/g, ' ').trim();
  }

  /** Looks for the same words everywhere. */
  unfilter(): void {
    this.text = this.words;
    void this.run();
  }

  clear(): void {
    this.text = '';
    void this.run();
  }
}

export const search = new Search();
