// Several models side by side.
import { count, hundredthsOfSeconds, money, plural, tenthsOfSeconds } from './format';

const LETTERS = ['A', 'B', 'C', 'D'];

export const compare = {
  open: 'Compare models',
  title: (n: number): string => `Comparing ${plural(n, 'model', 'models')}`,
  models: (n: number): string => plural(n, 'model', 'models'),
  round: (nano: number): string => `${money(nano)} for this round`,
  hideNames: 'Hide model names',
  hideNamesShort: 'Hide names',
  add: 'Add model',
  close: 'Close compare',
  answer: (model: string): string => `Answer from ${model}`,
  blind: (at: number): string => `Model ${LETTERS[at] ?? at + 1}`,
  more: (model: string): string => `More for ${model}`,
  again: 'Ask again',
  keep: 'Keep this answer',
  kept: (model: string): string => `The answer of ${model} goes on in the chat`,
  stop: (model: string): string => `Stop ${model}`,
  stopShort: 'Stop this one',
  answering: 'Answering',
  empty: 'Answers appear here, one column each.',
  stats: { tokens: 'Tokens', cost: 'Cost', first: 'First token', total: 'Total', soFar: 'So far' },
  tokens: (n: number | null): string => (n === null ? '–' : count(n)),
  cost: (nano: number | null | undefined): string => (nano == null ? 'unknown' : money(nano)),
  first: (ms: number | null): string => (ms === null ? '–' : hundredthsOfSeconds(ms)),
  took: (ms: number): string => tenthsOfSeconds(ms),
  few: 'Add another model to compare with',
  full: 'Four models are the most',
  twice: 'That model is there already',
  ahead: (n: number, nano: number | null): string => `Sent to ${plural(n, 'model', 'models')}${nano === null ? '' : `, at most ${money(nano, true)} in all`}`,
  note: 'The answer you keep goes on in the chat, the others stay as versions',
  hintStop: 'Esc stops all',
  asking: (n: number): string => `Asking ${plural(n, 'model', 'models')}`,
  ended: (ended: number, coming: number): string => `${plural(ended, 'answer', 'answers')} finished${coming === 0 ? '' : `, ${count(coming)} still coming`}`,
};
