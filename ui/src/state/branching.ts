// New ways through a chat that no model takes part in: a chat of its own from some message on, and an answer in one's own words.
import type { MessageId } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { words } from '../words';
import type { Conversation } from './conversation.svelte';
import { conversations } from './conversations.svelte';
import { notices } from './notices.svelte';

/** Opens a new chat that holds everything up to a message. */
export async function branchHere(conversation: Conversation, message: MessageId): Promise<void> {
  const row = await commands.branch_conversation(message, words.branches.branchOf(conversation.title));
  conversations.put(row);
  await conversations.open(row.id);
  notices.say(words.branches.branched);
}

/** Shows another version of an answer, in the person's words. */
export async function saveAnswer(conversation: Conversation, answer: MessageId, text: string): Promise<void> {
  conversation.show(await commands.edit_answer(answer, text));
  // Something else may be edited by now.
  if (conversation.editing === answer) conversation.stopEditing();
  notices.say(words.branches.answerSaved);
}
