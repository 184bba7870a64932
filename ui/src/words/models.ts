// Choosing a model.
import type { Model, Price } from '../ipc/bindings/types';
import { bytes, count, date, dollars, plural, tokens } from './format';

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

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
  /** Onto this computer. */
  fetch: (model: string, connection: string) => `Fetch “${model}” with ${connection}`,
  fetchGroup: 'Not on this computer yet',
  fetching: (model: string | null) => (model === null ? 'A model is being fetched' : `Fetching ${model}`),
  fetchingFar: (come: number, all: number) => (all === 0 ? 'asking for its size' : `${bytes(come)} of ${bytes(all)}`),
  stopFetching: 'Stop fetching',
  fetched: (model: string) => `${model} is on this computer now`,
  passedTo: (host: string) => `passed on to ${host}`,
  nothingKnown: (title: string) => `${title}. Contexts and prices aren’t known.`,
  addKey: 'Add key',
  reasons: 'Reasons',
  seesImages: 'sees images',
  caps: (m: Model) => capital([m.reasons && 'reasons', m.seesImages && 'sees images', m.takes.hears === true && 'hears audio', m.takes.documents && 'reads PDFs'].filter(Boolean).join(', ')),
  favourites: 'Favourites',
  recent: 'Used lately',
  favourite: 'favourite',
  starred: (model: string, is: boolean) => (is ? `${model} is a favourite` : `${model} is no favourite any more`),
  only: 'Only models that',
  wants: { pictures: 'See pictures', audio: 'Hear audio', reasons: 'Reason', documents: 'Read PDFs', search: 'Search the web', priced: 'Have a known price', cheap: 'Cost up to $1' },
  noneSuch: 'No listed model is all of that.',
  yourPrice: 'your price',
  retires: (day: string) => `until ${date(day)}`,
  pair: (p: Price) => `${dollars(p.input)} / ${dollars(p.output)}`,
  context: (m: Model) => (m.contextTokens === null ? '–' : tokens(m.contextTokens)),
  /** An unknown price is never shown as nothing. */
  price: (m: Model) => (m.inputPrice === null || m.outputPrice === null ? '–' : `${dollars(m.inputPrice)} / ${dollars(m.outputPrice)}`),
  noCharge: 'no charge',
  /** Only what is known. */
  describe: (m: Model, free: boolean, own: Price | null = null, starred = false) => {
    const published = m.inputPrice !== null && m.outputPrice !== null ? { input: m.inputPrice, output: m.outputPrice } : null;
    const pair = own ?? published;
    const price = free ? 'no charge' : pair ? `${dollars(pair.input)} / ${dollars(pair.output)} per million tokens${own ? ', your price' : ''}` : '';
    const output = m.outputTokens !== null && `writes ${tokens(m.outputTokens)} at most`;
    return [starred && 'favourite', m.passedTo !== null && `leaves this computer, ${models.passedTo(m.passedTo)}`, m.contextTokens !== null && `${tokens(m.contextTokens)} context`, output, price, m.retires !== null && `switched off on ${date(m.retires)}`].filter(Boolean).join(', ');
  },
  failed: (title: string) => `Couldn’t list the models: ${title}`,
  useHere: 'use in this chat',
  useAlways: 'use for new chats too',
} as const;
