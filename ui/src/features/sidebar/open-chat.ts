// What can be done with the place of the chat that is open: by the chips of the top bar, and by its menu.
import type { Folder, Tag } from '../../ipc/bindings/types';
import type { ChatFilter } from '../../state/chat-filter.svelte';
import type { Conversation } from '../../state/conversation.svelte';
import { organised } from '../../state/organised.svelte';
import { place } from '../../state/place.svelte';
import { menuItem, type MenuItem } from '../../ui/menu-item';
import { words } from '../../words';
import { change, here, organiseItems } from './acts';
import { asking } from './asking.svelte';
import { filterBy } from './filters';

const w = words.organise;
type SearchTag = (name: string) => void;

export const tagsOf = (conversation: Conversation): readonly Tag[] => organised.tags.filter((tag) => conversation.tags.includes(tag.id));

/** To where it is: the list shows what is in the folder. */
export const showFolder = (folder: Folder): void => showOnly({ by: 'folder', id: folder.id });

/** Where the list is hidden, nothing would be seen of it. */
function showOnly(filter: ChatFilter): void {
  if (!place.sidebarShown) place.toggleSidebar();
  filterBy(filter);
}

/** Whether it is out of it. */
export async function leaveFolder(conversation: Conversation): Promise<boolean> {
  if (conversation.id !== null) return change([conversation.id], { type: 'move', folder: null });
  // One that nobody has written in yet is nowhere but here.
  conversation.folder = null;
  return true;
}

export const untag = async (conversation: Conversation, tag: Tag): Promise<boolean> => conversation.id !== null && change([conversation.id], { type: 'untag', tag: tag.id });

export const folderItems = (conversation: Conversation, folder: Folder): readonly MenuItem[] => [
  menuItem('filterFolder', () => showFolder(folder)),
  ...(conversation.id === null ? [] : [menuItem('moveChat', () => asking.move([conversation.id!], here()))]),
  menuItem('editFolder', () => asking.folder(folder)),
  menuItem('leaveFolder', () => void leaveFolder(conversation), { inList: true }),
];

export const tagItems = (conversation: Conversation, tag: Tag, onsearch: SearchTag): readonly MenuItem[] => [
  menuItem('searchTag', () => onsearch(tag.name)),
  menuItem('filterTag', () => showOnly({ by: 'tag', id: tag.id })),
  ...(conversation.id === null ? [] : [menuItem('tagChat', () => asking.tags([conversation.id!]))]),
  menuItem('untagChat', () => void untag(conversation, tag), { inList: true }),
];

/** For its menu. In a narrow window there is no room for chips: what they lead to is here. */
export function openChatItems(conversation: Conversation, onsearch: SearchTag): readonly MenuItem[] {
  const { id } = conversation;
  const folder = organised.folder(conversation.folder);
  return [
    ...(place.narrow && folder ? [menuItem('filterFolder', () => showFolder(folder), { label: w.filter.folder(organised.path(folder)) })] : []),
    ...(place.narrow ? tagsOf(conversation).map((tag) => menuItem('searchTag', () => onsearch(tag.name), { label: w.filter.tag(tag.name) })) : []),
    ...(id === null ? [] : organiseItems([id], false)),
  ];
}
