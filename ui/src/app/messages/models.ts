// Choosing a model.
import type { Model } from '../../ipc/bindings/types';
import { count, dollars, plural, tokens } from './format';

export const models = {
  dialog: 'Choose a model',
  filter: 'Filter models',
  placeholder: (n: number) => (n === 0 ? 'Name of a model' : `Filter ${plural(n, 'model', 'models')}, or type a name`),
  list: 'Models',
  unit: 'in / out per million tokens',
  group: (provider: string, name: string) => (provider === name ? provider : `${provider}, ${name} key`),
  local: (name: string) => `On this computer, ${name}`,
  loading: 'Asking for models',
  none: 'No key allows a model.',
  noMatch: 'No listed model is called that.',
  noneListed: 'No models are listed. Type the name of one.',
  more: (n: number) => `${count(n)} more. Type a part of the name, or scroll.`,
  typed: 'Not in any list',
  useTyped: (model: string, connection: string) => `Use “${model}” with ${connection}`,
  nothingKnown: (title: string) => `${title}. Contexts and prices aren’t known.`,
  addKey: 'Add key',
  reasons: 'Reasons',
  seesImages: 'sees images',
  caps: (m: Model) => [m.reasons && 'Reasons', m.seesImages && 'sees images'].filter(Boolean).join(', '),
  context: (m: Model) => (m.contextTokens === null ? '–' : tokens(m.contextTokens)),
  /** An unknown price is never shown as nothing. */
  price: (m: Model) => (m.inputPrice === null || m.outputPrice === null ? '–' : `${dollars(m.inputPrice)} / ${dollars(m.outputPrice)}`),
  noCharge: 'no charge',
  /** Only what is known. */
  describe: (m: Model, free: boolean) => {
    const priced = m.inputPrice !== null && m.outputPrice !== null;
    const price = free ? 'no charge' : priced ? `${dollars(m.inputPrice!)} / ${dollars(m.outputPrice!)} per million tokens` : '';
    return [m.contextTokens !== null && `${tokens(m.contextTokens)} context`, price].filter(Boolean).join(', ');
  },
  failed: (title: string) => `Couldn’t list the models: ${title}`,
  choose: 'choose',
  useHere: 'use in this chat',
  useAlways: 'use for new chats too',
} as const;
