// Every setting by its name and page, and the words that people look for it by: the palette finds it here, and the page gives it
// the focus.
import type { SettingsPage } from '../../state/place.svelte';
import { words } from '../../words';

const w = words.settings;

export const SETTINGS = [
  { key: 'theme', page: 'appearance', name: w.theme },
  { key: 'textSize', page: 'appearance', name: w.textSize },
  { key: 'lineLength', page: 'appearance', name: w.lineLength },
  { key: 'density', page: 'appearance', name: w.density },
  { key: 'font', page: 'appearance', name: w.font },
  { key: 'wrapCode', page: 'appearance', name: w.wrapCode },
  { key: 'reduceMotion', page: 'appearance', name: w.reduceMotion },
  { key: 'showFacts', page: 'appearance', name: w.showFacts },
  { key: 'sendWith', page: 'chat', name: w.sendWith },
  { key: 'spelling', page: 'chat', name: w.spelling },
  { key: 'titles', page: 'chat', name: w.titles.name },
  { key: 'guard', page: 'privacy', name: w.guard },
  { key: 'notifyAnswers', page: 'privacy', name: w.notifyAnswers },
  { key: 'listener', page: 'voice', name: words.voice.settings.listener },
  { key: 'speaker', page: 'voice', name: words.voice.settings.speaker },
  { key: 'quickAsk', page: 'background', name: words.background.quickAsk },
  { key: 'tray', page: 'background', name: words.background.tray },
  { key: 'session', page: 'background', name: words.background.session },
  { key: 'privacy', page: 'privacy', name: w.pages.privacy },
  { key: 'where', page: 'data', name: w.where },
  { key: 'archive', page: 'data', name: w.archive },
  { key: 'trash', page: 'data', name: w.trash },
  { key: 'keepTrash', page: 'data', name: w.keepTrash },
  { key: 'importPrompts', page: 'data', name: w.importPrompts },
  { key: 'export-markdown', page: 'data', name: w.exportMarkdown },
  { key: 'export-json', page: 'data', name: w.exportJson },
  { key: 'deleteAll', page: 'data', name: w.deleteAll },
  { key: 'shortcuts', page: 'shortcuts', name: w.pages.shortcuts },
  { key: 'about', page: 'about', name: w.pages.about },
] as const satisfies readonly { key: string; page: SettingsPage; name: string }[];

/** What else it is looked for by. */
export const MORE_WORDS: Readonly<Partial<Record<(typeof SETTINGS)[number]['key'], string>>> = w.moreWords;
