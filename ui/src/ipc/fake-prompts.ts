// The fake's library of prompts.
import type * as t from './bindings/types';

type Args = Record<string, unknown>;

export const PROMPTS: readonly t.Prompt[] = [
  { id: 1, name: 'Plain English', slash: 'plain', folder: 'Writing', text: 'Rewrite this in plain English for {{reader:my grandmother|a lawyer}}. Keep every date and amount. At most {{words:120}} words.\n\n{{selection}}', favourite: true },
  { id: 2, name: 'Steps with dates', slash: 'plan', folder: 'Writing', text: 'Turn this into steps with dates, beginning on {{date}}:\n\n{{text}}', favourite: true },
  { id: 3, name: 'Friendly, but firm', slash: 'firm', folder: 'Writing', text: 'Make this friendly, but firm:\n\n', favourite: false },
  { id: 4, name: 'Review this change', slash: 'review', folder: 'Code', text: 'Review this change. {{/short}}', favourite: false },
  { id: 5, name: 'Shorter by half', slash: 'short', folder: 'Writing', text: 'Be brief.', favourite: false },
];

export class FakePrompts {
  #list: t.Prompt[];
  #next: number;

  /** `files` is what a file that is picked holds; `clipboard`, what the native window gives after a yes. */
  constructor(list: readonly t.Prompt[], files: readonly t.PromptInput[], clipboard: string) {
    this.#list = [...list];
    this.#next = 1 + Math.max(0, ...list.map((prompt) => prompt.id));
    this.commands = {
      list_prompts: () => [...this.#list],
      save_prompt: (a) => this.#save(a['prompt'] as t.PromptInput),
      delete_prompt: (a) => void (this.#list = this.#list.filter((prompt) => prompt.id !== a['id'])),
      import_prompts: () => files.map((file) => this.#save(file)),
      export_prompts: () => this.#list.length,
      take_clipboard: () => clipboard,
    };
  }

  readonly commands: Record<string, (args: Args) => unknown>;

  #save(input: t.PromptInput): t.Prompt {
    const taken = (slash: string) => slash !== '' && this.#list.some((prompt) => prompt.slash === slash && prompt.id !== input.id);
    let slash = input.slash;
    for (let n = 2; taken(slash); n += 1) slash = `${input.slash}-${n}`;
    const kept = { ...input, slash, id: input.id ?? this.#next++ };
    this.#list = input.id === null ? [...this.#list, kept] : this.#list.map((prompt) => (prompt.id === kept.id ? kept : prompt));
    return kept;
  }
}
