// What can be done with chats of the list: the same by menu, by key, by button and by dragging.
import { words } from '../../app/messages';
import type { ChatChange, ConversationId } from '../../ipc/bindings/types';
import { attempt } from '../../state/attempt';
import { conversations } from '../../state/conversations.svelte';
import { notices } from '../../state/notices.svelte';
import { organised } from '../../state/organised.svelte';
import type { MenuItem } from '../../ui/menu-item';
import { asking } from './asking.svelte';

const w = words.organise;

const WAYS_BACK: Partial<Record<ChatChange['type'], ChatChange>> = { archive: { type: 'unarchive' }, trash: { type: 'restore' } };

/** Does it, says so, and offers the way back where what was done is out of sight. */
export function change(ids: readonly ConversationId[], what: ChatChange): void {
  void attempt(async () => {
    await organised.change(ids, what);
    const said = w.said[what.type](ids.length);
    const back = WAYS_BACK[what.type];
    if (!back) return notices.say(said);
    notices.show({ text: said, action: { label: words.app.undo, run: () => change(ids, back) } });
  });
}

/** Where a menu opens that another one asked for. */
const here = () => (document.activeElement ?? document.body).getBoundingClientRect();

export function chatItems(ids: readonly ConversationId[], rename: (() => void) | null): readonly MenuItem[] {
  const rows = ids.map((id) => conversations.row(id));
  const pinned = rows.every((row) => row?.pinnedMs != null);
  const archived = rows.every((row) => row?.archived === true);
  return [
    ...(rename ? [{ label: words.sidebar.rename, icon: 'pencil', keys: ['F2'], run: rename } satisfies MenuItem] : []),
    { label: pinned ? w.unpin : w.pin, icon: 'pin', run: () => change(ids, { type: pinned ? 'unpin' : 'pin' }) },
    { label: w.move, icon: 'folder', run: () => asking.move(ids, here()) },
    { label: w.tags, icon: 'tag', keys: ['T'], run: () => asking.tags(ids) },
    { label: archived ? w.unarchive : w.archiveIt, icon: 'archive', keys: ['E'], run: () => change(ids, { type: archived ? 'unarchive' : 'archive' }) },
    { label: w.export, icon: 'download', run: () => asking.export(ids, here()) },
    { label: w.toTrash, icon: 'trash', danger: true, keys: [words.sidebar.deleteKey], run: () => change(ids, { type: 'trash' }) },
  ];
}
