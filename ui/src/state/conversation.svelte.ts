// One conversation as the page holds it: its current branch in chunks, loaded where it is read, its draft, and its running turn.
import type { AppError, Attachment, ConnectionId, ConversationId, ConversationView, FolderId, MessageId, MessageView, OutlineLine, Parameters, PresetId, RouteId, Secret, SecretsChoice, Step, TagId } from '../ipc/bindings/types';
import type { RefusedFile } from './attachments.svelte';
import { CHUNK, Chunk, chunked, chunksOf } from './chunk.svelte';
import { Message } from './message.svelte';
import { NOTHING } from './parameters.svelte';
import { begun } from './unfinished';

/** Where a reader was: so far below the upper edge of the view stood the top of this message. */
export interface Place {
  message: MessageId;
  offset: number;
}

/** What one turn is doing before and while it answers. */
export class Turn {
  readonly startedAt = Date.now();
  /** Who is asked now; along a route that may change. */
  model: string = $state('');
  answer: Message | null = $state.raw(null);
  pause: { error: AppError; until: number } | null = $state.raw(null);
  stopping = $state(false);

  /** Whether who is asked was chosen for this message only. */
  readonly aside: boolean;

  constructor(model: string, aside = false) {
    this.model = model;
    this.aside = aside;
  }
}

/** What was stopped by the guard, and the ways on. */
export interface Guarded {
  find: () => Promise<Secret[]>;
  send: (choice: SecretsChoice) => Promise<void>;
  /** Back to where it was written: a message, one that waits, or the draft. */
  editing: MessageId | Waiting | null;
}

/** What was written while an answer came. */
export interface Waiting {
  readonly text: string;
  readonly files: readonly Attachment[];
  /** Who answers it, where that is not who is chosen. */
  readonly next: Step | null;
}

export class Conversation {
  /** null until the first message is saved. */
  id: ConversationId | null = $state(null);
  title = $state('');
  systemPrompt = $state('');
  draft = $state('');
  /** What goes with the draft, what could not, and how many are on their way. */
  attachments: readonly Attachment[] = $state.raw([]);
  refusedFiles: readonly RefusedFile[] = $state.raw([]);
  attaching = $state(0);
  /** What is sent after the answer that is being written, the next one first. */
  queue: readonly Waiting[] = $state.raw([]);
  /** The one of them that is being changed. */
  changing: Waiting | null = $state.raw(null);
  /** What that has come to, also while another conversation is shown. */
  changed = $state('');
  parameters: Parameters = $state.raw(NOTHING);
  preset: PresetId | null = $state(null);
  connectionId: ConnectionId | null = $state(null);
  model: string | null = $state(null);
  /** The route that it goes by, of which they are the first. */
  route: RouteId | null = $state(null);
  /** Who answers the next message, and that one only. */
  next: Step | null = $state.raw(null);
  /** The folder that it is in, or begins in. */
  folder: FolderId | null = $state(null);
  tags: readonly TagId[] = $state.raw([]);
  chunks: readonly Chunk[] = $state.raw([]);
  /** There are messages before the first chunk; the outline says which. */
  hasEarlier = $state(false);
  turn: Turn | null = $state.raw(null);
  /** There are secrets in what was to be sent: how it can be sent all the same. */
  guarded: Guarded | null = $state.raw(null);
  /** Why the last try to send, edit or answer again was refused before anything was saved. */
  refusal: AppError | null = $state.raw(null);
  /** Does what was refused once more. */
  again: (() => Promise<void>) | null = null;
  /** The message being edited. */
  editing: MessageId | null = $state(null);
  /** What that has come to, for who looks at something else meanwhile. */
  edited: { message: MessageId; text: string } | null = null;
  sendWhenOnline = $state(false);
  /** Counts the sends of this session; the view scrolls to the newest message when it changes. */
  sends = $state(0);
  /** Where the reader was, kept while another conversation is shown. null: at the end. */
  place: Place | null = null;
  /** Changes with the branch, so that what was asked before about another one is not believed. */
  #branch = 0;

  static of(view: ConversationView): Conversation {
    const conversation = new Conversation();
    conversation.show(view);
    conversation.draft = view.draft;
    const waits = view.queue.flatMap((queued) => queued.files);
    conversation.attachments = view.attachments.filter((file) => !waits.includes(file.id));
    conversation.queue = view.queue.map(({ text, files, next }) => ({ text, next, files: view.attachments.filter((file) => files.includes(file.id)) }));
    return conversation;
  }

  /** What was written of another version of this message, and not sent. */
  editOf(message: MessageId): string | null {
    return this.edited?.message === message ? this.edited.text : null;
  }

  /** What was written of a message before another one was edited. */
  readonly #leftEdits = new Map<MessageId, string>();

  /** Notes how far an edit is. Of the one before it nothing is lost: it goes on when it is opened again. */
  noteEdit(message: MessageId, text: string): void {
    const { edited } = this;
    const isLeft = edited !== null && edited.message !== message;
    if (isLeft && this.messages.find((m) => m.id === edited.message)?.text !== edited.text) this.#leftEdits.set(edited.message, edited.text);
    this.#leftEdits.delete(message);
    this.edited = { message, text };
  }

  leftEdit(message: MessageId): string | null {
    return this.#leftEdits.get(message) ?? null;
  }

  get hasEdits(): boolean {
    return this.edited !== null || this.#leftEdits.size > 0;
  }

  /** Changing what waits goes on where it was left. */
  startChanging(waiting: Waiting): void {
    if (this.changing !== waiting) this.changed = waiting.text;
    this.changing = waiting;
  }

  stopEditing(): void {
    if (this.editing !== null) begun.ended('edit');
    this.editing = null;
    this.edited = null;
  }

  /** Ends what was edited in a branch that is not this one any more. What is still here was not what was sent. */
  stopEditingGone(): void {
    if (this.editing !== null && this.chunkOf(this.editing) < 0) this.stopEditing();
  }

  /** Another branch, or a fresh copy, of the same conversation. A message that streams keeps its sheet. */
  show(view: ConversationView): void {
    const live = this.turn?.answer;
    this.id = view.id;
    this.title = view.title;
    this.systemPrompt = view.systemPrompt;
    this.parameters = view.parameters;
    this.preset = view.preset;
    this.connectionId = view.connectionId;
    this.model = view.model;
    this.route = view.route;
    this.folder = view.folder;
    this.tags = view.tags;
    this.hasEarlier = view.hasEarlier;
    this.chunks = chunked(view.messages.map((m) => (live && m.facts.id === live.id ? live : new Message(m))));
    this.#showEnd();
    this.#branch += 1;
  }

  get branch(): number {
    return this.#branch;
  }

  /** Every message of the branch: those before what is loaded get their places. */
  complete(outline: readonly OutlineLine[], branch: number): void {
    const first = this.chunks[0]?.ids[0];
    const at = outline.findIndex((line) => line.id === first);
    if (branch !== this.#branch || at < 0 || !this.hasEarlier) return;
    this.chunks = [...chunksOf(outline.slice(0, at)), ...this.chunks];
    this.hasEarlier = false;
  }

  /** Messages that were asked for arrive. */
  fill(views: readonly MessageView[]): void {
    const byId = new Map(views.map((view) => [view.facts.id, view]));
    for (const chunk of this.chunks) {
      if (chunk.messages || !chunk.ids.every((id) => byId.has(id))) continue;
      chunk.messages = chunk.ids.map((id) => new Message(byId.get(id)!));
    }
  }

  chunkOf(message: MessageId): number {
    return this.chunks.findIndex((chunk) => chunk.ids.includes(message));
  }

  /** What follows `parent` is another branch now; these take its place. */
  continueFrom(parent: MessageId | null, next: readonly Message[]): void {
    const at = parent === null ? -1 : this.chunkOf(parent);
    const end = this.chunks[at];
    if (parent !== null && end) end.cut(end.ids.indexOf(parent) + 1);
    const kept = this.chunks.slice(0, at + 1);
    // A chunk that isn’t loaded can’t be added to, and a long one shouldn’t.
    if (end?.messages && end.ids.length < 2 * CHUNK) end.append(next);
    else kept.push(Chunk.of(next));
    this.chunks = kept;
    if (parent === null) this.hasEarlier = false;
    this.#showEnd();
    this.#branch += 1;
  }

  #showEnd(): void {
    const end = this.chunks.at(-1);
    if (end) end.shown = true;
  }

  /** What is loaded. */
  get messages(): readonly Message[] {
    return this.chunks.flatMap((chunk) => chunk.messages ?? []);
  }

  /** The person’s last message. It is looked for from the end, so that whoever asks hears of the end only. */
  get lastOwn(): Message | undefined {
    for (let at = this.chunks.length - 1; at >= 0; at -= 1) {
      const own = this.chunks[at]?.messages?.findLast((m) => m.role === 'user');
      if (own || !this.chunks[at]?.messages) return own;
    }
    return undefined;
  }

  get last(): Message | undefined {
    return this.chunks.at(-1)?.messages?.at(-1);
  }

  get isEmpty(): boolean {
    return this.chunks.length === 0;
  }

  /** What is in the way of going on, from this session or from the saved last answer. */
  get problem(): AppError | null {
    if (this.refusal) return this.refusal;
    const last = this.last;
    if (this.turn || last?.role !== 'assistant' || last.facts.status !== 'failed') return null;
    return last.facts.error;
  }
}
