// Reading a conversation of any length: what is on the page, what is held in place, where to go. The rules of following
// are in follow.ts, those of the window in window.ts, those of holding in anchor.ts; here they meet the page.
import { tick } from 'svelte';
import type { MessageId } from '../../ipc/bindings/types';
import type { Conversation, Place } from '../../state/conversation.svelte';
import { conversations } from '../../state/conversations.svelte';
import { Anchor, firstBelow } from './anchor';
import { Follow } from './follow';
import { windowed } from './window';

/** Messages of chunks this far from what is shown are let go. */
const LET_GO = 30;
/** The most that native gives at once is 40 messages. */
const AT_ONCE = 3;

export class Reading {
  readonly follow = new Follow();
  readonly #anchor = new Anchor();
  readonly #scroller: HTMLElement;
  readonly #thread: HTMLElement;
  readonly #onchange: () => void;
  #conversation: Conversation;
  #frame = 0;
  #loading = false;

  /** `onchange` hears when other messages are on the page. */
  constructor(scroller: HTMLElement, thread: HTMLElement, conversation: Conversation, onchange: () => void) {
    this.#scroller = scroller;
    this.#thread = thread;
    this.#conversation = conversation;
    this.#onchange = onchange;
  }

  get distance(): number {
    return this.#scroller.scrollHeight - this.#scroller.clientHeight - this.#scroller.scrollTop;
  }

  toEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** The reader, or one of us, has scrolled. */
  scrolled(): void {
    this.follow.scrolled(this.#scroller.scrollTop, this.distance);
    this.#take();
    this.#soon();
  }

  /** Something on the page has another height than before: nothing in view may move. */
  resized(changes: readonly ResizeObserverEntry[]): void {
    for (const { target, contentRect } of changes) this.#measured(target, contentRect.height);
    if (this.follow.on) this.toEnd();
    else this.#stay();
    this.#soon();
  }

  /** Shows a conversation, where its reader left it or at its end. */
  async open(conversation: Conversation): Promise<void> {
    this.#conversation = conversation;
    this.#anchor.letGo();
    const place = conversation.place;
    if (place) {
      this.follow.letGo();
      await this.goTo(place.message, place.offset);
    } else {
      this.follow.jump();
      await tick();
      this.toEnd();
    }
    this.#soon();
    await afterPaint();
    await this.#outline();
  }

  /** Called before another conversation takes the page: it shall come back without much on it. */
  leave(conversation: Conversation): void {
    const place = conversation.place && conversation.chunkOf(conversation.place.message);
    conversation.chunks.forEach((chunk, at) => {
      chunk.shown = at === place || (place === null && at === conversation.chunks.length - 1);
    });
  }

  /** Puts the top of a message so far below the edge of the view, wherever in the conversation it is. */
  async goTo(message: MessageId, offset: number): Promise<HTMLElement | null> {
    const conversation = this.#conversation;
    this.follow.letGo();
    if (conversation.chunkOf(message) < 0) await this.#outline();
    const at = conversation.chunkOf(message);
    if (at < 0) return null;
    const near = conversation.chunks.slice(Math.max(0, at - 1), at + 2);
    await conversations.loadChunks(conversation, near);
    for (const chunk of near) if (chunk.messages) chunk.shown = true;
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

  /** Does something to the page that may change heights, with `element` staying where it is. */
  async hold(element: Element, change: () => void): Promise<void> {
    this.follow.letGo();
    const before = element.getBoundingClientRect().top;
    change();
    await tick();
    this.#scroller.scrollTop += element.getBoundingClientRect().top - before;
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
    return ids[begun ? at : at + step] ?? null;
  }

  get #top(): number {
    return this.#scroller.getBoundingClientRect().top;
  }

  #topmost(): HTMLElement | null {
    const chunk = firstBelow(this.#thread.children, this.#top);
    return chunk && (firstBelow(chunk.querySelectorAll('article'), this.#top) as HTMLElement | null);
  }

  #take(): void {
    if (this.follow.on) this.#anchor.letGo();
    else this.#anchor.take(this.#scroller, this.#thread.children);
    this.#conversation.place = this.follow.on ? null : (this.#place() ?? this.#conversation.place);
  }

  #place(): Place | null {
    const article = this.#topmost();
    return article && { message: Number(article.dataset['message']), offset: article.getBoundingClientRect().top - this.#top };
  }

  #stay(): void {
    const drift = this.#anchor.drift(this.#scroller);
    if (Math.abs(drift) >= 1) this.#scroller.scrollTop += drift;
  }

  #measured(target: Element, height: number): void {
    const chunk = target.parentElement === this.#thread && this.#conversation.chunks[indexIn(this.#thread, target)];
    if (chunk && chunk.shown && height > 0) chunk.height = height;
  }

  #soon(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#refresh();
    });
  }

  #refresh(): void {
    const { chunks } = this.#conversation;
    const places = this.#thread.children;
    if (places.length !== chunks.length) return;
    const kept = this.#kept();
    const parts = chunks.map((chunk, at) => ({ loaded: chunk.messages !== null, shown: chunk.shown, kept: chunk.shown && kept(places[at]!) }));
    const { top, bottom } = this.#scroller.getBoundingClientRect();
    const change = windowed(parts, (at) => places[at]!.getBoundingClientRect().bottom, { top, bottom });
    for (const at of change.show) chunks[at]!.shown = true;
    for (const at of change.hide) chunks[at]!.shown = false;
    if (change.hide.length > 0) this.#letGo();
    if (change.show.length > 0) this.#onchange();
    if (change.load.length > 0) void this.#load(change.load.slice(0, AT_ONCE));
    else if (change.more) this.#soon();
  }

  async #load(missing: readonly number[]): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    const conversation = this.#conversation;
    try {
      await conversations.loadChunks(conversation, missing.map((at) => conversation.chunks[at]!));
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
  #kept(): (place: Element) => boolean {
    const selection = getSelection();
    const held = [document.activeElement, ...(selection?.isCollapsed === false ? [selection.anchorNode, selection.focusNode] : [])];
    const inside = held.filter((node): node is Node => node !== null && this.#thread.contains(node));
    return (place) => place === this.#thread.lastElementChild || inside.some((node) => place.contains(node));
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

const indexIn = (parent: Element, child: Element) => Array.prototype.indexOf.call(parent.children, child);

/** After what is on its way to the screen is there. */
const afterPaint = () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
