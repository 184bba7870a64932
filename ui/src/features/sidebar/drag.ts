// Dragging chats into folders, on top, into the archive or the trash, and folders into folders. By the pointer's own events: the
// engine's drag and drop would take what is dragged out of the window as well.
import type { Attachment } from 'svelte/attachments';
import type { ConversationId, FolderId } from '../../ipc/bindings/types';
import { organised } from '../../state/organised.svelte';
import { change, moveFolder } from './acts';

/** So far the pointer goes before a press is a drag. */
const FAR = 6;

const placeAt = (event: PointerEvent): string | null => document.elementFromPoint?.(event.clientX, event.clientY)?.closest<HTMLElement>('[data-drop]')?.dataset['drop'] ?? null;

const folderAt = (at: string): FolderId | null => (at.startsWith('folder-') ? Number(at.slice('folder-'.length)) : null);

/** What a drop of chats at a place does. */
export function drop(ids: readonly ConversationId[], at: string): void {
  const folder = folderAt(at);
  if (at === 'pinned') change(ids, { type: 'pin' });
  else if (at === 'archive') change(ids, { type: 'archive' });
  else if (at === 'trash') change(ids, { type: 'trash' });
  else if (at === 'loose') change(ids, { type: 'move', folder: null });
  else if (folder !== null) change(ids, { type: 'move', folder });
}

/** Whether a folder may be dropped there: into another one, or above them all. */
export const fitsFolder = (id: FolderId, at: string): boolean => (at === 'top' || folderAt(at) !== null) && organised.canMove(id, folderAt(at));

/** What a drop of a folder at a place does. */
export function dropFolder(id: FolderId, at: string): void {
  if (fitsFolder(id, at)) void moveFolder(id, folderAt(at));
}

interface Load {
  /** Where a press begins no drag. */
  except: string;
  take: () => void;
  fits: (at: string) => boolean;
  /** What a drop at a place does; asked while it is still carried. */
  drop: (at: string) => void;
}

function letGo(): void {
  organised.dragged = [];
  organised.carried = null;
  organised.over = null;
}

const carrying =
  (load: Load): Attachment<HTMLElement> =>
  (row) => {
    let from: { x: number; y: number } | null = null;
    let isCarried = false;
    const end = () => {
      from = null;
      if (isCarried) letGo();
      isCarried = false;
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('keydown', key, true);
    };
    const fitting = (event: PointerEvent) => {
      const at = placeAt(event);
      return at !== null && load.fits(at) ? at : null;
    };
    const move = (event: PointerEvent) => {
      if (!from || Math.hypot(event.clientX - from.x, event.clientY - from.y) < FAR) return;
      if (!isCarried) load.take();
      isCarried = true;
      organised.over = fitting(event);
      event.preventDefault();
    };
    const up = (event: PointerEvent) => {
      const at = isCarried ? fitting(event) : null;
      // The press that ends a drag opens nothing.
      if (isCarried) row.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => row.removeEventListener('click', swallow, true));
      if (at !== null) load.drop(at);
      end();
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !isCarried) return;
      event.stopPropagation();
      end();
    };
    const swallow = (event: Event) => {
      event.preventDefault();
      event.stopPropagation();
    };
    const down = (event: PointerEvent) => {
      if (event.button !== 0 || event.pointerType === 'touch' || (event.target as Element).closest(load.except)) return;
      from = { x: event.clientX, y: event.clientY };
      addEventListener('pointermove', move);
      addEventListener('pointerup', up);
      addEventListener('keydown', key, true);
    };
    const dragstart = (event: Event) => event.preventDefault();
    row.addEventListener('pointerdown', down);
    row.addEventListener('dragstart', dragstart);
    return () => {
      end();
      row.removeEventListener('pointerdown', down);
      row.removeEventListener('dragstart', dragstart);
    };
  };

/** Lets a row of the list be dragged, with all that are selected if it is among them. */
export const draggable = (id: ConversationId): Attachment<HTMLElement> =>
  carrying({
    except: 'button, input',
    take: () => (organised.dragged = organised.meant(id)),
    fits: (at) => at !== 'top',
    drop: (at) => drop(organised.dragged, at),
  });

/** Lets a folder be dragged into others. */
export const draggableFolder = (id: FolderId): Attachment<HTMLElement> =>
  carrying({
    except: '[role="menu"]',
    take: () => (organised.carried = id),
    fits: (at) => fitsFolder(id, at),
    drop: (at) => dropFolder(id, at),
  });
