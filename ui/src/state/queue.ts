// What is written while an answer comes waits here, is kept natively, and is sent in its order.
import type { Queued } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import type { Conversation, Waiting } from './conversation.svelte';
import { drafts } from './drafts';

export const asKept = (queue: readonly Waiting[]): Queued[] => queue.map(({ text, files, next }) => ({ text, next, files: files.map((file) => file.id) }));

/** A new chat has no number yet: what waits there is kept as soon as it has. */
export async function keepQueue({ id, queue }: Conversation): Promise<void> {
  if (id !== null) await commands.save_queue(id, asKept(queue));
}

/** What is typed is the last to wait. It stays a draft until it is kept as one that waits. */
export async function enqueue(conversation: Conversation): Promise<void> {
  conversation.queue = [...conversation.queue, { text: conversation.draft, files: conversation.attachments, next: conversation.next }];
  conversation.next = null;
  conversation.draft = '';
  conversation.attachments = [];
  await keepQueue(conversation);
  // Something else may be typed by now.
  drafts.typed(conversation.id, conversation.draft);
  drafts.flush();
}

export async function change(conversation: Conversation, waiting: Waiting, text: string): Promise<void> {
  conversation.queue = conversation.queue.map((one) => (one === waiting ? { ...one, text } : one));
  await keepQueue(conversation);
}

/** It waits no longer. Its files are with the draft again. */
export async function drop(conversation: Conversation, waiting: Waiting): Promise<void> {
  conversation.queue = conversation.queue.filter((one) => one !== waiting);
  conversation.attachments = [...conversation.attachments, ...waiting.files];
  await keepQueue(conversation);
}

/** Back in its place, or at the end of what has become of the others. */
export async function putBack(conversation: Conversation, waiting: Waiting, at: number): Promise<void> {
  const files = waiting.files.filter((file) => conversation.attachments.includes(file));
  conversation.attachments = conversation.attachments.filter((file) => !files.includes(file));
  conversation.queue = conversation.queue.toSpliced(at, 0, { ...waiting, files });
  await keepQueue(conversation);
}

/** Why what waits isn’t sent by itself; null while an answer is awaited. */
export function heldBy(conversation: Conversation): 'answering' | 'changing' | 'notSent' | 'failed' | 'stopped' | 'cut' | 'closed' {
  if (conversation.turn) return 'answering';
  if (conversation.refusal || conversation.guarded) return 'notSent';
  if (conversation.changing !== null && conversation.changing === conversation.queue[0]) return 'changing';
  const status = conversation.last?.facts.status;
  if (status === 'failed' || status === 'stopped') return status;
  return status === 'interrupted' ? 'cut' : 'closed';
}
