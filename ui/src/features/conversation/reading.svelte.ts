// Reading a conversation of any length: what is on the page, what is held in place, where to go. The rules of following
// are in follow.ts, those of the window in window.ts, those of holding in anchor.ts; here they meet the page.
import { tick } from 'svelte';
import type { MessageId } from '../../ipc/bindings/types';
import { attempt } from '../../state/attempt';
import type { Chunk } from '../../state/chunk.svelte';
import type { Conversation } from '../../state/conversation.svelte';
import { conversations } from '../../state/conversations.svelte';
import { Anchor, firstBelow } from './anchor';
import { Follow } from './follow';
import { AHEAD, endsOf, indexBelow, rowsOf, windowed, type Row } from './window';

/** Messages of chunks this far from what is shown are let go. */
const LET_GO = 75;
/** So often what is opened is looked at for room, at most. Each round adds what its guesses say, and a screen is only so high. */
const ROUNDS = 5;
/** The most messages that native gives at once. */
const AT_ONCE = 40;

export class Reading {
  readonly follow = new Follow();
  readonly #anchor = new Anchor();
  #scroller!: HTMLElement;
  #thread!: HTMLElement;
  #conversation: Conversation = $state.raw()!;
  /** Counts what was shown and hidden. */
  #shown = $state(0);
  /** In a gap there is nothing to hold but a place: a chunk, and how much of it lies above the view. */
  #gap: { chunk: Chunk; share: number } | null = null;
  #frame = 0;
  /** Of all that scrolls, and of what shows it, when they were last looked at. */
  #height = 0;
  #room = 0;
  #loading = false;
  /** What is opened and not yet on the screen: until then nothing is made for later. */
  #opening: Conversation | null = null;
  #mounted = false;

  /** What stands on the page, from the first message to the last. */
  readonly rows: readonly Row[] = $derived.by(() => {
    void this.#shown;
    return rowsOf(this.#conversation.chunks);
  });

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  /** The page is there. */
  mount(scroller: HTMLElement, thread: HTMLElement): void {
    this.#scroller = scroller;
    this.#thread = thread;
    this.#mounted = true;
  }

  unmount(): void {
    this.#mounted = false;
    cancelAnimationFrame(this.#frame);
    trim(this.#conversation);
  }

  get distance(): number {
    return this.#scroller.scrollHeight - this.#scroller.clientHeight - this.#scroller.scrollTop;
  }

  toEnd(): void {
    this.#look();
    this.#scroller.scrollTop = this.#height;
  }

  toStart(): void {
    this.follow.letGo();
    this.#scroller.scrollTop = 0;
    this.#take();
    this.#soon();
  }

  /** The reader, or one of us, has scrolled. */
  scrolled(): void {
    // What has another height than was looked at moves by itself, until `resized` brings it to the end again. So does all of it
    // where the window or the text got another size.
    const { scrollHeight, clientHeight } = this.#scroller;
    if (this.follow.on && (scrollHeight !== this.#height || clientHeight !== this.#room)) return;
    this.#look();
    this.follow.scrolled(this.#scroller.scrollTop, this.distance);
    this.#take();
    this.#soon();
  }

  /** Something on the page has another height than before: nothing in view may move. */
  resized(changes: readonly ResizeObserverEntry[]): void {
    for (const { target, contentRect } of changes) this.#measured(target, contentRect.height);
    if (!this.follow.on) this.#stay();
    else this.toEnd();
    this.#soon();
  }

  #look(): void {
    this.#height = this.#scroller.scrollHeight;
    this.#room = this.#scroller.clientHeight;
  }

  /** Another conversation takes the page. */
  turnTo(conversation: Conversation): void {
    if (this.#conversation === conversation) return;
    trim(this.#conversation);
    this.#conversation = conversation;
    this.#anchor.letGo();
    this.#gap = null;
  }

  /** Shows the conversation where its reader left it, or its end if that can’t be fetched. */
  async open(): Promise<void> {
    const conversation = (this.#opening = this.#conversation);
    const { place } = conversation;
    try {
      const isThere = place && (await this.goTo(place.message, place.offset)) !== null;
      if (!isThere && conversation === this.#conversation) {
        this.follow.jump();
        await tick();
        this.toEnd();
      }
      await this.#fill();
      await afterPaint();
    } finally {
      if (this.#opening === conversation) this.#opening = null;
    }
    this.#soon();
    await this.#outline();
  }

  /** Short messages leave room for more of them. Their chunk is higher in every guess than on the page, so it is measured first. */
  async #fill(): Promise<void> {
    let filled = false;
    for (let round = 0; round < ROUNDS && !filled && this.#mounted; round += 1) {
      for (const box of this.#thread.children) this.#measured(box, box.getBoundingClientRect().height);
      filled = !this.#refresh();
      await tick();
      if (this.follow.on) this.toEnd();
      else this.#stay();
    }
  }

  /** Puts the top of a message so far below the edge of the view, wherever in the conversation it is. */
  async goTo(message: MessageId, offset: number): Promise<HTMLElement | null> {
    const conversation = this.#conversation;
    this.follow.letGo();
    if (conversation.chunkOf(message) < 0) await this.#outline();
    const at = conversation.chunkOf(message);
    if (at < 0) return null;
    const near = conversation.chunks.slice(Math.max(0, at - 1), at + 2);
    // What can’t be fetched leaves what is there already.
    await attempt(() => conversations.loadChunks(conversation, near));
    for (const chunk of near) if (chunk.messages) chunk.shown = true;
    this.#shown += 1;
    await tick();
    const article = this.article(message);
    if (!article || conversation !== this.#conversation) return null;
    this.#scroller.scrollTop += article.getBoundingClientRect().top - this.#top - offset;
    this.#take();
    this.#soon();
    return article;
  }

  article(message: MessageId): HTMLElement | null {
    return this.#thread.querySelector(`[data-message="${message}"]`);
  }

  /** Does something to the page that may change heights, with `element` staying where it is; above the view, what is in view. */
  async hold(element: Element, change: () => void): Promise<void> {
    this.follow.letGo();
    const { top: before, bottom } = element.getBoundingClientRect();
    const isAbove = bottom <= this.#top;
    if (isAbove) this.#take();
    change();
    await tick();
    if (isAbove) this.#stay();
    else this.#scroller.scrollTop += element.getBoundingClientRect().top - before;
    this.#take();
  }

  /** The message before or after the one that has the focus, or that is read. */
  neighbour(step: 1 | -1): MessageId | null {
    const ids = this.#conversation.chunks.flatMap((chunk) => chunk.ids);
    const focused = document.activeElement?.closest<HTMLElement>('article');
    const here = focused ?? this.#topmost();
    if (!here) return null;
    const at = ids.indexOf(Number(here.dataset['message']));
    // What begins above the edge of the view is itself the one before.
    const begun = !focused && (step < 0 ? here.getBoundingClientRect().top < this.#top - 1 : here.getBoundingClientRect().top > this.#top + 8);
    // Where there is none, the one that is read gets the focus at least.
    return ids[begun ? at : at + step] ?? (focused ? null : (ids[at] ?? null));
  }

  get #top(): number {
    return this.#scroller.getBoundingClientRect().top;
  }

  #topmost(): HTMLElement | null {
    const box = firstBelow(this.#thread.children, this.#top);
    return box && (firstBelow(box.querySelectorAll('article'), this.#top) as HTMLElement | null);
  }

  #take(): void {
    this.#anchor.letGo();
    this.#gap = null;
    if (this.follow.on) this.#conversation.place = null;
    if (this.follow.on) return;
    const box = firstBelow(this.#thread.children, this.#top);
    const row = box && this.rows[indexIn(this.#thread, box)];
    if (!row) return;
    if (!row.chunk) return this.#takeGap();
    this.#anchor.take(box, this.#top);
    const article = this.#topmost();
    if (article) this.#conversation.place = { message: Number(article.dataset['message']), offset: article.getBoundingClientRect().top - this.#top };
  }

  #takeGap(): void {
    const { chunks } = this.#conversation;
    const ends = this.#ends();
    const at = indexBelow(chunks.length, (n) => ends[n]!, this.#top);
    const chunk = chunks[at];
    if (chunk) this.#gap = { chunk, share: Math.min(1, 1 - (ends[at]! - this.#top) / Math.max(1, chunk.height)) };
  }

  #stay(): void {
    const drift = this.#gap ? this.#gapDrift(this.#gap.chunk, this.#gap.share) : this.#anchor.drift(this.#top);
    if (drift === null) return;
    if (Math.abs(drift) >= 1) this.#scroller.scrollTop += drift;
    // The place has filled: from now on, what is in it is held.
    if (this.#gap?.chunk.shown) this.#take();
  }

  #gapDrift(chunk: Chunk, share: number): number {
    const at = this.#conversation.chunks.indexOf(chunk);
    return at < 0 ? 0 : this.#ends()[at]! - (1 - share) * chunk.height - this.#top;
  }

  #ends(): Float64Array {
    const boxes = this.#thread.children;
    return endsOf(this.#conversation.chunks, this.rows, (n) => boxes[n]?.getBoundingClientRect().top ?? 0);
  }

  #measured(target: Element, height: number): void {
    if (target.parentElement !== this.#thread || height === 0) return;
    const chunk = this.rows[indexIn(this.#thread, target)]?.chunk;
    if (chunk) chunk.height = height;
  }

  #soon(): void {
    if (!this.#mounted) return;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#refresh();
    });
  }

  /** Whether something is shown now that wasn’t. */
  #refresh(): boolean {
    const { chunks } = this.#conversation;
    // Between a change and its painting the boxes are not those of the rows.
    if (this.#thread.childElementCount !== this.rows.length) return false;
    const kept = this.#kept();
    const { top, bottom } = this.#scroller.getBoundingClientRect();
    const view = { top, bottom, ahead: this.#opening ? 0 : AHEAD };
    const change = windowed(chunks, this.#ends(), view, (at) => kept.has(chunks[at]!));
    for (const at of change.show) chunks[at]!.shown = true;
    for (const at of change.hide) chunks[at]!.shown = false;
    if (change.hide.length > 0) this.#letGo();
    if (change.hide.length + change.show.length > 0) this.#shown += 1;
    if (change.load.length > 0) void this.#load(change.load);
    else if (change.more) this.#soon();
    return change.show.length > 0;
  }

  async #load(missing: readonly number[]): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    const conversation = this.#conversation;
    try {
      let messages = 0;
      const chunks = missing.map((at) => conversation.chunks[at]!);
      await conversations.loadChunks(conversation, chunks.filter((chunk) => (messages += chunk.ids.length) <= AT_ONCE));
      this.#soon();
    } catch {
      // The next scroll asks again.
    } finally {
      this.#loading = false;
    }
  }

  async #outline(): Promise<void> {
    try {
      await conversations.outline(this.#conversation);
      await tick();
      this.#soon();
    } catch {
      // Opened again, it asks again; what is loaded can be read.
    }
  }

  /** The end, where answers grow, and whatever holds the focus or an end of the selection. */
  #kept(): Set<Chunk> {
    const { chunks } = this.#conversation;
    const kept = new Set(chunks.slice(-1));
    const selection = getSelection();
    const held = [document.activeElement, ...(selection?.isCollapsed === false ? [selection.anchorNode, selection.focusNode] : [])];
    for (const node of held) {
      const article = (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('article');
      const chunk = article && this.#thread.contains(article) && chunks[this.#conversation.chunkOf(Number(article.dataset['message']))];
      if (chunk) kept.add(chunk);
    }
    return kept;
  }

  #letGo(): void {
    const { chunks } = this.#conversation;
    const first = chunks.findIndex((chunk, at) => chunk.shown && at < chunks.length - 1);
    if (first < 0) return;
    const last = chunks.findLastIndex((chunk, at) => chunk.shown && at < chunks.length - 1);
    chunks.forEach((chunk, at) => {
      if (at < first - LET_GO || (at > last + LET_GO && at < chunks.length - 1)) chunk.messages = null;
    });
  }
}

/** What goes shall come back without much on it: its end, and where it was read. */
function trim(left: Conversation): void {
  const place = left.place && left.chunkOf(left.place.message);
  left.chunks.forEach((chunk, at) => (chunk.shown = at === place || at === left.chunks.length - 1));
}

const indexIn = (parent: Element, child: Element) => Array.prototype.indexOf.call(parent.children, child);

/** After what is on its way to the screen is there. */
const afterPaint = () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
