// Dictation and reading aloud, as native code tells of them: the page has no microphone and makes no sound.
import type { AppError, MessageId, Reading, Take, Voice as Known } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { problemIn, words, type Problem } from '../words';
import { money } from '../words/format';
import { attempt } from './attempt';
import { boot } from './boot.svelte';
import type { Conversation } from './conversation.svelte';
import { conversations } from './conversations.svelte';
import { drafts } from './drafts';
import { news } from './news.svelte';
import { notices } from './notices.svelte';
import { place } from './place.svelte';

const w = words.voice;
const NOTHING: Take = { lengthMs: 0, loud: 0, ended: null };

type Phase = 'off' | 'beginning' | 'recording' | 'paused' | 'writing' | 'failed';

class Voice {
  phase: Phase = $state('off');
  take: Take = $state.raw(NOTHING);
  /** Why it could not be written down. The take is kept natively. */
  problem: Problem | null = $state.raw(null);
  /** The message that is read aloud. */
  reading: MessageId | null = $state(null);
  known: Known | null = $state.raw(null);
  /** Where the words go. */
  #into: Conversation | null = null;
  /** Counts the beginnings. */
  #turn = 0;
  /** Types at the caret of the composer, if there is one; says whether there is. */
  #type: (text: string) => boolean = () => false;

  listen(type: (text: string) => boolean): void {
    this.#type = type;
    news.onTake((take) => this.#hear(take));
    news.onReading((reading) => this.#read(reading));
  }

  async load(): Promise<void> {
    this.known = await commands.get_voice();
  }

  /** Begins to listen, or writes down what was said. */
  async dictate(): Promise<void> {
    if (this.phase === 'recording' || this.phase === 'paused' || this.phase === 'failed') return this.finish();
    if (this.phase !== 'off') return;
    [this.phase, this.take, this.problem, this.#into] = ['beginning', NOTHING, null, conversations.current];
    notices.say(w.beginning);
    const turn = (this.#turn += 1);
    const isWanted = () => turn === this.#turn && this.#phase() === 'beginning';
    const begun = await attempt(async () => {
      await this.load();
      if (this.known?.choice.listener && isWanted()) await commands.begin_dictation();
    });
    if (!isWanted()) {
      // Cancelled before there was a take that could be: now there is one.
      if (this.#phase() === 'off') await attempt(() => commands.cancel_dictation());
      return;
    }
    if (begun && this.known?.choice.listener) {
      this.phase = 'recording';
      notices.say(w.listening);
      return;
    }
    this.phase = 'off';
    if (begun) this.#choose('listener');
  }

  async pause(): Promise<void> {
    const paused = this.phase === 'recording';
    this.phase = paused ? 'paused' : 'recording';
    await attempt(() => commands.pause_dictation(paused));
    notices.say(paused ? w.paused : w.listening);
  }

  async cancel(): Promise<void> {
    this.phase = 'off';
    await attempt(() => commands.cancel_dictation());
    notices.say(w.cancelled);
  }

  async finish(): Promise<void> {
    const into = this.#into ?? conversations.current;
    [this.phase, this.problem] = ['writing', null];
    notices.say(w.writing);
    try {
      const { text, nano } = await commands.finish_dictation(into.id);
      // Cancelled meanwhile: its words are not wanted.
      if (this.#phase() !== 'writing') return;
      this.phase = 'off';
      if (text === '') return notices.show({ text: w.nothingHeard, action: null });
      this.#insert(into, text);
      notices.say(w.done(nano === null || nano === 0 ? null : money(nano)));
    } catch (reason) {
      if (this.#phase() === 'writing') this.#fail(reason as AppError);
    }
  }

  /** Has audio of a draft written down; its words take its place there. */
  async writeDown(into: Conversation, id: number): Promise<void> {
    await this.load();
    if (!this.known?.choice.listener) return this.#choose('listener');
    into.attaching += 1;
    notices.say(w.writingFile);
    try {
      const { attachment, nano } = await commands.write_down_attachment(into.id, id);
      if (attachment === null) return notices.show({ text: w.nothingHeard, action: null });
      into.attachments = into.attachments.map((file) => (file.id === id ? attachment : file));
      notices.say(w.done(nano === null || nano === 0 ? null : money(nano)));
    } finally {
      into.attaching -= 1;
    }
  }

  async readAloud(id: MessageId): Promise<void> {
    if (this.reading === id) return this.stopReading();
    await attempt(async () => {
      await this.load();
      if (!this.known?.choice.speaker) return this.#choose('speaker');
      await commands.read_aloud(id);
      notices.say(w.reading);
    });
  }

  async stopReading(): Promise<void> {
    await attempt(() => commands.stop_reading());
    notices.say(w.stopped);
  }

  /** Changed while something else was awaited. */
  #phase(): Phase {
    return this.phase;
  }

  #choose(what: 'listener' | 'speaker'): void {
    place.settings('voice', what);
    notices.show({ text: w.unchosen[what], action: null });
  }

  #fail(error: AppError): void {
    const { listener } = this.known?.choice ?? { listener: null };
    const connection = this.known?.listeners.find((one) => one.connectionId === listener?.connectionId)?.connection ?? '';
    const problem = problemIn(error, { provider: error.provider ?? connection, connection, model: listener?.model ?? '', keychain: boot.keychainName });
    // Nobody spoke: there is nothing to try again with.
    if (error.code === 'nothingSaid' || error.code === 'notFound') {
      this.phase = 'off';
      return notices.show({ text: `${problem.title}. ${problem.body}`, action: null });
    }
    [this.phase, this.problem] = ['failed', problem];
    notices.say(problem.title);
  }

  /** At the caret; where another chat is shown by now, at the end of the draft that it was meant for. */
  #insert(into: Conversation, text: string): void {
    if (into === conversations.current && this.#type(text)) return;
    into.draft += (into.draft === '' || /\s$/.test(into.draft) ? '' : ' ') + text;
    drafts.typed(into.id, into.draft);
  }

  #hear(take: Take): void {
    this.take = take;
    if (this.phase !== 'recording' && this.phase !== 'paused') return;
    if (take.ended !== null) notices.say(w.ended[take.ended]);
  }

  #read({ messageId, problem }: Reading): void {
    const was = this.reading;
    this.reading = messageId;
    if (problem) notices.show({ text: problemIn(problem, { provider: problem.provider ?? '', connection: '', model: '', keychain: boot.keychainName }).title, action: null });
    else if (was !== null && messageId === null) notices.say('');
  }
}

export const voice = new Voice();
