// Texts that are used again: kept natively, here as soon as anybody asks for them.
import type { Prompt, PromptId, PromptInput } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { whole, type Whole } from './prompt-text';

class Prompts {
  list: readonly Prompt[] = $state.raw([]);
  #asked: Promise<void> | null = null;

  /** Other chats, other prompts. */
  forget(): void {
    this.#asked = null;
    this.list = [];
  }

  /** Asks once. */
  async load(): Promise<void> {
    this.#asked ??= commands.list_prompts().then((list) => void (this.list = list));
    try {
      await this.#asked;
    } catch (reason) {
      this.#asked = null;
      throw reason;
    }
  }

  get(id: PromptId | null): Prompt | null {
    return this.list.find((prompt) => prompt.id === id) ?? null;
  }

  /** Every folder that something is in. */
  get folders(): readonly string[] {
    return [...new Set(this.list.map((prompt) => prompt.folder).filter((folder) => folder !== ''))].sort((a, b) => a.localeCompare(b));
  }

  async save(input: PromptInput): Promise<Prompt> {
    const kept = await commands.save_prompt(input);
    this.list = input.id === null ? [...this.list, kept] : this.list.map((prompt) => (prompt.id === kept.id ? kept : prompt));
    return kept;
  }

  async remove(id: PromptId): Promise<void> {
    await commands.delete_prompt(id);
    this.list = this.list.filter((prompt) => prompt.id !== id);
  }

  /** How many came. */
  async import(): Promise<number> {
    await this.load();
    const added = await commands.import_prompts();
    this.list = [...this.list, ...added];
    return added.length;
  }

  /** What a prompt says with all that it takes in. */
  whole(prompt: Pick<Prompt, 'text' | 'slash'>): Whole {
    return whole(prompt.text, (slash) => this.list.find((other) => other.slash === slash)?.text ?? null, prompt.slash);
  }
}

export const prompts = new Prompts();
