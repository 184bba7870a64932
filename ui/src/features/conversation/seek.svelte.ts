// Find, as the thread follows it: marks what is on the page and takes the reader to the current match.
import { tick, untrack } from 'svelte';
import type { Conversation, Turn } from '../../state/conversation.svelte';
import { find } from '../../state/find.svelte';
import type { Message } from '../../state/message.svelte';
import { unfoldAround } from '../../ui/answer-clicks';
import { words } from '../../words';
import { Marks, REASONING, topOf, WORDS } from './marks';
import type { Reading } from './reading.svelte';

/** An answer that grows is searched again this often. */
const AGAIN_MS = 500;
/** All of it each time. What grows long has so many times longer to wait than its last search took. */
const REST = 10;

export class Seek {
  readonly #marks = new Marks();
  readonly #reading: Reading;
  #thread: Element | null = null;
  #frame = 0;
  #going = 0;
  /** The answer to it grows, and is looked at. */
  #watched: Turn | null = null;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** Marks what is on the page now; for an effect that depends on what is shown and on what is found. */
  mark(thread: Element): void {
    this.#thread = thread;
    for (const row of this.#reading.rows) for (const message of row.chunk?.messages ?? []) void message.reasoningOpen;
    void find.found;
    void find.text;
    if (!find.open) return this.#marks.clear(thread);
    this.again();
  }

  /** What was folded is open: it is marked as well. */
  again(): void {
    if (!find.open) return;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (find.open && this.#thread) this.#marks.paint(this.#thread, find.text);
    });
  }

  /** Takes the reader to the current match, in the upper third of the view. */
  async reveal(conversation: Conversation, scroller: HTMLElement): Promise<void> {
    const going = (this.#going += 1);
    const match = find.current;
    if (!match) return void this.#marks.setCurrent(null, 0, '');
    this.#reading.follow.letGo();
    const third = scroller.clientHeight / 3;
    const article = this.#reading.article(match.message) ?? (await this.#reading.goTo(match.message, third));
    if (!article || going !== this.#going) return;
    const message = conversation.messages.find((m) => m.id === match.message);
    if (message?.role === 'user') message.unfolded = true;
    if (match.inReasoning && message) message.reasoningOpen = true;
    await tick();
    const before = find.found.find((f) => f.message === match.message)?.inReasoning ?? 0;
    const part = article.querySelector(match.inReasoning ? REASONING : WORDS);
    const range = this.#marks.setCurrent(part, match.inReasoning ? match.nth : match.nth - before, find.text);
    if (!range) return;
    const around = range.startContainer.parentElement;
    if (around) unfoldAround(around, words.chat.code);
    await this.#bring(range, scroller, third);
    this.again();
  }

  /** An answer that grows: what is new in it is marked and counted. For an effect that depends on the turn. */
  watch(conversation: Conversation, thread: Element): (() => void) | undefined {
    const turn = find.open ? conversation.turn : null;
    const ended = this.#watched;
    this.#watched = turn;
    // A turn ends when all of its answer is on the page, with what came since the last look. Not when the effect is undone, which
    // still sees the state from before.
    if (ended && ended !== turn && find.open) untrack(() => this.#look(ended.answer, thread));
    return turn ? this.#lookOften(turn, thread) : undefined;
  }

  #lookOften(turn: Turn, thread: Element): () => void {
    let timer: ReturnType<typeof setTimeout>;
    const after = (ms: number) => {
      timer = setTimeout(() => {
        const before = performance.now();
        this.#look(turn.answer, thread);
        after(Math.max(AGAIN_MS, REST * (performance.now() - before)));
      }, ms);
    };
    after(AGAIN_MS);
    return () => clearTimeout(timer);
  }

  #look(answer: Message | null, thread: Element): void {
    const article = answer && this.#reading.article(answer.id);
    const part = article?.querySelector(WORDS);
    if (!answer || !part || find.text.trim() === '') return;
    const thought = find.found.find((f) => f.message === answer.id)?.inReasoning ?? 0;
    find.recount(answer.id, thought, this.#marks.in(part, find.text).count);
    this.#marks.paint(thread, find.text);
  }

  /** Twice: what comes near is laid out only then, and may move the match. */
  async #bring(range: Range, scroller: HTMLElement, third: number): Promise<void> {
    const top = scroller.getBoundingClientRect().top;
    const at = topOf(range) - top;
    if (at > 40 && at < scroller.clientHeight - 160) return;
    for (let time = 0; time < 2; time += 1) {
      scroller.scrollTop += topOf(range) - top - third;
      await new Promise((done) => requestAnimationFrame(done));
    }
  }
}
