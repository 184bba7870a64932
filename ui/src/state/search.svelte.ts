// Searching everything: what is typed, what was found, and which of it is looked at.
import type { AppError, MessageView, SearchHit, SearchOrder, SearchResults } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { Later } from './later';

/** While the index is being filled, the same is asked again this often. */
const AGAIN_MS = 2_000;

const NOTHING: SearchResults = { hits: [], messages: 0, areMore: false, chats: 0, isRanked: false, misread: [], percent: null, ms: 0 };

/** Filters that the page sets in what is typed, by what they begin with. */
const withoutFilter = (text: string, key: string): string =>
  text.replace(new RegExp(`(^|\\s)${key}:(?:"[^"]*"?|\\S*)`, 'gi'), '$1').replace(/\s+/g, ' ').trim();

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
    this.#again.stop();
    this.settled = false;
    try {
      const results = this.isEmpty ? NOTHING : await commands.search_messages(this.text, this.order, 0);
      if (asked !== this.#asked) return;
      this.results = results;
      this.error = null;
      this.at = 0;
      this.settled = true;
      if (results.percent !== null) this.#again.in(AGAIN_MS);
      await this.look();
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
    const shown = hits.filter((hit) => hit.messageId !== null).length;
    if (!this.settled || (shown >= messages && !this.results.areMore)) return;
    const asked = this.#asked;
    this.settled = false;
    const next = await commands.search_messages(this.text, this.order, shown).catch(() => NOTHING);
    if (asked !== this.#asked) return;
    this.settled = true;
    this.results = { ...this.results, hits: [...hits, ...next.hits], areMore: next.hits.length > 0 && next.areMore, messages: Math.max(messages, next.messages) };
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
    if (looked === this.#previewed) this.preview = shown;
  }

  /** The message, under what it answers. */
  async #around(hit: SearchHit): Promise<readonly MessageView[]> {
    const [found] = await commands.load_messages(hit.conversationId, [hit.messageId!]);
    const parent = found?.facts.parentId ?? null;
    if (!found || parent === null || hit.role === 'user') return found ? [found] : [];
    return [...(await commands.load_messages(hit.conversationId, [parent])), found];
  }

  /** Sets a filter in what is typed, or takes it out. */
  filter(key: string, value: string | null): void {
    const rest = withoutFilter(this.text, key);
    this.text = value === null ? rest : `${rest} ${key}:${value}`.trim();
    // What is typed next is another word.
    if (this.text !== '') this.text += ' ';
    void this.run();
  }

  has(key: string, value?: string): boolean {
    return new RegExp(`(^|\\s)${key}:${value ?? '\\S+'}(\\s|$)`, 'i').test(this.text);
  }

  clear(): void {
    this.text = '';
    void this.run();
  }
}

export const search = new Search();
