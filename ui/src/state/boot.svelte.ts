// What the app is told once, at its start.
import type { AppError, Boot as Told, HistoryState, ProviderId, ProviderInfo } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { chatFilter } from './chat-filter.svelte';
import { connections } from './connections.svelte';
import { conversations } from './conversations.svelte';
import { drafts } from './drafts';
import { marks } from './marks.svelte';
import { organised } from './organised.svelte';
import { place } from './place.svelte';
import { preferences } from './preferences.svelte';
import { presets } from './presets.svelte';
import { prompts } from './prompts.svelte';

export class Boot {
  phase: 'loading' | 'ready' | 'failed' = $state('loading');
  error: AppError | null = $state.raw(null);
  version = $state('');
  keychainName = $state('');
  nativeWindows = $state(true);
  history: HistoryState = $state.raw({ state: 'kept' });
  /** Nobody has begun to use this home. */
  fresh = $state(false);
  providers: readonly ProviderInfo[] = $state.raw([]);

  /** Chats and keys of an earlier session are here, but the keychain that opens them can’t be asked. */
  get closed(): boolean {
    return this.history.state === 'sessionOnly' && !this.fresh;
  }

  /** Begins; `first` has what was told before anything is shown. */
  async load(first?: (told: Told) => Promise<void>): Promise<void> {
    try {
      const told = await commands.boot();
      this.version = told.version;
      this.keychainName = told.keychainName;
      this.nativeWindows = told.nativeWindows;
      this.history = told.history;
      this.fresh = told.fresh;
      this.providers = told.providers;
      connections.load(told.connections);
      marks.load(told.marks);
      presets.load(told.presets, told.defaultPreset);
      prompts.forget();
      preferences.load(told);
      conversations.load(told);
      organised.load(told);
      chatFilter.clear();
      // The first steps are for a stranger; whoever has been here sees what is theirs, or why it can’t be seen.
      if (told.fresh) place.addKey();
      else place.chat();
      await first?.(told);
      this.phase = 'ready';
    } catch (reason) {
      this.error = reason as AppError;
      this.phase = 'failed';
    }
  }

  /** After a start that failed: does what may help, then starts once more. */
  async tryAgain(ask: () => Promise<unknown>): Promise<void> {
    try {
      await ask();
    } catch (reason) {
      const error = reason as AppError;
      // A native no changes nothing; any other trouble is what is in the way now.
      if (error.code !== 'cancelled') this.error = error;
      return;
    }
    await this.load();
  }

  /**
   * Asks for the keychain again, patiently. If only its keys were out of reach, nothing else changes; if the chats were
   * too, they come back, and what was typed for a new chat stays.
   */
  async unlockHistory(): Promise<void> {
    const wereOpen = this.history.state === 'kept';
    drafts.flush();
    const history = await commands.unlock_history();
    this.history = history;
    if (wereOpen || history.state !== 'kept') return;
    const { id, draft, systemPrompt } = conversations.current;
    await this.load();
    if (id !== null) return;
    conversations.current.draft ||= draft;
    conversations.current.systemPrompt = systemPrompt;
  }

  provider(id: ProviderId): ProviderInfo | undefined {
    return this.providers.find((p) => p.id === id);
  }

  providerName(id: ProviderId): string {
    return this.provider(id)?.name ?? id;
  }
}

export const boot = new Boot();
