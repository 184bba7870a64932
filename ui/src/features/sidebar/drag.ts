// Dragging chats into folders, on top, into the archive or the trash. By the pointer's own events: the engine's drag and drop
// would take what is dragged out of the window as well.
import type { Attachment } from 'svelte/attachments';
import type { ConversationId } from '../../ipc/bindings/types';
import { organised } from '../../state/organised.svelte';
import { change } from './acts';

/** So far the pointer goes before a press is a drag. */
const FAR = 6;

const placeAt = (event: PointerEvent): string | null => document.elementFromPoint?.(event.clientX, event.clientY)?.closest<HTMLElement>('[data-drop]')?.dataset['drop'] ?? null;

/** What a drop at a place does. */
export function drop(ids: readonly ConversationId[], at: string): void {
  if (at === 'pinned') change(ids, { type: 'pin' });
  else if (at === 'archive') change(ids, { type: 'archive' });
  else if (at === 'trash') change(ids, { type: 'trash' });
  else if (at === 'loose') change(ids, { type: 'move', folder: null });
  else if (at.startsWith('folder-')) change(ids, { type: 'move', folder: Number(at.slice('folder-'.length)) });
}

/** Lets a row of the list be dragged. */
export const draggable =
  (id: ConversationId): Attachment<HTMLElement> =>
  (row) => {
    let from: { x: number; y: number } | null = null;
    const end = () => {
      from = null;
      organised.dragged = [];
      organised.over = null;
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('keydown', key, true);
    };
    const move = (event: PointerEvent) => {
      if (!from || Math.hypot(event.clientX - from.x, event.clientY - from.y) < FAR) return;
      if (organised.dragged.length === 0) organised.dragged = organised.meant(id);
      organised.over = placeAt(event);
      event.preventDefault();
    };
    const up = (event: PointerEvent) => {
      const { dragged } = organised;
      const at = dragged.length > 0 ? placeAt(event) : null;
      // The press that ends a drag opens nothing.
      if (dragged.length > 0) row.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => row.removeEventListener('click', swallow, true));
      end();
      if (at !== null) drop(dragged, at);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || organised.dragged.length === 0) return;
      event.stopPropagation();
      end();
    };
    const swallow = (event: Event) => {
      event.preventDefault();
      event.stopPropagation();
    };
    const down = (event: PointerEvent) => {
      if (event.button !== 0 || event.pointerType === 'touch' || (event.target as Element).closest('button, input')) return;
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
