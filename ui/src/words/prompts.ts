// Prompts and presets: their pages, and what the composer offers of them.
import { count } from './format';

interface Tangle {
  readonly kind: 'circle' | 'missing' | 'tooLong';
  readonly by: readonly string[];
}

const way = (by: readonly string[]) => by.map((slash) => `/${slash}`).join(' → ');

export const prompts = {
  pages: 'Prompt pages',
  title: 'Prompts',
  lead: 'Text you use again. Type / in a message to insert one.',
  import: 'Import',
  export: 'Export',
  new: 'New prompt',
  filter: 'Filter prompts',
  filterHint: (n: number): string => `Filter ${count(n)} ${n === 1 ? 'prompt' : 'prompts'}`,
  list: 'Prompts',
  favourites: 'Favourites',
  noFolder: 'No folder',
  none: 'No prompt yet.',
  noMatch: 'No prompt fits.',
  name: 'Name',
  slash: 'Slash name',
  folder: 'Folder',
  folderHint: 'No folder',
  text: 'Text',
  marks: ['{{name}}', '{{name:120}}', '{{name:a|b}}', '{{/other}}'] as const,
  marksNote: ['asks,', 'has a default,', 'a choice,', 'takes in another prompt. Filled by itself: selection, clipboard, date.'] as const,
  nameMissing: 'A prompt needs a name.',
  newName: 'New prompt',
  noDraft: 'Nothing is written yet',
  star: 'Add to favourites',
  unstar: 'Remove from favourites',
  more: 'More for this prompt',
  removed: (name: string): string => `${name} deleted`,
  saved: 'Saved',
  slashTaken: (slash: string): string => `Another prompt has that slash name, so this one is /${slash}.`,
  blanks: 'Fill the blanks',
  tokens: (n: number): string => `About ${count(n)} tokens`,
  copy: 'Copy',
  use: 'Use in a new chat',
  insert: 'Insert',
  cancel: 'Cancel',
  copied: 'Copied',
  notes: {
    selection: 'nothing is selected, so type or paste',
    selected: 'what is selected in the chat',
    clipboard: 'taken only when you press Paste or Ctrl+V',
    paste: 'Paste',
  },
  imported: (n: number): string => (n === 0 ? 'Every prompt of that file is here already.' : n === 1 ? '1 prompt imported' : `${count(n)} prompts imported`),
  exported: (n: number): string => (n === 1 ? '1 prompt exported' : `${count(n)} prompts exported`),
  tangled({ kind, by }: Tangle): string {
    if (kind === 'circle') return `It takes in itself: ${way(by)}. Nothing was inserted. Take one of these out.`;
    if (kind === 'missing') return `There is no prompt /${by.at(-1)}. Nothing was inserted. Make it, or take it out.`;
    return 'With all that it takes in it is too long. Nothing was inserted.';
  },

  // In the composer.
  insertPrompt: 'Insert a prompt',
  yours: 'Your prompts',
  actions: 'Actions',
  foot: { choose: 'choose', insert: 'insert', keep: 'keep typing' },
  nothing: 'No prompt begins like that.',
  models: 'Models',
  noModel: 'No model fits.',
  nextBy: (model: string): string => `Next message: ${model}`,
  notNext: (model: string): string => `Don’t ask ${model} next`,
};

export const presets = {
  title: 'Presets',
  lead: 'A system prompt, a model and its parameters under one name.',
  new: 'New preset',
  list: 'Presets',
  yours: 'Yours',
  shipped: 'Comes with Latchkey',
  none: 'No preset of yours yet.',
  name: 'Name',
  systemPrompt: 'System prompt',
  model: 'Model or route',
  modelNote: 'Fallbacks come with a route.',
  anyModel: 'Any model',
  routes: 'Routes',
  effort: 'Reasoning effort',
  effortNote: 'Where the model takes it.',
  own: 'Model’s own',
  temperature: 'Temperature',
  temperatureNote: 'Sent where the model takes one.',
  longest: 'Longest answer',
  longestHint: 'No limit',
  search: 'Web search',
  searchNote: 'Where the provider has one; searches cost extra.',
  json: 'Answer as JSON',
  star: 'Add to favourites',
  unstar: 'Remove from favourites',
  more: 'More for this preset',
  duplicate: 'Duplicate',
  makeDefault: 'Begin new chats with it',
  noDefault: 'Don’t begin new chats with it',
  isDefault: 'new chats begin with it',
  removed: (name: string): string => `${name} deleted`,
  start: 'Start a chat with it',
  saved: 'Saved. Chats that use it keep what they were sent.',
  shippedNote: 'It comes with Latchkey. Duplicate it to change it.',
  copyOf: (name: string): string => `${name} (copy)`,
  newName: 'New preset',
  nameMissing: 'A preset needs a name.',
};

/** Presets that come with the app: good instructions are half of a good answer. */
export const shippedPresets = [
  {
    name: 'Explain simply',
    instructions: 'Explain so that a clever twelve-year-old follows. Short sentences, everyday words, one picture or example for each idea. Say what you left out to keep it simple. If the question rests on a mistake, say so first.',
    temperature: null,
    json: false,
  },
  {
    name: 'Code reviewer',
    instructions: 'Review the code as an experienced colleague. First what breaks: wrong results, lost data, races, security. Then what misleads a reader. Name the line, say what happens and how to mend it, with the smallest change. Leave taste and formatting alone. If it is fine, say that in one line.',
    temperature: 0.2,
    json: false,
  },
  {
    name: 'Translator',
    instructions: 'Translate what you are given, and nothing else. Into English, unless it is English: then into the language that the person names, or ask which. Keep tone, register, names, numbers, markdown and code as they are. Where a phrase has no counterpart, choose what a native speaker would say, and add one short note at the end.',
    temperature: 0.3,
    json: false,
  },
  {
    name: 'Only JSON',
    instructions: 'Answer with one JSON value and nothing around it: no words, no fence. Keys in camelCase. What is not known is null. If a schema is given, follow it exactly.',
    temperature: 0,
    json: true,
  },
] as const;
