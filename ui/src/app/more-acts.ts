// Acts that another part of the app does: a page on which they stand as a button, or native code at once.
import { commands } from '../ipc/commands';
import type { Model } from '../ipc/bindings/types';
import { attempt } from '../state/attempt';
import { boot } from '../state/boot.svelte';
import { connections } from '../state/connections.svelte';
import { conversations } from '../state/conversations.svelte';
import { exportChats } from '../state/exporting';
import { notices } from '../state/notices.svelte';
import { organised } from '../state/organised.svelte';
import { setParameters } from '../state/parameters.svelte';
import { place, type Wish } from '../state/place.svelte';
import { practise } from '../state/practising';
import { unlock } from '../state/unlock.svelte';
import { voice } from '../state/voice.svelte';
import { readable } from '../ui/readable';
import { words } from '../words';
import { toLatest } from './regions';

/** Goes there, where it is done. */
const on = (go: () => void, wish: Wish) => (): void => {
  go();
  place.wish = wish;
};

/** Where messages are written: beside several models, too. */
function toComposer(): void {
  if (place.page !== 'compare') place.chat();
}

/** With what is known of the model that answers here. */
function withModel(act: (model: Model) => Promise<void> | void): void {
  place.chat();
  const { connectionId, model } = conversations.current;
  if (connectionId === null || model === null) return notices.show({ text: words.chat.banner.noModelTitle, action: null });
  void attempt(async () => act(await commands.describe_model(connectionId, model)));
}

export const moreActs = {
  attachFiles: on(toComposer, 'attachFiles'),
  insertPrompt: on(toComposer, 'insertPrompt'),
  effort: () =>
    withModel(({ id, abilities }) => {
      if (abilities.efforts.length > 0) place.layer = 'effort';
      else notices.show({ text: words.parameters.noEffort(readable(id)), action: null });
    }),
  webSearch: () =>
    withModel(async ({ id, abilities }) => {
      const { current } = conversations;
      if (abilities.search === null) return notices.show({ text: words.parameters.noSearch(readable(id)), action: null });
      await setParameters(current, { search: !current.parameters.search });
      notices.show({ text: current.parameters.search ? words.parameters.searchIsOn : words.parameters.searchIsOff, action: null });
    }),
  newRoute: () => {
    if (connections.list.length === 0) return notices.show({ text: words.chat.banner.noKeyTitle, action: null });
    place.chat();
    place.layer = 'newRoute';
  },
  latest: () => {
    if (place.page === 'chat') toLatest();
  },
  hideNames: () => {
    if (place.page === 'compare' || conversations.current.turn === null) on(() => place.compare(), 'hideNames')();
  },
  pauseDictation: () => void ((voice.phase === 'recording' || voice.phase === 'paused') && voice.pause()),
  cancelDictation: () => void (voice.phase !== 'off' && voice.cancel()),
  newPrompt: on(() => place.prompts(), 'newPrompt'),
  importPrompts: on(() => place.prompts(), 'importPrompts'),
  exportPrompts: on(() => place.prompts(), 'exportPrompts'),
  newPreset: on(() => place.presets(), 'newPreset'),
  exportUsage: on(() => place.usage(), 'exportUsage'),
  addApplication: on(() => place.applications(), 'addApplication'),
  lendKeys: on(() => place.applications(), 'lendKeys'),
  teamFile: on(() => place.keys(), 'teamFile'),
  leakFolders: on(() => place.leaks(), 'leakFolders'),
  leakReport: on(() => place.leaks(), 'leakReport'),
  practise: () => void attempt(practise),
  unlockKeychain: () => {
    if (boot.history.state === 'kept') notices.show({ text: words.status.historyKept, action: null });
    else void unlock.ask();
  },
  emptyTrash: () => {
    place.showShelf('trash');
    if (organised.trashed === 0) notices.show({ text: words.organise.shelf.emptyTrash, action: null });
    else void attempt(() => organised.emptyTrash());
  },
  exportAllMarkdown: () => exportChats(null, 'markdown'),
  exportAllJson: () => exportChats(null, 'json'),
  dataFolder: () => void attempt(() => commands.show_data_folder()),
  deleteAllChats: on(() => place.settings('data'), 'deleteAllChats'),
  clearSelection: () => organised.picked.clear(),
} as const;
