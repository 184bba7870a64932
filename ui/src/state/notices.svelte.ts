// What Status says, and the one short notice with a way back.
import type { MessageFacts } from '../ipc/bindings/types';
import { words } from '../words';
import type { Conversation } from './conversation.svelte';
import { Later } from './later';

/** How often “Still answering” is said. */
const STILL_MS = 10_000;
const TOAST_MS = 10_000;

export interface Toast {
  text: string;
  action: { label: string; run: () => void } | null;
  /** What was pressed, where the eye is. */
  beside?: HTMLElement | null;
}

export class Notices {
  status = $state('');
  toast: Toast | null = $state.raw(null);
  #still = new Map<Conversation, Later>();
  readonly #gone = new Later(() => this.dismiss());

  say(text: string): void {
    // The same words twice are only read out again if the text changes in between.
    this.status = this.status === text && text !== '' ? `${text}\u00a0` : text;
  }

  answering(conversation: Conversation, now: boolean, facts?: MessageFacts): void {
    this.#still.get(conversation)?.stop();
    this.#still.delete(conversation);
    if (now) {
      this.say(words.status.answering);
      const still = new Later(() => {
        this.say(words.status.stillAnswering);
        still.in(STILL_MS);
      });
      still.in(STILL_MS);
      this.#still.set(conversation, still);
    } else if (facts) {
      this.say(words.status.ended(facts));
    }
  }

  show(toast: Toast): void {
    this.toast = toast;
    this.say(toast.text);
    this.#gone.anew(TOAST_MS);
  }

  /** Takes the way back that the notice offers. */
  act(): void {
    const action = this.toast?.action;
    this.dismiss();
    action?.run();
  }

  dismiss(): void {
    this.#gone.stop();
    this.toast = null;
  }
}

export const notices = new Notices();
