// One question to several models at once, side by side. Each answer is a version of the same; one of them goes on in the chat.
import type { AppError, Attachment, ConnectionId, MessageFacts, RouteId, SecretsChoice, Step, TurnUpdate } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { words } from '../words';
import { attempt } from './attempt';
import { connections } from './connections.svelte';
import { Turn, type Conversation } from './conversation.svelte';
import { conversations } from './conversations.svelte';
import { drafts } from './drafts';
import { marks } from './marks.svelte';
import { Message } from './message.svelte';
import { notices } from './notices.svelte';
import { hearAlarms } from './spending';
import { follow } from './turns';

export const [FEWEST, MOST] = [2, 4];

export const sameStep = (a: Step, b: Step): boolean => a.connectionId === b.connectionId && a.model === b.model;

/** What one model makes of the question. */
export class Column {
  readonly step: Step;
  turn: Turn | null = $state.raw(null);
  /** Why it was not asked. */
  refusal: AppError | null = $state.raw(null);
  endedAt: number | null = $state(null);

  constructor(step: Step) {
    this.step = step;
  }

  get answer(): Message | null {
    return this.turn?.answer ?? null;
  }

  get running(): boolean {
    return this.turn !== null && this.endedAt === null;
  }
}

export class Comparison {
  readonly conversation: Conversation;
  columns: readonly Column[] = $state.raw([]);
  question: Message | null = $state.raw(null);
  hidden = $state(false);
  #left = false;
  /** Counts the sends, and what ended one. */
  #sending = 0;

  readonly #before: Pick<Conversation, 'connectionId' | 'model' | 'route'>;

  constructor(conversation: Conversation) {
    this.conversation = conversation;
    const { connectionId, model, route } = conversation;
    this.#before = { connectionId, model, route };
    const first = conversation.connectionId !== null && conversation.model !== null ? [{ connectionId: conversation.connectionId, model: conversation.model }] : [];
    const known = [...marks.recent, ...marks.starred].filter((mark) => connections.get(mark.connectionId)).map(({ connectionId, model }) => ({ connectionId, model }));
    const other = known.find((step) => !first.some((one) => sameStep(one, step)));
    this.columns = [...first, ...(other ? [other] : [])].map((step) => new Column(step));
  }

  get running(): boolean {
    return this.columns.some((column) => column.running);
  }

  /** There is a question that somebody has answered. */
  get canAskAgain(): boolean {
    return this.#asked() !== null;
  }

  get enough(): boolean {
    return this.columns.length >= FEWEST;
  }

  /** Billionths of a dollar, of all that is known. */
  get cost(): number | null {
    const known = this.columns.map((column) => column.answer?.facts.cost?.nano).filter((nano) => nano !== undefined);
    return known.length === 0 ? null : known.reduce((sum, nano) => sum + nano, 0);
  }

  add(connectionId: ConnectionId, model: string): boolean {
    const step = { connectionId, model };
    if (this.columns.length >= MOST || this.columns.some((column) => sameStep(column.step, step))) return false;
    this.columns = [...this.columns, new Column(step)];
    return true;
  }

  remove(column: Column): void {
    this.columns = this.columns.filter((one) => one !== column);
  }

  /** Asks all of them. Whoever can’t be asked says so in its column, and the others answer all the same. */
  async send(text: string, files: readonly Attachment[], secrets: SecretsChoice = 'ask'): Promise<void> {
    const { conversation } = this;
    if (this.running || !this.enough || (text.trim() === '' && files.length === 0)) return;
    conversation.guarded = null;
    conversation.refusal = null;
    this.question = null;
    const columns = this.columns.map(({ step }) => new Column(step));
    this.columns = this.hidden ? shuffled(columns) : columns;
    notices.say(words.compare.asking(columns.length));
    const sending = (this.#sending += 1);
    for (const column of columns) {
      // Stopped while one was begun: those after it are not asked.
      if (sending !== this.#sending) return;
      const answer = this.#asked();
      if (answer) {
        await this.#begin(column, (updates) => commands.try_again(answer.id, { over: column.step }, updates));
        continue;
      }
      await this.#begin(column, (updates) => this.#first(column.step, text, files, secrets, updates));
      if (column.refusal?.code !== 'secretsFound' && column.refusal?.code !== 'cancelled') continue;
      // Then nothing was sent to anybody, and the person says what is to be done.
      this.columns = columns.map(({ step }) => new Column(step));
      if (column.refusal.code === 'secretsFound') {
        conversation.guarded = {
          find: () => commands.find_secrets(conversation.id, conversation.draft, conversation.attachments.map((file) => file.id)),
          send: (choice) => this.send(conversation.draft, conversation.attachments, choice),
          editing: null,
        };
      }
      return;
    }
  }

  /** One that was asked already. */
  #asked(): Message | null {
    return this.columns.find((column) => column.answer !== null)?.answer ?? null;
  }

  async #first(step: Step, text: string, files: readonly Attachment[], secrets: SecretsChoice, updates: (update: TurnUpdate) => void): Promise<void> {
    const { conversation } = this;
    const { id } = conversation;
    const sent = files.map((file) => file.id);
    const fresh = id === null;
    await commands.send_message(
      { conversationId: id, ...step, text, files: sent, secrets, waiting: null, preset: fresh ? conversation.preset : null, route: null, systemPrompt: fresh ? conversation.systemPrompt || null : null, parameters: fresh ? conversation.parameters : null, folder: fresh ? conversation.folder : null },
      (update) => {
        if (update.type === 'started') {
          this.question = update.user && new Message(update.user);
          if (conversation.draft.startsWith(text)) conversation.draft = conversation.draft.slice(text.length).trimStart();
          conversation.attachments = conversation.attachments.filter((file) => !sent.includes(file.id));
          drafts.sent(id);
          if (conversation.draft !== '') drafts.typed(conversation.id, conversation.draft);
        }
        updates(update);
      },
    );
  }

  /** Asks one of them once more. */
  async again(column: Column): Promise<void> {
    const answer = this.#asked();
    if (!answer || column.running) return;
    const fresh = new Column(column.step);
    this.columns = this.columns.map((one) => (one === column ? fresh : one));
    await this.#begin(fresh, (updates) => commands.try_again(answer.id, { over: column.step }, updates));
  }

  async #begin(column: Column, run: (updates: (update: TurnUpdate) => void) => Promise<void>): Promise<void> {
    const turn = new Turn(column.step.model);
    column.turn = turn;
    try {
      await run((update) => this.#take(column, turn, update));
    } catch (reason) {
      column.turn = null;
      column.refusal = reason as AppError;
    }
  }

  #take(column: Column, turn: Turn, update: TurnUpdate): void {
    switch (update.type) {
      case 'started':
        turn.answer = new Message(update.answer);
        this.conversation.id ??= update.conversation.id;
        this.conversation.title = update.conversation.title;
        conversations.keepReady(this.conversation);
        conversations.put(update.conversation);
        marks.used(column.step.connectionId, column.step.model, Date.now());
        if (turn.stopping) void attempt(() => this.stop(column));
        break;
      case 'movedOn':
        turn.model = update.model;
        break;
      case 'pausing':
        turn.pause = { error: update.error, until: Date.now() + update.retryInMs };
        break;
      case 'painted':
        turn.pause = null;
        turn.answer?.paint(update);
        break;
      case 'ended':
        if (turn.answer && !turn.stopping) turn.answer.whenPainted(() => this.#end(column, turn, update.facts, update));
        else this.#end(column, turn, update.facts, update);
    }
  }

  #end(column: Column, turn: Turn, facts: MessageFacts, update: Extract<TurnUpdate, { type: 'ended' }>): void {
    turn.answer?.settle(facts);
    column.endedAt = Date.now();
    conversations.ended(update.conversation);
    const ended = this.columns.filter((one) => one.endedAt !== null).length;
    if (!this.#left) notices.say(words.compare.ended(ended, this.columns.filter((one) => one.running).length));
    void hearAlarms();
  }

  async stop(column: Column): Promise<void> {
    const { turn } = column;
    if (!turn || !column.running) return;
    turn.stopping = true;
    if (!turn.answer) return;
    turn.answer.hurry();
    await commands.stop_turn(turn.answer.id);
  }

  async stopAll(): Promise<void> {
    this.#sending += 1;
    await Promise.all(this.columns.map((column) => this.stop(column)));
  }

  /** This answer goes on in the chat, by its model; the others stay as versions. */
  async keep(column: Column): Promise<void> {
    if (column.answer) await this.#goOn(column.step, null, column.answer);
  }

  /** Out of here without a choice: all are versions, the first is shown, and who was chosen before answers what comes next. */
  async leave(): Promise<void> {
    if (this.#left) return;
    this.#left = true;
    // Its ways on lead to all of them, and nobody would see those.
    this.conversation.guarded = null;
    const first = this.columns.find((column) => column.answer !== null);
    const { connectionId, model, route } = this.#before;
    const before = connectionId !== null && model !== null ? { connectionId, model } : null;
    if (first?.answer) await this.#goOn(before, route, first.answer);
  }

  /** Who answers what comes next is a matter of its own: the chat has what was answered, whatever becomes of that. */
  async #goOn(step: Step | null, route: RouteId | null, answer: Message): Promise<void> {
    this.#left = true;
    const { id } = this.conversation;
    if (step !== null) await attempt(() => (route === null ? commands.choose_model(id, step.connectionId, step.model) : commands.choose_route(id, route)));
    try {
      this.conversation.show(await commands.choose_version(answer.id));
    } catch (reason) {
      // Then there is another try when the page goes.
      this.#left = false;
      throw reason;
    }
    await follow(this.conversation);
  }
}

function shuffled<T>(list: readonly T[]): T[] {
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}
