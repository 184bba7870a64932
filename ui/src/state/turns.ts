// Turns: sending, answering again, stopping. Each turn's updates go to its own conversation, shown or not.
import type { AppError, Attachment, ConnectionId, MessageId, Parameter, SecretsChoice, Step, TurnUpdate } from '../ipc/bindings/types';
import { commands, type Outgoing } from '../ipc/commands';
import { attempt } from './attempt';
import { connections } from './connections.svelte';
import { words } from '../words';
import { Turn, type Conversation, type Guarded, type Waiting } from './conversation.svelte';
import { conversations } from './conversations.svelte';
import { drafts } from './drafts';
import { marks } from './marks.svelte';
import { asKept, keepQueue } from './queue';
import { Message } from './message.svelte';
import { notices } from './notices.svelte';
import { organised } from './organised.svelte';
import { hearAlarms } from './spending';

type Updates = (update: TurnUpdate) => void;

/** What is typed, or what a press says for the person, which leaves alone what is typed. */
export async function send(conversation: Conversation, text: string, files: readonly Attachment[] = [], secrets: SecretsChoice = 'ask', typed = true): Promise<void> {
  const { id } = conversation;
  // Who is to be asked for one message is asked for the one that is typed.
  const next = typed ? conversation.next : null;
  const outgoing = outgoingOf(conversation, { text, files, next }, secrets);
  if (conversation.turn || (text.trim() === '' && files.length === 0) || outgoing === null) return;
  // What is sent then is what stands there then, if it came from there.
  const now = (choice?: SecretsChoice) => (typed ? send(conversation, conversation.draft, conversation.attachments, choice) : send(conversation, text, files, choice, false));
  const again = () => now();
  const sent = outgoing.files;
  await begin(conversation, { ...outgoing, aside: next !== null }, again, (updates) =>
    commands.send_message(outgoing, (update) => {
      updates(update);
      if (update.type !== 'started') return;
      if (typed) conversation.next = null;
      // What was typed while native saved stays.
      if (typed && conversation.draft.startsWith(text)) conversation.draft = conversation.draft.slice(text.length).trimStart();
      conversation.attachments = conversation.attachments.filter((file) => !sent.includes(file.id));
      drafts.sent(id);
      if (conversation.draft !== '') drafts.typed(conversation.id, conversation.draft);
    }),
    {
      find: () => (typed ? commands.find_secrets(conversation.id, conversation.draft, conversation.attachments.map((file) => file.id)) : commands.find_secrets(conversation.id, text, sent)),
      send: now,
      editing: null,
    },
  );
}

/** Sends what has waited longest, if anything does. */
export async function sendNext(conversation: Conversation, secrets: SecretsChoice = 'ask'): Promise<void> {
  const [next, ...rest] = conversation.queue;
  const outgoing = next && outgoingOf(conversation, next, secrets);
  // What is being changed is not sent as it was.
  if (conversation.turn || !next || !outgoing || conversation.changing === next) return;
  const again = () => sendNext(conversation);
  await begin(conversation, { ...outgoing, aside: next.next !== null }, again, (updates) =>
    commands.send_message({ ...outgoing, waiting: asKept(rest) }, (update) => {
      if (update.type === 'started') {
        conversation.queue = conversation.queue.filter((one) => one !== next);
        // It was changed while native saved.
        if (conversation.queue.some((one, at) => one !== rest[at]) || conversation.queue.length !== rest.length) void attempt(() => keepQueue(conversation));
      }
      updates(update);
    }),
    {
      find: () => commands.find_secrets(conversation.id, next.text, outgoing.files),
      send: (choice) => sendNext(conversation, choice),
      editing: next,
    },
  );
}

/** Whoever is chosen now is asked. null: nobody is. */
function outgoingOf(conversation: Conversation, { text, files, next }: Waiting, secrets: SecretsChoice): Outgoing | null {
  const { id } = conversation;
  const { connectionId, model, route } = next ? { ...next, route: null } : conversation;
  if (connectionId === null || model === null) return null;
  const asked = { conversationId: id, connectionId, model, text, files: files.map((file) => file.id), secrets, waiting: null, route };
  if (id !== null) return { ...asked, preset: null, systemPrompt: null, parameters: null, folder: null };
  const { preset, parameters, folder } = conversation;
  return { ...asked, preset, systemPrompt: conversation.systemPrompt || null, parameters, folder };
}

/** Who was asked for one message is not asked for the one after it. */
async function backToChosen(conversation: Conversation): Promise<void> {
  const { id, connectionId, model, route } = conversation;
  if (id === null || connectionId === null || model === null) return;
  await attempt(() => (route === null ? commands.choose_model(id, connectionId, model) : commands.choose_route(id, route)));
}

export async function edit(conversation: Conversation, messageId: MessageId, text: string, secrets: SecretsChoice = 'ask'): Promise<void> {
  const shows = conversation.messages.some((message) => message.id === messageId && message.facts.attachments.length > 0);
  if (conversation.turn || (text.trim() === '' && !shows)) return;
  const again = () => edit(conversation, messageId, text);
  await begin(conversation, chosen(conversation), again, (updates) => commands.edit_message(messageId, text, secrets, updates), {
    find: () => commands.find_secrets(conversation.id, text, []),
    send: (choice) => edit(conversation, messageId, text, choice),
    editing: messageId,
  });
}

/** By whoever is chosen; or as before, from now on without a parameter that was refused; or by this one, whoever is chosen. */
export async function tryAgain(conversation: Conversation, messageId: MessageId, by: { without?: Parameter; over?: Step } = {}): Promise<void> {
  if (conversation.turn) return;
  const again = () => tryAgain(conversation, messageId, by);
  await begin(conversation, { ...(by.over ?? chosen(conversation)), aside: false }, again, (updates) => commands.try_again(messageId, by, updates));
}

/** Does what failed once more: the message that was refused, or the answer that didn't come. */
export async function retry(conversation: Conversation): Promise<void> {
  const last = conversation.last;
  if (conversation.again) await conversation.again();
  else if (last?.role === 'assistant') await tryAgain(conversation, last.id);
}

/** What waits for the network, in every chat, shown or not. */
export function sendWaiting(): void {
  for (const conversation of conversations.all) if (conversation.sendWhenOnline) void retry(conversation);
}

export async function stop(conversation: Conversation): Promise<void> {
  const { turn } = conversation;
  if (!turn) return;
  turn.stopping = true;
  // Its answer has no number yet: it is stopped as soon as it does.
  if (!turn.answer) return;
  // What has come already may take the page a while; it is no reason to wait.
  turn.answer.hurry();
  await commands.stop_turn(turn.answer.id);
}

interface Asked {
  readonly connectionId: ConnectionId | null;
  readonly model: string;
  /** For this message only. */
  readonly aside: boolean;
}

const chosen = ({ connectionId, model }: Conversation): Asked => ({ connectionId, model: model ?? '', aside: false });

async function begin(
  conversation: Conversation,
  { connectionId: over, model, aside }: Asked,
  again: () => Promise<void>,
  run: (updates: Updates) => Promise<void>,
  guarded: Guarded | null = null,
): Promise<void> {
  const was = conversation.guarded;
  const turn = new Turn(model, aside);
  conversation.turn = turn;
  conversation.refusal = null;
  conversation.guarded = null;
  conversation.again = null;
  conversation.sendWhenOnline = false;
  try {
    await run((update) => {
      take(conversation, turn, update);
      if (update.type === 'started') marks.used(over, model, Date.now());
      if (update.type === 'ended' && update.facts.firstTokenMs !== null) connections.used(over, Date.now());
    });
  } catch (reason) {
    conversation.turn = null;
    const { code } = reason as AppError;
    if (code === 'secretsFound' || (code === 'cancelled' && was)) {
      conversation.guarded = code === 'cancelled' ? was : guarded;
      if (code === 'cancelled') notices.say(words.status.cancelled);
      notices.answering(conversation, false);
      return;
    }
    conversation.refusal = reason as AppError;
    conversation.again = again;
    notices.answering(conversation, false);
    // The conversation says it itself where it is shown.
    if (conversations.current !== conversation) await attempt(() => Promise.reject(reason));
  }
}

/** Follows an answer that is being written and that this conversation does not hear of yet: what is shown, or another version of it. */
export async function follow(conversation: Conversation, elsewhere: Message | null = null): Promise<void> {
  const answer = conversation.messages.findLast((message) => message.streaming) ?? elsewhere;
  if (!answer || conversation.turn || conversation.id === null) return;
  const turn = new Turn(answer.facts.model ?? conversation.model ?? '');
  turn.answer = answer;
  conversation.turn = turn;
  notices.answering(conversation, true);
  const done = () => {
    if (conversation.turn === turn) conversation.turn = null;
    notices.answering(conversation, false);
  };
  try {
    if (await commands.watch_answer(answer.id, (update) => take(conversation, turn, update))) return;
    // It ended in between: what is saved is all of it, and takes the place of what is here in the same breath as the turn ends.
    const view = await commands.open_conversation(conversation.id);
    done();
    // Shown as being written once more, it would be followed again without end.
    if (!view.messages.some(({ facts }) => facts.id === answer.id && facts.status === 'streaming')) conversation.show(view);
  } catch (reason) {
    done();
    throw reason;
  }
}

/** One update of one turn. Exported for its tests. */
export function take(conversation: Conversation, turn: Turn, update: TurnUpdate): void {
  switch (update.type) {
    case 'started': {
      const answer = new Message(update.answer);
      const user = update.user && new Message(update.user);
      turn.answer = answer;
      if (conversation.id === null) {
        conversation.id = update.conversation.id;
        if (conversation.queue.length > 0) void attempt(() => keepQueue(conversation));
        const { folder } = update.conversation;
        if (folder !== null) void attempt(() => organised.began(folder));
      }
      conversation.title = update.conversation.title;
      conversation.continueFrom((user ?? answer).facts.parentId, user ? [user, answer] : [answer]);
      conversation.stopEditingGone();
      conversation.sends += 1;
      if (user && turn.aside) void backToChosen(conversation);
      conversations.keepReady(conversation);
      conversations.put(update.conversation);
      notices.answering(conversation, true);
      if (turn.stopping) void attempt(() => stop(conversation));
      break;
    }
    case 'movedOn':
      turn.pause = null;
      turn.model = update.model;
      break;
    case 'pausing':
      turn.pause = { error: update.error, until: Date.now() + update.retryInMs };
      break;
    case 'painted':
      if (turn.pause) turn.pause = null;
      turn.answer?.paint(update);
      break;
    case 'ended':
      // What came at the end may take some frames. Until it is there, nothing may say that the answer is, nor copy it.
      if (turn.answer && !turn.stopping) turn.answer.whenPainted(() => end(conversation, turn, update));
      else end(conversation, turn, update);
      break;
  }
}

function end(conversation: Conversation, turn: Turn, update: Extract<TurnUpdate, { type: 'ended' }>): void {
  turn.answer?.settle(update.facts);
  // A task of its own comes after the frame that shows the end: with the composer and the list of chats in it as well, all of
  // the window would be painted at once.
  setTimeout(() => {
    if (conversation.turn === turn) conversation.turn = null;
    conversations.ended(update.conversation);
    notices.answering(conversation, false, update.facts);
    void hearAlarms();
    // After anything else it waits for a person’s word.
    if (update.facts.status === 'complete') void sendNext(conversation);
  });
}
