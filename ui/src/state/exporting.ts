// Chats as files: where to is asked natively.
import type { ChatForm, ConversationId } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { words } from '../words';
import { attempt } from './attempt';
import { notices } from './notices.svelte';

/** Writes these chats, or all of them, and says how many. */
export function exportChats(ids: readonly ConversationId[] | null, form: ChatForm): void {
  void attempt(async () => {
    const n = await commands.export_chats(ids === null ? null : [...ids], form);
    notices.say(words.organise.exported(n));
  });
}
