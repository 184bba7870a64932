// What is typed is saved as it is typed: after a short rest, and at once when leaving.
import type { ConversationId } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';

const REST_MS = 400;

type Save = (id: ConversationId | null, text: string) => Promise<void>;

export class Drafts {
  #waiting: { id: ConversationId | null; text: string } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #save: Save;

  constructor(save: Save) {
    this.#save = save;
  }

  typed(id: ConversationId | null, text: string): void {
    if (this.#waiting && this.#waiting.id !== id) this.flush();
    this.#waiting = { id, text };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), REST_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    const waiting = this.#waiting;
    this.#waiting = null;
    // A draft that can't be saved stays on the page; sending will say what is wrong with the disk.
    if (waiting) void this.#save(waiting.id, waiting.text).catch(() => undefined);
  }

  /** The message was sent: its draft must not come back. */
  sent(id: ConversationId | null): void {
    if (this.#waiting?.id !== id) this.flush();
    this.#waiting = { id, text: '' };
    this.flush();
  }
}

export const drafts = new Drafts((id, text) => commands.save_draft(id, text));
