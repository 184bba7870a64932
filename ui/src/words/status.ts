// What the Status region says.
import type { MessageFacts } from '../ipc/bindings/types';
import { plural } from './format';

export const status = {
  nothingSelected: 'Nothing is selected in a message',
  answering: 'Answering',
  stillAnswering: 'Still answering',
  ended(facts: MessageFacts): string {
    const tokens = facts.answerTokens === null ? '' : `, ${plural(facts.answerTokens, 'token', 'tokens')}`;
    switch (facts.status) {
      case 'complete':
        return `Answer finished${tokens}`;
      case 'stopped':
        return `Answer stopped${tokens}`;
      case 'interrupted':
        return 'Answer broke off';
      default:
        return 'Answer failed';
    }
  },
  copied: 'Copied',
  /** Of an answer some marks may be left out that only its provider can read. */
  copiedWithout: (marks: number) => (marks === 0 ? 'Copied' : `Copied without ${plural(marks, 'unreadable source mark', 'unreadable source marks')}`),
  pictureLoaded: 'Picture loaded',
  cancelled: 'Cancelled. Nothing was changed.',
  stored: 'The key is stored',
  heldInMemory: 'The key is held in memory until you quit',
  removed: (name: string) => `${name} removed`,
  renamed: 'Renamed',
  modelChosen: (model: string) => `Model: ${model}`,
  found: (n: number) => (n === 0 ? 'No local server found' : `${plural(n, 'local server', 'local servers')} found`),
  checked: (name: string) => `${name} works`,
  saved: 'Saved',
  textSize: (percent: number) => `Text size ${percent} %`,
  historyKept: 'Your chats are open',
} as const;
