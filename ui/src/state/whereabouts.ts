// Where the person is, kept in the page's own address, which the engine remembers when the page's process dies; and natively,
// for the next start.
import type { ConversationId } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import type { Place } from './conversation.svelte';
import { conversations } from './conversations.svelte';
import { Later } from './later';
import { place } from './place.svelte';

/** Scrolling changes it all the time; this often is soon enough. */
const SOON_MS = 400;

/** A write to the disk costs more than one to the address. */
const KEPT_MS = 2_000;

/** As it can be dragged. */
const [NARROWEST, WIDEST] = [220, 360];

/** Pages that are found again. */
const PAGES = ['chat', 'keys', 'applications', 'leaks', 'usage'] as const;

export interface Whereabouts {
  page: (typeof PAGES)[number];
  conversation: ConversationId | null;
  reading: Place | null;
  sidebar: { wide: boolean; width: number } | null;
}

const noting = new Later(() => {
  const hash = write();
  if (location.hash !== hash) history.replaceState(null, '', hash || location.pathname);
});
const keeping = new Later(keepWhereabouts);
let kept = '';

/** Notes it soon. */
export function noteWhereabouts(): void {
  noting.in(SOON_MS);
  keeping.in(KEPT_MS);
}

/** Keeps it for the next start, if it is another place than was kept. */
export function keepWhereabouts(): void {
  keeping.stop();
  const now = write().slice(1);
  if (now === kept) return;
  kept = now;
  // Then the next start begins elsewhere.
  void commands.keep_whereabouts(now).catch(() => undefined);
}

/** What the address says. null at a start like any other. */
export const readWhereabouts = (): Whereabouts | null => parseWhereabouts(location.hash.slice(1));

export function parseWhereabouts(text: string): Whereabouts | null {
  const said = new URLSearchParams(text);
  const number = (name: string) => {
    const text = said.get(name);
    return text !== null && /^-?\d+$/.test(text) ? Number(text) : null;
  };
  const page = PAGES.find((known) => known === said.get('page'));
  if (!page) return null;
  const [message, offset] = [number('message'), number('offset')];
  const reading = message === null || offset === null ? null : { message, offset };
  const width = number('width');
  const sidebar = width === null || width < NARROWEST || width > WIDEST ? null : { wide: said.get('sidebar') !== 'hidden', width };
  return { page, conversation: number('chat'), reading, sidebar };
}

function write(): string {
  // The first steps lie over where one was, and go on by what was begun.
  if (place.page === 'wizard') return location.hash;
  // What was looked for is gone with the page; the chat below it is not.
  const said = new URLSearchParams({ page: PAGES.find((page) => page === place.page) ?? (place.page === 'search' || place.page === 'shelf' || place.page === 'branches' || place.page === 'compare' || place.page === 'prompts' || place.page === 'presets' || place.page === 'settings' ? 'chat' : 'keys') });
  const { id, place: reading } = conversations.current;
  if (id !== null) said.set('chat', String(id));
  if (id !== null && reading) {
    said.set('message', String(reading.message));
    said.set('offset', String(Math.round(reading.offset)));
  }
  said.set('width', String(Math.round(place.sidebarWidth)));
  if (!place.sidebarWide) said.set('sidebar', 'hidden');
  return `#${said}`;
}
