// After a start, or after the page had to be loaded again: back to where the person was, with the answers that went on without it.
import type { Boot, ConversationId } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { words } from '../words';
import { conversations } from './conversations.svelte';
import { Message } from './message.svelte';
import { notices } from './notices.svelte';
import { place } from './place.svelte';
import { follow } from './turns';
import { begun } from './unfinished';
import { parseWhereabouts, type Whereabouts } from './whereabouts';

/** `here` is what the page’s own address says; at a start it says nothing, and what was kept counts. */
export async function comeBack(told: Boot, here: Whereabouts | null): Promise<void> {
  const was = here ?? parseWhereabouts(told.whereabouts);
  // Where it died again and again it is not taken to once more.
  const failing = told.cameBack === 'failing';
  const answering = [...told.conversations, ...told.pinned].filter((row) => row.answering).map((row) => row.id);
  // What can’t be fetched now is fetched when it is opened.
  await Promise.allSettled(answering.map((id) => rejoin(id)));
  begun.load(told.unfinished);
  if (was?.sidebar) [place.sidebarWide, place.sidebarWidth] = [was.sidebar.wide, was.sidebar.width];
  if (was && !failing && !told.fresh) {
    await reopen(was);
    if (was.page === 'keys') place.keys();
    if (was.page === 'applications') place.applications();
    if (was.page === 'usage') place.usage();
    if (was.page === 'leaks') place.leaks();
  }
  if (!failing) await goOn();
  if (told.cameBack) notices.show({ text: words.app.cameBack[told.cameBack], action: null });
}

/** It may be gone, and need not be among the rows that are listed at first. */
async function reopen(was: Whereabouts): Promise<void> {
  if (was.conversation === null) return;
  try {
    await conversations.open(was.conversation);
    conversations.current.place = was.reading;
  } catch {
    // An empty chat is a place to be, too.
  }
}

/** What was being typed is open again, each with its text. */
async function goOn(): Promise<void> {
  const wizard = begun.get('wizard');
  if (wizard) return place.addKey({ replaces: wizard.replaces });
  if (place.page !== 'chat') return;
  const { current } = conversations;
  const [edit, prompt, rename] = [begun.get('edit'), begun.get('systemPrompt'), begun.get('rename')];
  if (prompt?.conversation === current.id) place.layer = 'systemPrompt';
  else if (rename && rename.of === `title-${current.id}`) place.layer = 'renameTitle';
  if (!edit) return;
  try {
    if (current.chunkOf(edit.message) < 0) await conversations.outline(current);
  } catch {
    // Then it is where it was not found.
  }
  if (current.chunkOf(edit.message) >= 0) current.editing = edit.message;
}

/** What is being written where another version is chosen: not shown, but it can be stopped, its end is heard, and whoever turns to it sees
 * all of it. Of several it is the newest. */
async function answeringElsewhere(id: ConversationId): Promise<Message | null> {
  const node = (await commands.list_branches(id)).findLast((one) => one.status === 'streaming');
  const [view] = node ? await commands.load_messages(id, [node.id]) : [];
  return view?.facts.status === 'streaming' ? new Message(view) : null;
}

/** Follows an answer that is being written. */
async function rejoin(id: ConversationId): Promise<void> {
  const conversation = await conversations.fetch(id);
  if (conversation.messages.some((message) => message.streaming)) return follow(conversation);
  const elsewhere = await answeringElsewhere(id);
  if (elsewhere) return follow(conversation, elsewhere);
  // It ended in between: what is saved is all of it.
  conversation.show(await commands.open_conversation(id));
}
