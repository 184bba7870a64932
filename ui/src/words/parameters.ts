// How answers are asked for.
import type { Effort, Estimate, Parameter, Search } from '../ipc/bindings/types';
import { count, money } from './format';

const EFFORTS: Record<Effort, string> = { none: 'None', minimal: 'Minimal', low: 'Low', medium: 'Medium', high: 'High', xhigh: 'Very high', max: 'Max' };

export const parameters = {
  open: 'Parameters',
  title: 'Parameters',
  reset: 'Reset',
  effort: 'Reasoning effort',
  effortOf: (effort: Effort | null) => (effort === null ? 'Automatic' : EFFORTS[effort]),
  effortButton: (effort: string) => `Reasoning: ${effort}`,
  temperature: 'Temperature',
  temperatureLead: 'Low is steady, high is free',
  topP: 'Top-p',
  topPLead: 'Share of likely words; not sent beside a temperature',
  maxTokens: 'Longest answer',
  maxTokensLead: (most: number | null) => (most === null ? 'Tokens, thinking included' : `Thinking included, at most ${count(most)}`),
  maxTokensBad: 'A whole number of tokens',
  verbosity: 'Length of answers',
  verbosities: { low: 'Short', medium: 'Medium', high: 'Long' },
  stop: 'Stop at',
  stopLead: 'Ends the answer before this text; one a line, four at most',
  seed: 'Seed',
  seedLead: 'The same number asks for the same answer',
  json: 'Answer as JSON',
  schema: 'JSON schema',
  schemaNeeded: (model: string) => `${model} answers as JSON only by a schema. Without one, this isn’t sent.`,
  schemaBad: 'This is not a JSON document yet, so it isn’t sent.',
  context: 'Context length',
  contextLead: (most: number | null) => (most === null ? 'Tokens that it reads and writes; more takes more memory' : `Tokens, at most ${count(most)}; more takes more memory`),
  contextBad: 'A whole number of tokens, at least 512',
  keep: 'Stay in memory',
  keepLead: 'After an answer',
  keepOf: (minutes: number | null) => (minutes === null ? 'Automatic' : minutes < 0 ? 'Always' : minutes === 0 ? 'No' : minutes === 60 ? '1 hour' : `${count(minutes)} min`),
  noEffort: (model: string) => `${model} can’t be told how much to reason`,
  noSearch: (model: string) => `${model} doesn’t search the web`,
  searchIsOn: 'Web search is on',
  searchIsOff: 'Web search is off',
  search: 'Web search',
  searchButton: 'Search',
  /** What searching costs, as far as that is known. */
  searchCost: ({ nano, per, most, alwaysPaid }: Search) => {
    if (nano === null) return 'The price of a search is unknown';
    if (nano === 0) return 'Searches cost nothing';
    const each = money(nano, true);
    if (alwaysPaid) return `Up to ${each} an answer, searched or not`;
    if (per === 'answer') return `Up to ${each} an answer that searched`;
    return most === null ? `${each} a search, however many` : `${each} a search, at most ${count(most)}`;
  },
  searchOn: ({ nano, per, most, alwaysPaid }: Search) => {
    if (nano === null) return 'Search on: price unknown';
    if (nano === 0) return 'Search on: it costs nothing';
    const each = money(nano, true);
    if (per === 'answer' || alwaysPaid) return `Search on: up to ${each} an answer`;
    return most === null ? `Search on: ${each} each` : `Search on: ${each} each, at most ${count(most)} an answer`;
  },
  /** In a sentence. */
  named: { effort: 'reasoning effort', temperature: 'temperature', topP: 'top-p', maxTokens: 'longest answer', stop: 'stop texts', seed: 'seed', json: 'JSON', verbosity: 'length of answers' } satisfies Record<Parameter, string>,
  refused: (model: string, parameter: string) => `${model} refused ${parameter}, so it isn’t sent.`,
  sendAgain: (parameter: string) => `Send ${parameter} again`,
  automatic: 'Automatic',
  onlyAtNone: (model: string) => `${model} takes a temperature only with effort None.`,
  unknownModel: (model: string) => `Little is known of ${model}, so only the longest answer can be set.`,
  preset: {
    none: 'No preset',
    button: (name: string) => `Preset: ${name}`,
    changed: (name: string) => `${name}, changed`,
    list: 'Presets',
    default: 'for new chats',
    more: 'More for presets',
    saveNew: 'Save as a new preset',
    save: (name: string) => `Save to ${name}`,
    rename: 'Rename',
    noDefault: 'Don’t use for new chats',
    remove: (name: string) => `Delete ${name}`,
    removed: (name: string) => `${name} deleted. Chats keep what it gave them.`,
    chosen: (name: string) => `Preset: ${name}`,
    kept: (name: string) => `${name} is kept`,
    name: 'Name of the preset',
    withModel: (model: string) => `Always with ${model}`,
    cancel: 'Cancel',
    keep: 'Save',
  },
  price: {
    unknown: 'Price unknown',
    yours: 'Your price',
    lead: 'US dollars per million tokens. Kept here, and used for costs and bounds.',
    half: 'Both numbers are needed.',
    bad: 'A number of dollars, such as 0.25',
    read: 'Your price for a million tokens read',
    readShort: 'read',
    written: 'Your price for a million tokens written',
    writtenShort: 'written',
  },
  /** `priced`: a price is known, so that only the length of the answer is not bound. Along a route it may be any model's. */
  estimate: ({ tokens, atMostNano }: Pick<Estimate, 'tokens' | 'atMostNano'>, priced: boolean | 'route' = false) => {
    const about = `About ${count(tokens)} tokens`;
    if (atMostNano === null) return priced === 'route' ? `${about}, cost unknown along the route` : priced ? `${about}, cost not bound` : `${about}, price unknown`;
    return atMostNano === 0 ? about : `${about}, at most ${money(atMostNano, true)}`;
  },
};
