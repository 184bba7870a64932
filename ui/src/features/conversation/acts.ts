// What can be done with a message: the same by menu, by button, by key and from the palette.
import type { MessageId } from '../../ipc/bindings/types';
import { commands } from '../../ipc/commands';
import { attempt } from '../../state/attempt';
import { branchHere } from '../../state/branching';
import type { Conversation } from '../../state/conversation.svelte';
import { notices } from '../../state/notices.svelte';
import { send, tryAgain } from '../../state/turns';
import { words } from '../../words';
import { endingOf } from './ending';
import { settingOf } from './setting';

/** While an answer is written nothing is changed under it. */
export function edit(conversation: Conversation, message: MessageId): void {
  if (conversation.turn === null) conversation.editing = message;
}

export function again(conversation: Conversation, message: MessageId): void {
  if (conversation.turn === null) void tryAgain(conversation, message);
}

/** Goes on with the last answer, if it was cut because it was as long as it could be. */
export function goOn(conversation: Conversation): void {
  const message = conversation.last;
  const wasCut = message?.role === 'assistant' && endingOf(message.facts, true, { text: message.hasAnswer, reasoning: message.hasReasoning }, settingOf(conversation, message.facts))?.act === 'continue';
  if (wasCut && conversation.turn === null) void send(conversation, words.chat.continueText, [], 'ask', false);
  else notices.show({ text: words.chat.notCut, action: null });
}

export const branch = (conversation: Conversation, message: MessageId): void => void attempt(() => branchHere(conversation, message));

const copying = (how: (id: MessageId) => Promise<number>) => (message: MessageId): Promise<boolean> =>
  attempt(async () => {
    notices.say(words.status.copiedWithout(await how(message)));
  });

export const copy = copying((message) => commands.copy_message(message));
export const copyRich = copying((message) => commands.copy_rich_text(message));
