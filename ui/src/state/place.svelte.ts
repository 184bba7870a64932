// Where the person is: which page, and which layer lies over it.
import type { ConnectionId, KeySource, PromptId, RemovedKey } from '../ipc/bindings/types';
import type { Want } from './wants';

export interface KeyErrand {
  /** The connection whose key is to be replaced; null adds one. */
  replaces: ConnectionId | null;
  /** Start by handing over from here, without asking where from. */
  source: KeySource | null;
}

export type Layer = 'models' | 'parameters' | 'effort' | 'newRoute' | 'systemPrompt' | 'renameTitle' | 'palette' | 'keyboard' | null;

export type SettingsPage = 'appearance' | 'chat' | 'voice' | 'background' | 'privacy' | 'data' | 'shortcuts' | 'about';

/** What a page is asked to do as soon as it is there: how, only the page knows. */
export type Wish =
  | 'attachFiles' | 'insertPrompt' | 'hideNames' | 'newPrompt' | 'importPrompts' | 'exportPrompts' | 'newPreset' | 'addApplication' | 'lendKeys' | 'teamFile' | 'leakFolders'
  | 'leakReport' | 'exportUsage' | 'deleteAllChats';

export type Page = 'chat' | 'keys' | 'applications' | 'leaks' | 'usage' | 'rotation' | 'leaked' | 'search' | 'settings' | 'shelf' | 'branches' | 'compare' | 'prompts' | 'presets' | 'wizard';

class Place {
  page: Page = $state('chat');
  shelf: 'archive' | 'trash' = $state('archive');
  settingsPage: SettingsPage = $state('appearance');
  /** The prompt that the page of prompts opens at. */
  prompt: PromptId | null = $state(null);
  /** The setting that is to have the focus. */
  setting: string | null = $state(null);
  wish: Wish | null = $state(null);
  errand: KeyErrand = $state.raw({ replaces: null, source: null });
  layer: Layer = $state(null);
  /** The connection that a page is about. */
  of: ConnectionId | null = $state(null);
  /** What was done about a key that leaked just now. */
  removed: RemovedKey | null = $state.raw(null);
  /** Below 860 px the sidebar is a drawer, closed at first. */
  narrow = $state(false);
  sidebarWide = $state(true);
  drawerOpen = $state(false);
  sidebarWidth = $state(264);
  /** Who knows that these answers are made up need not be told until the next start. */
  practiceBannerAway = $state(false);
  #back: Exclude<Page, 'wizard'> = 'chat';
  /** What is wanted of the model that is chosen next. */
  #wanted: readonly Want[] = [];

  get sidebarShown(): boolean {
    return this.narrow ? this.drawerOpen : this.sidebarWide;
  }

  chat(): void {
    this.#go('chat');
  }

  keys(): void {
    this.#go('keys');
  }

  applications(): void {
    this.#go('applications');
  }

  usage(): void {
    this.#go('usage');
  }

  /** Changing this connection’s key. */
  rotate(id: ConnectionId): void {
    this.of = id;
    this.#go('rotation');
  }

  /** What was done about its key, which leaked. */
  leaked(id: ConnectionId, removed: RemovedKey | null): void {
    this.of = id;
    this.removed = removed;
    this.#go('leaked');
  }

  leaks(): void {
    this.#go('leaks');
  }

  /** The archive, or the trash. */
  showShelf(shelf: 'archive' | 'trash'): void {
    this.shelf = shelf;
    this.#go('shelf');
  }

  /** A page of the settings, at one of them. */
  settings(page: SettingsPage = this.settingsPage, setting: string | null = null): void {
    this.settingsPage = page;
    this.setting = setting;
    this.#go('settings');
  }

  /** Several models beside each other, in the chat that is open. */
  compare(): void {
    this.#go('compare');
  }

  /** The tree of the chat that is open. */
  branches(): void {
    this.#go('branches');
  }

  prompts(at: PromptId | null = null): void {
    this.prompt = at;
    this.#go('prompts');
  }

  presets(): void {
    this.#go('presets');
  }

  search(): void {
    this.#go('search');
  }

  /** Opens the list of models, of those that can this. */
  chooseModel(...wanted: readonly Want[]): void {
    this.#wanted = wanted;
    this.layer = 'models';
  }

  takeWanted(): readonly Want[] {
    const wanted = this.#wanted;
    this.#wanted = [];
    return wanted;
  }

  /** Whether this is what is wished: whoever asks does it, and nobody else any more. */
  takes(wish: Wish): boolean {
    if (this.wish !== wish) return false;
    this.wish = null;
    return true;
  }

  addKey(errand: Partial<KeyErrand> = {}): void {
    if (this.page !== 'wizard') this.#back = this.page;
    this.errand = { replaces: null, source: null, ...errand };
    this.#go('wizard');
  }

  /** Out of the wizard, to where it was opened. */
  back(): void {
    this.#go(this.#back);
  }

  toggleSidebar(): void {
    if (this.narrow) this.drawerOpen = !this.drawerOpen;
    else this.sidebarWide = !this.sidebarWide;
  }

  closeDrawer(): void {
    this.drawerOpen = false;
  }

  #go(page: Page): void {
    this.page = page;
    this.layer = null;
    this.wish = null;
    this.drawerOpen = false;
  }
}

export const place = new Place();
