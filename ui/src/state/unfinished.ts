// What was begun and not ended: kept by the native process, in memory only, in case this page has to be loaded again. A draft
// is not among it; the history has that. Never a secret: nobody types one here, and what looks like one is left out.
import type { AppError, ConnectionId, ConversationId, HandOver, MessageId, ProviderId } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { Later } from './later';

const SOON_MS = 150;
/** More than this is not handed over again and again while somebody types. */
const LONGEST = 1_000_000;

export interface Unfinished {
  edit: { message: MessageId; text: string };
  systemPrompt: { conversation: ConversationId | null; text: string };
  /** A new name for what this says: a row, the chat's title, a connection. */
  rename: { of: string; name: string };
  wizard: WizardSoFar;
}

export interface WizardSoFar {
  step: 1 | 2 | 3 | 4;
  choice: ProviderId;
  address: string;
  typedModel: string;
  keyless: boolean;
  replaces: ConnectionId | null;
  handOver: HandOver | null;
  problem: AppError | null;
  newChats: { connectionId: ConnectionId; model: string } | null;
}

type Kind = keyof Unfinished;

class Begun {
  #now: Partial<Unfinished> = {};
  #kept = '{}';
  readonly #later = new Later(() => this.flush());

  /** What a page before this one had begun; null if nothing was kept. */
  load(kept: string | null): void {
    this.#now = read(kept);
    this.#kept = JSON.stringify(this.#now);
  }

  get<K extends Kind>(kind: K): Unfinished[K] | undefined {
    return this.#now[kind];
  }

  note<K extends Kind>(kind: K, now: Unfinished[K]): void {
    this.#now[kind] = now;
    this.#later.in(SOON_MS);
  }

  /** It was ended, one way or another. */
  ended(kind: Kind): void {
    if (!(kind in this.#now)) return;
    delete this.#now[kind];
    this.#later.in(SOON_MS);
  }

  flush(): void {
    this.#later.stop();
    const text = JSON.stringify(this.#now);
    if (text === this.#kept || text.length > LONGEST) return;
    this.#kept = text;
    // It stays on the page whatever becomes of this.
    void commands.keep_unfinished(text).catch(() => undefined);
  }
}

/** Another version of the page may have written it. */
function read(kept: string | null): Partial<Unfinished> {
  try {
    const found: unknown = JSON.parse(kept ?? '{}');
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}

/** An address with what may be a key in it is not kept. */
export const keptAddress = (address: string): string => (/[@?#]|[\w-]{24,}/.test(address) ? '' : address);

export const begun = new Begun();
