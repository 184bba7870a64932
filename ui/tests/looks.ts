// What can be on the page beside its plain screens: dialogs, menus, banners, and pages in the midst of something.
import { fireEvent, waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import type { Attached, Team } from '../src/ipc/bindings/types';
import { failure, type Fake, type FakeOptions } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { LEAKS } from '../src/ipc/fake-leaks';
import { SCENES } from '../src/ipc/fake-scenes';
import { chatFilter } from '../src/state/chat-filter.svelte';
import { boot } from '../src/state/boot.svelte';
import { conversations } from '../src/state/conversations.svelte';
import { news } from '../src/state/news.svelte';
import { notices } from '../src/state/notices.svelte';
import { organised } from '../src/state/organised.svelte';
import { place, type Layer } from '../src/state/place.svelte';
import { search } from '../src/state/search.svelte';
import { voice } from '../src/state/voice.svelte';

const WAIT = { timeout: 15_000 };
const spoken = (element: Element): string => {
  const copy = element.cloneNode(true) as Element;
  for (const hidden of copy.querySelectorAll('[aria-hidden="true"], svg')) hidden.remove();
  return element.getAttribute('aria-label') ?? copy.textContent!.replace(/\s+/g, ' ').trim();
};
/** By attributes: asking for roles in a page this full takes a second each time. */
const found = (name: string | RegExp): Promise<HTMLElement> =>
  waitFor(() => {
    const all = [...document.querySelectorAll<HTMLElement>('button:not([disabled]), a, summary, [role="menuitem"], [role="option"]')];
    const one = all.find((element) => (typeof name === 'string' ? spoken(element) === name : name.test(spoken(element))));
    if (!one) throw new Error(`no ${String(name)} among ${all.map(spoken).join('; ')}`);
    return one;
  }, WAIT);
export const click = async (...names: readonly (string | RegExp)[]): Promise<void> => {
  for (const name of names) await fireEvent.click(await found(name));
};
export const there = (selector: string): Promise<Element> => waitFor(() => document.querySelector(selector) ?? Promise.reject(new Error(`no ${selector}`)), WAIT);
const menuOf = async (name: string | RegExp): Promise<void> => void (await fireEvent.keyDown(await found(name), { key: 'F10', shiftKey: true }));
const fill = async (selector: string, value: string): Promise<void> => {
  const field = (await there(selector)) as HTMLInputElement;
  field.focus();
  field.value = value;
  field.setSelectionRange?.(value.length, value.length);
  await fireEvent.input(field, { target: { value } });
};
const type = (text: string) => fill('[data-message-field]', text);
const openFirst = async () => {
  await conversations.open(1);
  await there('article');
};
/** Asks something, and waits for what comes of it. */
const ask = async (sign: string) => {
  await type('How is it?');
  await click('Send');
  await there(sign);
};
const layer = (which: Layer, sign: string) => async () => {
  place.layer = which;
  await there(sign);
};
const folder = (name: string, parent: number | null) => organised.saveFolder({ id: null, parent, name, mark: parent === null ? 'c1' : '📦', systemPrompt: '', connectionId: null, model: null, route: null });
const folders = async () => {
  await folder('House move', null);
  await folder('Old papers', 1);
  await organised.change([2], { type: 'move', folder: 2 });
  await organised.toggle(1);
  await organised.toggle(2);
  await there('.conv-depth-2');
};

const FILE: Attached = { type: 'attached', attachment: { id: 7, name: 'lease.txt', kind: 'text', size: 1_200, document: null, pages: null, drawn: null, audio: null, lengthMs: null, width: null, height: null, moved: false, words: true, cut: false, preview: null } };
const NONE = { monthNano: null, dayNano: null, requestNano: null, requestsAMinute: null, tokensAMinute: null };
const TEAM: Team = { name: 'Shop', version: 3, acceptedMs: 1, connections: [{ name: 'Shop, OpenAI', connectionId: null, origin: 'https://api.openai.com', manager: '1Password', limits: { ...NONE, monthNano: 50e9 }, models: ['gpt-5.1'], rotateAfterDays: 60 }] };
const day = new Date().toISOString().slice(0, 10);
const USED: FakeOptions = {
  usage: {
    days: ['gpt-5.1', 'claude-sonnet-4.5'].map((model, n) => ({ day, connectionId: `connection-${n + 1}`, model, nano: 2_000_000_000, unpriced: n, requests: 3, readTokens: 10_000, writtenTokens: 2_000 })),
    chats: [{ id: 1, title: 'Retry with jitter in Rust', nano: 1_000_000_000, unpriced: 0, requests: 2 }] as never,
  },
};
const many = Array.from({ length: 6 }, (_, n) => ({ ...CONNECTIONS[n % CONNECTIONS.length]!, id: `connection-${n + 1}`, name: `Key ${n + 1}` }));
const handOver = async () => {
  place.addKey();
  await click('Continue', 'I have the key');
};

export interface Look {
  options?: FakeOptions;
  open: (fake: Fake) => unknown;
}

const chat = { ...SCENES['chat']!, conversations: 4, windowMs: 0 };
const of = (scene: string): FakeOptions => ({ ...SCENES[scene]!, ...(SCENES[scene]!.connections ? { conversations: 4 } : {}), windowMs: 0 });

export const LOOKS: Readonly<Record<string, Look>> = {
  'a start': { open: () => ((boot.phase = 'loading'), there('.full')) },
  'a tooltip': { open: async () => (await fireEvent.pointerOver(await found('Attach files')), there('.tip')) },
  'a start that failed': { options: of('damaged'), open: () => there('.btn') },
  'a start before the first key': { options: { ...chat, connections: [] }, open: () => place.chat() },
  'settings, about': { open: () => place.settings('about') },
  'the drawer of a narrow window': {
    open: async () => {
      place.narrow = true;
      await tick();
      place.toggleSidebar();
    },
  },
  'a notice with a way back': { open: () => notices.show({ text: 'Moved to the trash', action: { label: 'Undo', run: () => undefined } }) },

  'a chat that opens slowly': {
    open: async (fake) => {
      fake.commands['open_conversation'] = () => new Promise(() => undefined);
      void conversations.open(2);
      await there('.opening');
    },
  },
  'a message that is edited': { open: async () => (await openFirst(), (conversations.current.editing = conversations.current.lastOwn!.id), there('form.edit')) },
  'an answer that is edited': { open: async () => (await openFirst(), (conversations.current.editing = conversations.current.last!.id), there('form.edit')) },
  'a title that is changed': { open: async () => (await openFirst(), layer('renameTitle', '.topbar input')()) },
  'versions of an answer': { open: async () => (await openFirst(), await click('Try again'), there('[aria-label="Versions"]')) },
  'the menu of a message': { open: async () => (await openFirst(), click('More actions'), there('[role="menu"]')) },
  'the menu of a chat': { open: async () => (await openFirst(), click('More chat actions'), there('[role="menu"]')) },
  'sources': { options: of('sources'), open: () => ask('.sources-list') },
  'secrets in a message': { options: of('guard'), open: () => ask('[role="alert"]') },
  'secrets that were put back': { options: { ...of('guard'), answer: ['<p>Use ⟪password-1⟫.</p>'] }, open: async () => (await ask('[role="alert"]'), click('Send redacted', 'Show placeholders')) },
  'no network': { options: of('offline'), open: () => ask('.banner') },
  'a key that is refused': { options: of('rejected'), open: () => ask('.banner') },
  'a parameter that is refused': { options: of('refused'), open: () => ask('.banner') },
  'an answer that broke off': { options: of('broken'), open: () => ask('.after') },
  'a keychain that is locked': { options: of('locked'), open: () => there('.banner') },
  'practising': { options: of('practice'), open: () => there('.banner') },
  'a route that went on': { options: of('routes'), open: () => ask('article[aria-busy="false"]') },
  'a route that nobody answered': { options: of('route-none'), open: () => ask('[role="alert"]') },
  'a diagram, large': {
    options: { ...chat, answer: ['<figure class="diagram"><figcaption class="code-head"><button type="button" data-act="zoom">Enlarge</button></figcaption><div class="diagram-view"><img alt="A to B" src="data:,"></div></figure>'] },
    open: async () => {
      await ask('.sheet figure');
      await click('Enlarge');
      await there('dialog img');
    },
  },

  'a slash': { open: async () => (await type('/'), there('[role="listbox"]')) },
  'a mention': { open: async () => (await type('@'), there('[role="listbox"]')) },
  'blanks of a prompt': { options: of('prompts'), open: async () => (await type('/plain'), await there('[role="option"]'), await fireEvent.keyDown(document.activeElement!, { key: 'Tab' }), there('dialog form')) },
  'attachments': { open: async () => (await click('Attach files'), there('[aria-label="Attachments"] li')) },
  'a file that was refused': { options: { ...chat, files: [{ type: 'refused', name: 'old.zip', problem: 'archive' }] }, open: async () => (await click('Attach files'), there('.is-bad')) },
  'a message that waits and is changed': {
    open: async () => {
      await openFirst();
      conversations.current.queue = [{ text: 'Next', files: [], next: null }];
      await click('Edit queued message 1');
    },
  },
  'a take': { open: () => ((voice.phase = 'recording'), there('.dictation')) },
  'a take that failed': { open: () => ((voice.phase = 'failed'), (voice.problem = { title: 'No', body: 'It failed.', tone: 'warn', icon: 'alert' } as never), there('.dictation.is-failed')) },
  'effort': { open: async () => (await found(/^Reasoning/), layer('effort', '[role="menu"]')()) },
  'a new route': { open: async () => (await layer('newRoute', 'dialog')(), there('dialog select, dialog button')) },
  'presets in the parameters': { open: async () => (await layer('parameters', '[role="dialog"]')(), click(/^Preset:/)) },
  'a preset that gets its name': { open: async () => (await layer('parameters', '[role="dialog"]')(), click('More for presets', /^Save as a new preset/)) },
  'parameters of a model that runs here': { open: async () => (await conversations.chooseModel(conversations.current, 'connection-3', 'qwen3:8b'), layer('parameters', '[role="dialog"]')()) },
  'the price of a model': { options: { ...chat, models: [] }, open: async () => (await conversations.chooseModel(conversations.current, 'connection-1', 'unheard-of'), layer('parameters', '[role="dialog"]')()) },

  'folders in folders': { open: folders },
  'a folder that is made': { open: async () => (await click('New folder'), there('dialog')) },
  'a folder that is changed, with files': {
    options: { ...chat, files: [FILE] },
    open: async () => (await folders(), await organised.fileInFolder(1), await fireEvent.keyDown(await found('House move'), { key: 'F2' }), there('dialog')),
  },
  'a chat whose folder has files': { options: { ...chat, files: [FILE] }, open: async () => (await folders(), await organised.fileInFolder(2), await conversations.open(2), there('.folder-note')) },
  'where a folder is moved to': { open: async () => (await folders(), await menuOf('House move'), await click(/^Move to/), there('[role="menu"]')) },
  'where chats are moved to': { open: async () => (await folders(), await menuOf('Retry with jitter in Rust'), await click('Move to folder'), there('[role="menu"]')) },
  'tags': { open: async () => (await organised.change([1], { type: 'tag', name: 'tax' }), await menuOf('Retry with jitter in Rust'), await click('Tags'), there('dialog')) },
  'what the list is narrowed to': { open: async () => (await folders(), await chatFilter.choose({ by: 'folder', id: 1 }), there('.side-filter')) },
  'an empty list that is narrowed': { open: async () => (await chatFilter.choose({ by: 'pinned' }), there('.side-filter')) },
  'filters of the list': { open: async () => (await click('Filter chats'), there('[role="menu"]')) },
  'chats that are selected': { open: async () => (organised.pick(1), organised.pick(2), click('More for selected chats'), there('[role="toolbar"]')) },
  'a chat whose name is changed in the list': { open: async () => (await fireEvent.keyDown(await found('Retry with jitter in Rust'), { key: 'F2' }), there('.sidebar input[type="text"], .conv-rename')) },
  'a chat with a folder and tags': { open: async () => (await folders(), await organised.change([2], { type: 'tag', name: 'tax' }), await conversations.open(2), there('.topbar-chips')) },
  'what is in the archive': { open: async () => (await organised.change([1], { type: 'archive' }), place.showShelf('archive'), there('.shelf a')) },
  'what is in the trash': { open: async () => (await organised.change([1], { type: 'trash' }), place.showShelf('trash'), there('.shelf button')) },

  'what was found': { open: async () => (place.search(), (search.text = 'jitter'), await search.run(), there('.preview article')) },
  'nothing found': { open: async () => (place.search(), (search.text = 'xylophone role:user role:nobody'), await search.run(), there('.search-none')) },
  'side by side, answered': {
    options: { ...chat, marks: [{ connectionId: 'connection-2', model: 'claude-sonnet-4.5', starredMs: null, usedMs: 5, price: null }] },
    open: async () => (place.compare(), await there('.cmp'), await ask('.cmp article'), found('Keep this answer')),
  },
  'a month of usage': { options: { ...chat, ...USED }, open: async () => (place.usage(), there('table')) },
  'a month of usage in tokens': { options: { ...chat, ...USED }, open: async () => (place.usage(), click('Tokens')) },

  'a preset': { open: async () => (place.presets(), click('New preset')) },
  'a model that is fetched': { open: () => ((news.jobs = { modelPull: { kind: 'modelPull', isRunning: true, done: 1, all: 2, results: 0 } }), layer('models', '.fetching')()) },
  'what a provider has counted': { options: { ...chat, connections: [{ ...CONNECTIONS[0]!, provider: 'openRouter' }] }, open: async () => (place.keys(), click(/^Compare/)) },
  'many keys': { options: { ...chat, connections: many }, open: async () => (place.keys(), there('.keycard input, main input')) },
  'a team': { options: { ...chat, team: TEAM }, open: async () => (place.keys(), there('[aria-label="Team Shop"]')) },
  'limits of a key': { open: async () => (place.keys(), await click('Limits of Personal'), there('dialog')) },
  'what a key may do': { open: async () => (place.keys(), await click('Edit allowed models for Personal'), there('dialog')) },
  'the menu of a key': { open: async () => (place.keys(), await click('More for Personal'), there('[role="menu"]')) },
  'a key that is changed': { open: async () => (place.rotate('connection-1'), there('main li')) },
  'a key that is handed over anew': { open: async () => (place.rotate('connection-1'), await click('I have the new key'), found('Paste key from clipboard')) },
  'a key that leaked': { open: async () => (place.leaked('connection-1', null), there('main h1')) },
  'an application that is added': { options: of('applications'), open: async () => (place.applications(), await click('Add application'), there('form')) },
  'the receipt of an application': { options: of('applications'), open: async () => (place.applications(), await click('Add application'), await fill('form input', 'Editor'), await click('Make the token'), there('[aria-label="Receipt"]')) },
  'applications': { options: of('applications'), open: async () => (place.applications(), there('article')) },
  'what a leak check found': { options: { ...chat, leaks: LEAKS }, open: async () => (place.leaks(), await click('Choose folders', 'Check'), there('[aria-label="Findings"]')) },

  'a leak check that runs': {
    options: { ...chat, leaks: LEAKS },
    open: async (fake) => {
      const begin = fake.commands['begin_leak_check']!;
      fake.commands['begin_leak_check'] = async (a) => {
        const running = await begin(a);
        fake.commands['get_leak_check'] = () => running;
        return running;
      };
      place.leaks();
      await click('Choose folders', 'Check');
      await there('[role="progressbar"]');
    },
  },

  'where to get a key': { open: async () => (place.addKey(), await click('Continue'), found('I have the key')) },
  'how a key is handed over': { open: async () => (await handOver(), found('Paste key from clipboard')) },
  'a key that works': { open: async () => (await handOver(), await click('Paste key from clipboard'), found('Start chatting')) },
  'a key that doesn’t work': { options: { ...chat, handOver: failure('keyRejected', '401', 'OpenAI') }, open: async () => (await handOver(), await click('Paste key from clipboard'), there('[role="alert"]')) },
};

export function leave(): void {
  place.layer = null;
  place.narrow = false;
  place.drawerOpen = false;
  search.text = '';
  voice.phase = 'off';
  voice.problem = null;
  news.wanted = null;
  news.jobs = {};
  chatFilter.clear();
  notices.dismiss();
}
