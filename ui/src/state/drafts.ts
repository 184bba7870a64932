// What is typed is saved as it is typed: soon after the first letter that is not saved, and at once when leaving.
import type { ConversationId } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { Later } from './later';

/** With the time a save takes, a crash costs less than a quarter of a second. */
const SOON_MS = 150;
/** A text this long takes noticeable time to hand over, so it goes less often. */
const LONG = 200_000;
const LATER_MS = 1000;

type Save = (id: ConversationId | null, text: string) => Promise<void>;

export class Drafts {
  #waiting: { id: ConversationId | null; text: string } | null = null;
  readonly #later = new Later(() => this.flush());
  /** Saves on their way, by conversation: the next one of the same follows the last, never overtakes it. */
  #running = new Map<ConversationId | null, Promise<void>>();
  readonly #save: Save;

  constructor(save: Save) {
    this.#save = save;
  }

  typed(id: ConversationId | null, text: string): void {
    if (this.#waiting && this.#waiting.id !== id) this.flush();
    this.#waiting = { id, text };
    this.#later.in(text.length > LONG ? LATER_MS : SOON_MS);
  }

  flush(): void {
    this.#later.stop();
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) this.#put(waiting.id, waiting.text);
  }

  /** The message was sent: its draft must not come back. */
  sent(id: ConversationId | null): void {
    if (this.#waiting?.id !== id) this.flush();
    this.#waiting = { id, text: '' };
    this.flush();
  }

  #put(id: ConversationId | null, text: string): void {
    // A draft that can't be saved stays on the page; sending will say what is wrong with the disk.
    const save = () => this.#save(id, text).catch(() => undefined);
    const before = this.#running.get(id);
    const done = before ? before.then(save) : save();
    this.#running.set(id, done);
    void done.then(() => {
      if (this.#running.get(id) === done) this.#running.delete(id);
    });
  }
}

export const drafts = new Drafts((id, text) => commands.save_draft(id, text));
