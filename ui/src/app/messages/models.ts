// Choosing a model.
import type { Model } from '../../ipc/bindings/types';
import { dollars, tokens } from './format';

export const models = {
  dialog: 'Choose a model',
  filter: 'Filter models',
  placeholder: (n: number) => (n === 1 ? 'Filter 1 model' : `Filter ${n} models`),
  list: 'Models',
  unit: 'in / out per million tokens',
  group: (provider: string, name: string) => (provider === name ? provider : `${provider}, ${name} key`),
  local: (name: string) => `On this computer, ${name}`,
  loading: 'Asking for models',
  none: 'No key allows a model.',
  noMatch: 'No model is called that.',
  addKey: 'Add key',
  reasons: 'Reasons',
  seesImages: 'sees images',
  caps: (m: Model) => [m.reasons && 'Reasons', m.seesImages && 'sees images'].filter(Boolean).join(', '),
  context: (m: Model) => (m.contextTokens === null ? 'unknown' : tokens(m.contextTokens)),
  /** An unknown price is never shown as nothing. */
  price: (m: Model) => (m.inputPrice === null || m.outputPrice === null ? 'unknown' : `${dollars(m.inputPrice)} / ${dollars(m.outputPrice)}`),
  noCharge: 'no charge',
  describe: (m: Model, free: boolean) => {
    const context = m.contextTokens === null ? 'Context unknown' : `${tokens(m.contextTokens)} context`;
    if (free) return `${context}, no charge`;
    const known = m.inputPrice !== null && m.outputPrice !== null;
    return known ? `${context}, ${dollars(m.inputPrice!)} / ${dollars(m.outputPrice!)} per million tokens` : `${context}, price unknown`;
  },
  failed: (title: string) => `Couldn’t list the models: ${title}`,
  choose: 'choose',
  useHere: 'use in this chat',
  useAlways: 'use for new chats too',
} as const;
