// The menu or dialog that an act on chats needs: which folder, which tags, what a folder is like.
import type { ConversationId, Folder, FolderId } from '../../ipc/bindings/types';
import type { Spot } from '../../ui/menu-place';

type Asked =
  | { what: 'move'; ids: readonly ConversationId[]; spot: Spot }
  | { what: 'moveFolder'; folder: Folder; spot: Spot }
  | { what: 'export'; ids: readonly ConversationId[]; spot: Spot }
  | { what: 'filter'; opener: HTMLElement }
  | { what: 'tags'; ids: readonly ConversationId[] }
  | { what: 'folder'; folder: Folder | null; parent: FolderId | null; then: readonly ConversationId[] };

class Asking {
  now: Asked | null = $state.raw(null);

  move(ids: readonly ConversationId[], spot: Spot): void {
    this.now = { what: 'move', ids, spot };
  }

  /** Into which other one. */
  moveFolder(folder: Folder, spot: Spot): void {
    this.now = { what: 'moveFolder', folder, spot };
  }

  /** In which form they are written. */
  export(ids: readonly ConversationId[], spot: Spot): void {
    this.now = { what: 'export', ids, spot };
  }

  /** Which chats the list shows. */
  filter(opener: HTMLElement): void {
    this.now = { what: 'filter', opener };
  }

  tags(ids: readonly ConversationId[]): void {
    this.now = { what: 'tags', ids };
  }

  /** A folder to be changed, or made; what is to be put into a new one then. */
  folder(folder: Folder | null, parent: FolderId | null = null, then: readonly ConversationId[] = []): void {
    this.now = { what: 'folder', folder, parent, then };
  }

  end(): void {
    this.now = null;
  }
}

export const asking = new Asking();
