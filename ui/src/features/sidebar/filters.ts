// What the list of chats can be narrowed to, and what that is called.
import { attempt } from '../../state/attempt';
import { chatFilter, type ChatFilter } from '../../state/chat-filter.svelte';
import { notices } from '../../state/notices.svelte';
import { organised } from '../../state/organised.svelte';
import type { IconName } from '../../ui/icons';
import type { ChoiceItem } from '../../ui/menu-item';
import { words } from '../../words';

const w = words.organise.filter;

export const ICONS = { pinned: 'pin', archive: 'archive', folder: 'folder', tag: 'tag' } as const satisfies Record<ChatFilter['by'], IconName>;

export function nameOf(filter: ChatFilter): string {
  if (filter.by === 'folder') {
    const folder = organised.folder(filter.id);
    return w.folder(folder ? organised.path(folder) : '');
  }
  if (filter.by === 'tag') return w.tag(organised.tagNames([filter.id])[0] ?? '');
  return w[filter.by];
}

/** All there is to choose from; what is chosen has a tick. */
export function filterChoices(): readonly ChoiceItem[] {
  const now = chatFilter.now;
  const all: readonly ChatFilter[] = [{ by: 'pinned' }, ...organised.within(null).map(({ id }): ChatFilter => ({ by: 'folder', id })), ...organised.tags.map(({ id }): ChatFilter => ({ by: 'tag', id })), { by: 'archive' }];
  const isNow = (filter: ChatFilter) => JSON.stringify(filter) === JSON.stringify(now);
  return [
    { label: w.all, icon: now === null ? 'check' : 'x', run: showAll },
    ...all.map((filter): ChoiceItem => ({ label: nameOf(filter), icon: isNow(filter) ? 'check' : ICONS[filter.by], run: () => filterBy(filter) })),
  ];
}

/** Shows only those, and says how many there are. */
export function filterBy(filter: ChatFilter): void {
  void attempt(async () => {
    await chatFilter.choose(filter);
    // Another one chosen meanwhile says its own.
    if (chatFilter.now === filter) notices.say(w.said(nameOf(filter), chatFilter.rows.length));
  });
}

export function showAll(): void {
  chatFilter.clear();
  notices.say(w.saidAll);
}
