// Which chats the list shows, while it does not show all: those of one folder, with one tag, on top, or archived.
import type { After, ConversationRow, FolderId, ShelfInput, TagId } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { conversations } from './conversations.svelte';
import { organised } from './organised.svelte';

export type ChatFilter = { by: 'pinned' } | { by: 'archive' } | { by: 'folder'; id: FolderId } | { by: 'tag'; id: TagId };

type Pages = AsyncGenerator<readonly ConversationRow[], void>;

/** A screenful, and as many again whenever the list is scrolled to its end. */
const STEP = 80;

class Filtering {
  #asked: ChatFilter | null = $state.raw(null);
  /** Where more may come from. */
  #pages: Pages | null = null;
  #wanted = $state(STEP);
  /** More is being looked for. */
  looking = $state(false);
  /** What there may be more of could not be fetched. */
  failed = $state(false);

  /** null: all are shown. A folder or tag that is gone filters nothing. */
  readonly now: ChatFilter | null = $derived(this.#asked !== null && isThere(this.#asked) ? this.#asked : null);
  readonly rows: readonly ConversationRow[] = $derived.by(() => {
    const { now } = this;
    if (now === null) return [];
    return now.by === 'pinned' ? conversations.pinned : conversations.rows.filter(fitting(now));
  });
  /** Those that are on the page. Thousands of rows would take long to make. */
  readonly shown: readonly ConversationRow[] = $derived(this.rows.slice(0, this.#wanted));

  /** What is selected and would not be seen any more is not selected any more. */
  async choose(filter: ChatFilter): Promise<void> {
    organised.picked.clear();
    this.#asked = filter;
    this.#pages = pagesOf(filter);
    this.#wanted = STEP;
    this.looking = false;
    this.failed = false;
    await this.#look();
  }

  clear(): void {
    organised.picked.clear();
    this.#asked = null;
    this.#pages = null;
    this.looking = false;
    this.failed = false;
  }

  async more(): Promise<void> {
    this.#wanted = this.shown.length + STEP;
    await this.#look();
  }

  async #look(): Promise<void> {
    const [pages, filter] = [this.#pages, this.#asked];
    if (pages === null || filter === null || this.looking) return;
    const isAsked = () => this.#pages === pages;
    this.looking = true;
    this.failed = false;
    try {
      while (isAsked() && this.rows.length < this.#wanted) {
        const page = await pages.next();
        if (isAsked() && page.done) this.#pages = null;
        if (!isAsked() || page.done) break;
        conversations.add(page.value.filter(fitting(filter)));
      }
    } catch (reason) {
      // Nobody waits for what another filter has taken the place of.
      if (!isAsked()) return;
      // A generator that threw is at its end. Another one begins anew, and passes by what is listed.
      this.#pages = pagesOf(filter);
      this.failed = true;
      throw reason;
    } finally {
      if (this.#asked === filter) this.looking = false;
    }
  }
}

export const chatFilter = new Filtering();

const isThere = (filter: ChatFilter): boolean =>
  filter.by === 'folder' ? organised.folder(filter.id) !== undefined : filter.by === 'tag' ? organised.tags.some((tag) => tag.id === filter.id) : true;

/** Which rows fit. The folders are gone through once, not for each row. */
function fitting(filter: ChatFilter): (row: ConversationRow) => boolean {
  switch (filter.by) {
    case 'archive':
      return (row) => row.archived;
    case 'pinned':
      return (row) => !row.archived && row.pinnedMs !== null;
    case 'folder': {
      const folders = new Set(organised.within(filter.id).map((folder) => folder.id));
      return (row) => !row.archived && row.folder !== null && folders.has(row.folder);
    }
    case 'tag':
      return (row) => !row.archived && row.tags.includes(filter.id);
  }
}

/** What may hold chats that fit and are not in the list yet. */
async function* pagesOf(filter: ChatFilter): Pages {
  // Those on top are all there from the start.
  if (filter.by === 'archive') yield* shelf({ type: 'archive' });
  if (filter.by === 'folder') for (const { id } of organised.within(filter.id)) yield* shelf({ type: 'folder', folder: id });
  if (filter.by === 'tag') {
    for (const { id } of organised.folders) yield* shelf({ type: 'folder', folder: id });
    yield* loose();
  }
}

async function* shelf(of: ShelfInput): Pages {
  for (let after: After | null = null; ; ) {
    const rows = await commands.list_shelf(of, after);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = { updatedMs: last.updatedMs, id: last.id };
  }
}

/** Those in no folder, below the ones that are listed. */
async function* loose(): Pages {
  for (let last = conversations.lastListed; last !== null; ) {
    const rows: readonly ConversationRow[] = await commands.list_conversations(last);
    yield rows;
    last = rows.at(-1) ?? null;
  }
}
