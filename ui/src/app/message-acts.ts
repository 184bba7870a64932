// The acts on a message, where none was pointed at: they mean the one that has the focus, or the last of its kind.
import { again, branch, copyRich, edit, goOn } from '../features/conversation/acts';
import { conversations } from '../state/conversations.svelte';
import type { Message } from '../state/message.svelte';
import { place } from '../state/place.svelte';

const isOwn = (message: Message): boolean => message.role === 'user';
const isAnswer = (message: Message): boolean => message.role === 'assistant' && message.hasAnswer;

function atHand(fits: (message: Message) => boolean): Message | undefined {
  const focused = Number(document.activeElement?.closest<HTMLElement>('[data-message]')?.dataset['message']);
  const { messages } = conversations.current;
  return messages.find((message) => message.id === focused && fits(message)) ?? messages.findLast(fits);
}

const withMessage = (fits: (message: Message) => boolean, act: (id: number) => void) => (): void => {
  const message = atHand(fits);
  if (!message) return;
  place.chat();
  act(message.id);
};

export const messageActs = {
  editMessage: withMessage(isOwn, (id) => edit(conversations.current, id)),
  editAnswer: withMessage(isAnswer, (id) => edit(conversations.current, id)),
  branchHere: withMessage(() => true, (id) => branch(conversations.current, id)),
  tryAgain: withMessage((message) => message.role === 'assistant', (id) => again(conversations.current, id)),
  continueAnswer: () => goOn(conversations.current),
  copyRich: withMessage(isAnswer, (id) => void copyRich(id)),
} as const;
