// Where the person is, kept in the page's own address: the engine remembers that when the page's process dies.
import type { ConversationId } from '../ipc/bindings/types';
import type { Place } from './conversation.svelte';
import { conversations } from './conversations.svelte';
import { place } from './place.svelte';

/** Scrolling changes it all the time; this often is soon enough. */
const SOON_MS = 400;

/** Pages that are found again. */
const PAGES = ['chat', 'keys', 'applications', 'leaks', 'usage'] as const;

export interface Whereabouts {
  page: (typeof PAGES)[number];
  conversation: ConversationId | null;
  reading: Place | null;
}

let due: ReturnType<typeof setTimeout> | undefined;

/** Notes it soon. */
export function noteWhereabouts(): void {
  due ??= setTimeout(() => {
    due = undefined;
    const hash = write();
    if (location.hash !== hash) history.replaceState(null, '', hash || location.pathname);
  }, SOON_MS);
}

/** What the address says. null at a start like any other. */
export function readWhereabouts(): Whereabouts | null {
  const said = new URLSearchParams(location.hash.slice(1));
  const number = (name: string) => {
    const text = said.get(name);
    return text !== null && /^-?\d+$/.test(text) ? Number(text) : null;
  };
  const page = PAGES.find((known) => known === said.get('page'));
  if (!page) return null;
  const [message, offset] = [number('message'), number('offset')];
  const reading = message === null || offset === null ? null : { message, offset };
  return { page, conversation: number('chat'), reading };
}

function write(): string {
  // The first steps lie over where one was, and go on by what was begun.
  if (place.page === 'wizard') return location.hash;
  // What was looked for is gone with the page; the chat below it is not.
  const said = new URLSearchParams({ page: PAGES.find((page) => page === place.page) ?? (place.page === 'search' || place.page === 'shelf' || place.page === 'branches' || place.page === 'compare' || place.page === 'settings' ? 'chat' : 'keys') });
  const { id, place: reading } = conversations.current;
  if (id !== null) said.set('chat', String(id));
  if (id !== null && reading) {
    said.set('message', String(reading.message));
    said.set('offset', String(Math.round(reading.offset)));
  }
  return `#${said}`;
}
