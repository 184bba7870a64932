// What can be done with chats of the list: the same by menu, by key, by button and by dragging.
import { tick } from 'svelte';
import type { ChatChange, ConversationId, FolderId } from '../../ipc/bindings/types';
import { attempt } from '../../state/attempt';
import { conversations } from '../../state/conversations.svelte';
import { notices } from '../../state/notices.svelte';
import { organised } from '../../state/organised.svelte';
import { menuItem, type MenuItem } from '../../ui/menu-item';
import { words } from '../../words';
import { asking } from './asking.svelte';

const w = words.organise;

const WAYS_BACK: Partial<Record<ChatChange['type'], ChatChange>> = { archive: { type: 'unarchive' }, trash: { type: 'restore' } };

/** Does it, says so, and offers the way back where what was done is out of sight. Whether it went well. */
export function change(ids: readonly ConversationId[], what: ChatChange): Promise<boolean> {
  return attempt(async () => {
    await organised.change(ids, what);
    const said = w.said[what.type](ids.length);
    const back = WAYS_BACK[what.type];
    if (!back) return notices.say(said);
    notices.show({ text: said, action: { label: words.app.undo, run: () => void change(ids, back) } });
  });
}

/** Puts a folder into another one, or into none, says so and offers the way back. It keeps the keyboard in its new place. */
export function moveFolder(id: FolderId, parent: FolderId | null): Promise<boolean> {
  const folder = organised.folder(id);
  if (!folder || !organised.canMove(id, parent)) return Promise.resolve(false);
  const into = organised.folder(parent);
  return attempt(async () => {
    await organised.moveFolder(id, parent);
    notices.show({ text: w.folderMoved(folder.name, into ? organised.path(into) : null), action: { label: words.app.undo, run: () => void moveFolder(id, folder.parent) } });
    await tick();
    document.querySelector<HTMLElement>(`[data-drop="folder-${id}"] .conv-fold`)?.focus();
  });
}

/** Where a menu opens that another one asked for. */
export const here = () => (document.activeElement ?? document.body).getBoundingClientRect();

export function chatItems(ids: readonly ConversationId[], rename: (() => void) | null): readonly MenuItem[] {
  return [
    ...(rename ? [menuItem('renameChat', rename, { inList: true })] : []),
    ...organiseItems(ids, true),
    menuItem('trashChat', () => void change(ids, { type: 'trash' }), { inList: true }),
  ];
}

/** Where they are kept; of rows of the list, or of the chat that is open. */
export function organiseItems(ids: readonly ConversationId[], inList: boolean): readonly MenuItem[] {
  const rows = ids.map((id) => conversations.row(id));
  const pinned = rows.every((row) => row?.pinnedMs != null);
  const archived = rows.every((row) => row?.archived === true);
  return [
    menuItem('pinChat', () => void change(ids, { type: pinned ? 'unpin' : 'pin' }), { inList, ...(pinned ? { label: w.unpin } : {}) }),
    menuItem('moveChat', () => asking.move(ids, here()), { inList }),
    menuItem('tagChat', () => asking.tags(ids), { inList }),
    menuItem('archiveChat', () => void change(ids, { type: archived ? 'unarchive' : 'archive' }), { inList, ...(archived ? { label: w.unarchive } : {}) }),
    menuItem('exportChat', () => asking.export(ids, here()), { inList }),
  ];
}
