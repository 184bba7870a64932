// Every screen, looked over for what assistive technology would stumble on. Colours, sizes and places need a layout: the
// design's own check and the journeys have those.
import axe from 'axe-core';
import { screen, waitFor } from '@testing-library/svelte';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SCENES } from '../src/ipc/fake-scenes';
import { conversations } from '../src/state/conversations.svelte';
import { find } from '../src/state/find.svelte';
import { place, type SettingsPage } from '../src/state/place.svelte';
import { search } from '../src/state/search.svelte';
import { voice } from '../src/state/voice.svelte';
import { leave, LOOKS } from './looks';
import { openApp } from './open-app';

/**
 * Without a layout these can’t be told; `region` asks for landmarks around what floats over them all, and an
 * answer has the headings that it has. */
const WITHOUT_LAYOUT = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'region', 'link-in-text-block', 'heading-order'];

/** The components that anything on the page comes from: Svelte notes that while it is tested. */
const seen = new Set<string>();
function note(): void {
  for (const element of document.querySelectorAll('body *')) {
    const file = (element as Element & { __svelte_meta?: { loc: { file: string } } }).__svelte_meta?.loc.file;
    if (file) seen.add(file.replace(/^.*?src\//, ''));
  }
}

/** Tables of answers are regions of one name; that is written natively (src-tauri/render). */
const isNative = (rule: string, html: string) => rule === 'landmark-unique' && html.startsWith('<div class="prose-table"');

async function violations(): Promise<string[]> {
  note();
  const { violations: found } = await axe.run(document.body, { rules: Object.fromEntries(WITHOUT_LAYOUT.map((rule) => [rule, { enabled: false }])), resultTypes: ['violations'] });
  return found.flatMap((one) => one.nodes.filter((node) => !isNative(one.id, node.html)).map((node) => `${one.id}: ${node.html.slice(0, 160)}`));
}

beforeEach(() => {
  document.documentElement.lang = 'en';
  place.narrow = false;
  place.layer = null;
  place.settingsPage = 'appearance';
});
afterEach(() => {
  place.layer = null;
  find.open = false;
  voice.phase = 'off';
  search.text = '';
});

const chat = { ...SCENES['chat']!, conversations: 4, windowMs: 0 };
const openFirst = async () => {
  await conversations.open(1);
  await screen.findAllByRole('article');
};
const settings = (page: SettingsPage) => () => place.settings(page);

const SCREENS: Record<string, () => unknown> = {
  'an empty chat': () => undefined,
  'a chat': openFirst,
  'finding in a chat': async () => {
    await openFirst();
    find.open = true;
  },
  'messages that wait': async () => {
    await openFirst();
    conversations.current.queue = [{ text: 'Next', files: [], next: null }];
  },
  'the model picker': () => (place.layer = 'models'),
  parameters: () => (place.layer = 'parameters'),
  'the palette': () => (place.layer = 'palette'),
  'the shortcuts': () => (place.layer = 'keyboard'),
  'the system prompt': () => (place.layer = 'systemPrompt'),
  keys: () => place.keys(),
  applications: () => place.applications(),
  'the leak check': () => place.leaks(),
  usage: () => place.usage(),
  search: () => place.search(),
  branches: async () => {
    await openFirst();
    place.branches();
  },
  'side by side': () => place.compare(),
  prompts: () => place.prompts(),
  presets: () => place.presets(),
  'the archive': () => place.showShelf('archive'),
  'the trash': () => place.showShelf('trash'),
  'settings, appearance': settings('appearance'),
  'settings, chat': settings('chat'),
  'settings, background': settings('background'),
  'settings, voice': settings('voice'),
  dictation: () => voice.dictate(),
  'settings, privacy': settings('privacy'),
  'settings, data': settings('data'),
  'settings, shortcuts': settings('shortcuts'),
  'the wizard': () => place.addKey(),
};

test.each(Object.keys(SCREENS))('%s has nothing in the way', async (name) => {
  await openApp({ ...chat, ...SCENES['prompts']!, conversations: 4 });
  await SCREENS[name]!();
  // What is asked for natively has come.
  await new Promise((done) => setTimeout(done, 50));
  await waitFor(() => expect(document.querySelector('main, .wizard, dialog')).not.toBeNull());
  expect(await violations()).toEqual([]);
}, 30_000);

test.each(Object.keys(LOOKS))('%s has nothing in the way', async (name) => {
  const look = LOOKS[name]!;
  const fake = await openApp({ ...chat, ...look.options });
  await look.open(fake);
  await new Promise((done) => setTimeout(done, 50));
  expect(await violations()).toEqual([]);
  leave();
}, 60_000);

test('each component has been looked at', () => {
  const src = resolve(import.meta.dirname, '../src');
  // Those that join others have no element of their own.
  const hasElement = (name: string) => /<[a-z]/.test(readFileSync(join(src, name), 'utf8').replace(/<script[\s\S]*?<\/script>|<!--[\s\S]*?-->/g, ''));
  const all = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte') && hasElement(name));
  // The small window has its own looks (quick.test.ts).
  expect(all.filter((name) => !seen.has(name) && !name.startsWith('features/quick/'))).toEqual([]);
});

test('the look finds what is wrong', async () => {
  await openApp(chat);
  const bad = document.createElement('button');
  document.querySelector('main')!.append(bad);
  expect((await violations()).some((one) => one.startsWith('button-name'))).toBe(true);
  bad.remove();
});
