// Dictation and reading aloud, played: a take grows while one waits, and a reading ends at once when it is stopped.
import type * as t from './bindings/types';

type Args = Record<string, unknown>;

export interface VoiceOptions {
  choice?: t.VoiceChoice;
  /** What is heard, or why it could not be. */
  heard?: string;
  refused?: t.AppError;
  /** Why no take begins. */
  noMicrophone?: t.AppError;
}

const LISTENERS: t.ListenerOffer[] = [{ connectionId: 'connection-1', connection: 'Personal', model: 'whisper-1', nanoPerMinute: 6_000_000 }, { connectionId: 'connection-2', connection: 'House', model: null, nanoPerMinute: null }];
const SPEAKERS: t.SpeakerOffer[] = [{ connectionId: 'connection-1', connection: 'Personal', model: 'tts-1', voices: ['alloy', 'nova'], nanoPerMillion: 15_000_000_000 }];
const OFF: t.VoiceChoice = { listener: null, speaker: null, speed: 0 };

export class FakeVoice {
  readonly #options: VoiceOptions;
  readonly #tell: (news: t.News) => void;
  #choice: t.VoiceChoice;

  constructor(options: VoiceOptions, tell: (news: t.News) => void) {
    this.#options = options;
    this.#tell = tell;
    this.#choice = options.choice ?? OFF;
  }

  /** How the take goes. */
  hear(take: Partial<t.Take>): void {
    this.#tell({ type: 'take', take: { lengthMs: 0, loud: 0, ended: null, ...take } });
  }

  #read(messageId: t.MessageId | null): void {
    this.#tell({ type: 'reading', reading: { messageId, problem: null } });
  }

  readonly commands: Record<string, (args: Args) => unknown> = {
    get_voice: () => ({ choice: this.#choice, listeners: LISTENERS, speakers: SPEAKERS, hasSystemVoice: true, longestSeconds: 600 }) satisfies t.Voice,
    choose_voice: (a) => void (this.#choice = a['choice'] as t.VoiceChoice),
    begin_dictation: () => {
      if (this.#options.noMicrophone) throw this.#options.noMicrophone;
      this.hear({ lengthMs: 100, loud: 40 });
    },
    pause_dictation: () => undefined,
    cancel_dictation: () => undefined,
    finish_dictation: () => {
      if (this.#options.refused) throw this.#options.refused;
      return { text: this.#options.heard ?? 'What was said.', nano: 1_200_000 } satisfies t.Dictated;
    },
    read_aloud: (a) => this.#read(a['messageId'] as t.MessageId),
    stop_reading: () => this.#read(null),
  };
}
