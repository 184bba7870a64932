// The small window: what is typed, what was asked, and its answer.
import type { AppError, QuickView, TextSource, TurnUpdate } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { Message } from './message.svelte';
import { preferences } from './preferences.svelte';

export class Quick {
  view: QuickView | null = $state.raw(null);
  text = $state('');
  /** The question that the answer is to. */
  asked: string | null = $state(null);
  answer: Message | null = $state.raw(null);
  /** What came of the question, if no answer did. */
  problem: AppError | null = $state.raw(null);
  /** It is on its way, or is being written. */
  busy = $state(false);
  /** Who answers. */
  model = $state('');

  /** Each time the window is shown: what was true of keys and settings may have changed. */
  async begin(): Promise<void> {
    try {
      this.view = await commands.begin_quick();
      preferences.show(this.view.preferences);
      if (this.problem?.code === 'keyMissing') this.problem = null;
    } catch (reason) {
      this.problem = reason as AppError;
    }
  }

  async ask(): Promise<void> {
    const { text } = this;
    if (this.busy || text.trim() === '' || this.view?.standing.state !== 'ready') return;
    [this.busy, this.problem, this.answer, this.asked] = [true, null, null, null];
    this.model = this.view.standing.model;
    try {
      await commands.ask_quick(text, (update) => this.#take(text, update));
    } catch (reason) {
      this.busy = false;
      this.problem = reason as AppError;
    }
  }

  /** Below what is typed. */
  async take(source: TextSource): Promise<void> {
    const text = await commands.take_text(source);
    const typed = this.text.trimEnd();
    this.text = typed === '' ? text : `${typed}\n\n${text}`;
  }

  async stop(): Promise<void> {
    this.answer?.hurry();
    await commands.stop_quick();
  }

  /** Whether the question was changed since it was asked: then that is what goes along. */
  get typed(): string | null {
    return this.text.trim() === '' || this.text === this.asked ? null : this.text;
  }

  #take(text: string, update: TurnUpdate): void {
    switch (update.type) {
      case 'started':
        this.answer = new Message(update.answer);
        this.asked = text;
        break;
      case 'movedOn':
        this.model = update.model;
        break;
      case 'pausing':
        break;
      case 'painted':
        this.answer?.paint(update);
        break;
      case 'ended': {
        const { answer } = this;
        const end = () => {
          answer?.settle(update.facts);
          this.busy = false;
        };
        if (answer && update.facts.status !== 'stopped') answer.whenPainted(end);
        else end();
      }
    }
  }
}
