// One conversation as the page holds it: the loaded part of its current branch, its draft, and its running turn.
import type { AppError, ConnectionId, ConversationId, ConversationView, MessageId, Page } from '../ipc/bindings/types';
import { Message } from './message.svelte';

/** What one turn is doing before and while it answers. */
export class Turn {
  readonly startedAt = Date.now();
  readonly model: string;
  answer: Message | null = $state.raw(null);
  pause: { error: AppError; until: number } | null = $state.raw(null);
  stopping = $state(false);

  constructor(model: string) {
    this.model = model;
  }
}

export class Conversation {
  /** null until the first message is saved. */
  id: ConversationId | null = $state(null);
  title = $state('');
  systemPrompt = $state('');
  draft = $state('');
  connectionId: ConnectionId | null = $state(null);
  model: string | null = $state(null);
  messages: readonly Message[] = $state.raw([]);
  hasEarlier = $state(false);
  turn: Turn | null = $state.raw(null);
  /** Why the last try to send, edit or answer again was refused before anything was saved. */
  refusal: AppError | null = $state.raw(null);
  /** Does what was refused once more. */
  again: (() => Promise<void>) | null = null;
  /** The message being edited. */
  editing: MessageId | null = $state(null);
  sendWhenOnline = $state(false);
  /** Counts the sends of this session; the view scrolls to the newest message when it changes. */
  sends = $state(0);
  /** Where the reader was, kept while another conversation is shown. null: at the end. */
  place: number | null = null;

  static of(view: ConversationView): Conversation {
    const conversation = new Conversation();
    conversation.show(view);
    conversation.draft = view.draft;
    return conversation;
  }

  /** Another branch, or a fresh copy, of the same conversation. A message that streams keeps its sheet. */
  show(view: ConversationView): void {
    const live = this.turn?.answer;
    this.id = view.id;
    this.title = view.title;
    this.systemPrompt = view.systemPrompt;
    this.connectionId = view.connectionId;
    this.model = view.model;
    this.hasEarlier = view.hasEarlier;
    this.messages = view.messages.map((m) => (live && m.facts.id === live.id ? live : new Message(m)));
  }

  prepend(page: Page): void {
    this.messages = [...page.messages.map((m) => new Message(m)), ...this.messages];
    this.hasEarlier = page.hasEarlier;
  }

  /** What follows `parent` is another branch now; these take its place. */
  continueFrom(parent: MessageId | null, next: readonly Message[]): void {
    const at = parent === null ? -1 : this.messages.findIndex((m) => m.id === parent);
    this.messages = [...this.messages.slice(0, at + 1), ...next];
    if (parent === null) this.hasEarlier = false;
  }

  get last(): Message | undefined {
    return this.messages[this.messages.length - 1];
  }

  get isEmpty(): boolean {
    return this.messages.length === 0;
  }

  /** What is in the way of going on, from this session or from the saved last answer. */
  get problem(): AppError | null {
    if (this.refusal) return this.refusal;
    const last = this.last;
    if (this.turn || last?.role !== 'assistant' || last.facts.status !== 'failed') return null;
    return last.facts.error;
  }
}
