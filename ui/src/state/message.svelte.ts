// One message of the shown branch. An answer's text lives in its sheets, not here: nothing re-renders while it streams.
import type { MessageFacts, MessageView, TurnUpdate } from '../ipc/bindings/types';
import { newSheet, type Sheet } from './sheet';

type Painted = Extract<TurnUpdate, { type: 'painted' }>;

/** Counters change with every patch; people can't read them that fast, and each change costs a layout. */
const COUNTER_MS = 250;

export class Message {
  readonly id: number;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  /** The person's words as they are shown. */
  readonly shown: string;
  facts: MessageFacts = $state.raw()!;
  hasAnswer = $state(false);
  hasReasoning = $state(false);
  /** As the person set it; it stays so while the answer grows and when it is shown again. */
  reasoningOpen = $state(false);
  /** Whether a long message of the person’s shows all of it. */
  unfolded = $state(false);
  /** The least height of the answer to what was sent last, in pixels, also when its conversation is shown again. */
  room = $state(0);
  reasoningMs: number | null = $state(null);
  tokensSoFar: number | null = $state(null);
  /** Counts what came onto the page after the end: the rest of an answer that was stopped, or all of it formatted. */
  repainted = $state(0);

  #answer: Sheet | null = null;
  #reasoning: Sheet | null = null;
  #blocks: readonly string[];
  #reasoningBlocks: readonly string[];
  #countedAt = 0;

  constructor(view: MessageView) {
    this.id = view.facts.id;
    this.role = view.facts.role;
    this.text = view.text;
    this.shown = view.spelledOut ?? view.text;
    this.#blocks = view.blocks;
    this.#reasoningBlocks = view.reasoning;
    this.hasAnswer = view.blocks.length > 0;
    this.hasReasoning = view.reasoning.length > 0;
    this.settle(view.facts);
  }

  get streaming(): boolean {
    return this.facts.status === 'streaming';
  }

  /** Made when first shown; then the strings are let go. */
  get answer(): Sheet {
    if (!this.#answer) {
      this.#answer = newSheet(this.#blocks);
      this.#answer.live = this.streaming;
      this.#blocks = [];
    }
    return this.#answer;
  }

  get reasoning(): Sheet {
    if (!this.#reasoning) {
      this.#reasoning = newSheet(this.#reasoningBlocks);
      this.#reasoningBlocks = [];
    }
    return this.#reasoning;
  }

  paint(update: Painted): void {
    if (update.answer) {
      this.answer.take(update.answer);
      this.hasAnswer = !this.answer.isEmpty;
    }
    if (update.reasoning) {
      this.reasoning.take(update.reasoning);
      this.hasReasoning = !this.reasoning.isEmpty;
    }
    if (!this.streaming) this.#repaint();
    const now = performance.now();
    if (now - this.#countedAt < COUNTER_MS) return;
    this.#countedAt = now;
    this.reasoningMs = update.reasoningMs ?? this.reasoningMs;
    this.tokensSoFar = update.answerTokens ?? this.tokensSoFar;
  }

  /** Another form of the same answer. */
  showAnew(blocks: string[]): void {
    this.answer.take({ keep: 0, grow: null, blocks });
    this.#repaint();
  }

  #repaint(): void {
    this.whenPainted(() => (this.repainted += 1));
  }

  /** Runs when all that was painted so far is on the page. */
  whenPainted(run: () => void): void {
    const answered = () => (this.#answer ? this.#answer.whenDone(run) : run());
    if (this.#reasoning) this.#reasoning.whenDone(answered);
    else answered();
  }

  /** Whoever waits for all of it has to wait no longer. */
  hurry(): void {
    this.#answer?.hurry();
    this.#reasoning?.hurry();
  }

  settle(facts: MessageFacts): void {
    this.facts = facts;
    this.reasoningMs = facts.reasoningMs ?? this.reasoningMs;
    if (this.#answer) this.#answer.live = facts.status === 'streaming';
  }
}
