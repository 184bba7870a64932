// Finding in the open chat: what is looked for, where native found it, and which match is the current one.
import type { Found, MessageId } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import type { Conversation } from './conversation.svelte';

/** One of the matches in a message: the how-manieth, those of the reasoning first. */
export interface Match {
  message: MessageId;
  nth: number;
  inReasoning: boolean;
}

export class Find {
  open = $state(false);
  text = $state('');
  found: readonly Found[] = $state.raw([]);
  /** Whether `found` answers `text`. */
  settled = $state(true);
  /** Of all matches, from 0. */
  at = $state(0);
  /** Counts the times the reader asked to be taken to the current match. */
  asked = $state(0);
  #search = 0;

  readonly total: number = $derived(this.found.reduce((sum, f) => sum + f.inReasoning + f.inText, 0));

  get current(): Match | null {
    let left = this.at;
    for (const { message, inReasoning, inText } of this.found) {
      if (left < inReasoning + inText) return { message, nth: left, inReasoning: left < inReasoning };
      left -= inReasoning + inText;
    }
    return null;
  }

  /** Looks for `text`, and goes to the first match at or after `from`. */
  async search(conversation: Conversation, from: MessageId | null): Promise<void> {
    const search = (this.#search += 1);
    const text = this.text;
    let found: readonly Found[] = [];
    try {
      if (conversation.id !== null && text.trim() !== '') found = await commands.find_in_conversation(conversation.id, text);
    } catch (reason) {
      // A later search ended it: that one answers.
      if (search !== this.#search || !this.open) return;
      throw reason;
    }
    if (search !== this.#search || !this.open) return;
    this.found = found;
    this.settled = true;
    this.at = this.#firstFrom(from);
    this.asked += 1;
  }

  step(by: 1 | -1): void {
    if (this.total === 0) return;
    this.at = (this.at + by + this.total) % this.total;
    this.asked += 1;
  }

  /** An answer that grows has so many now. What comes before it, and the current match, stay. */
  recount(message: MessageId, inReasoning: number, inText: number): void {
    const old = this.found.find((f) => f.message === message);
    if ((old?.inText ?? 0) === inText && (old?.inReasoning ?? 0) === inReasoning) return;
    const others = this.found.filter((f) => f.message !== message);
    const now = inReasoning + inText > 0 ? [{ message, inReasoning, inText }] : [];
    // It is the last message of its chat.
    this.found = [...others, ...now];
  }

  close(): void {
    this.#search += 1;
    this.open = false;
    this.found = [];
    this.at = 0;
    this.settled = true;
  }

  /** Ids grow along a branch. */
  #firstFrom(message: MessageId | null): number {
    if (message === null) return 0;
    let before = 0;
    for (const f of this.found) {
      if (f.message >= message) return before;
      before += f.inReasoning + f.inText;
    }
    return 0;
  }
}

export const find = new Find();
