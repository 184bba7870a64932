// Conversations by when they last changed.
import type { ConversationRow } from '../../ipc/bindings/types';
import { words } from '../../words';

export interface RowGroup {
  title: string;
  rows: readonly ConversationRow[];
}

export function grouped(rows: readonly ConversationRow[], now: number): readonly RowGroup[] {
  const w = words.sidebar.groups;
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  const daysBack = (days: number) => new Date(midnight).setDate(midnight.getDate() - days);
  const today = midnight.getTime();
  const yesterday = daysBack(1);
  const week = daysBack(7);
  const titleOf = (ms: number) => (ms >= today ? w.today : ms >= yesterday ? w.yesterday : ms >= week ? w.week : w.older);
  return [w.today, w.yesterday, w.week, w.older]
    .map((title) => ({ title, rows: rows.filter((row) => titleOf(row.updatedMs) === title) }))
    .filter((group) => group.rows.length > 0);
}
