import { expect, test, vi } from 'vitest';
import { Reading } from '../src/features/conversation/reading.svelte';
import type { MessageView } from '../src/ipc/bindings/types';
import { failure } from '../src/ipc/fake';
import { Chunk } from '../src/state/chunk.svelte';
import { Conversation } from '../src/state/conversation.svelte';
import { conversations } from '../src/state/conversations.svelte';
import { Message } from '../src/state/message.svelte';
import { notices } from '../src/state/notices.svelte';
import { framesByHand } from './frames';

const frames = framesByHand();

/** A reader at the end of a chat, the last answer of which has grown by so many letters since the frame before. */
function grownBy(letters: number): { reading: Reading; scroller: HTMLElement } {
  const [scroller, thread] = [document.createElement('div'), document.createElement('div')];
  vi.spyOn(scroller, 'scrollHeight', 'get').mockReturnValue(900);
  const last = new Message({ facts: { status: 'streaming' }, text: '', blocks: [], reasoning: [] } as unknown as MessageView);
  const reading = new Reading({ chunks: [], last } as unknown as Conversation);
  reading.mount(scroller, thread);
  const answer = { keep: 0, grow: null, blocks: ['a'.repeat(letters)] };
  last.paint({ type: 'painted', answer, reasoning: null, reasoningMs: null, answerTokens: null });
  frames.next();
  reading.resized([]);
  return { reading, scroller };
}

test('the page follows an answer at once', () => {
  expect(grownBy(5_000).scroller.scrollTop).toBe(900);
});

test('a text drawn larger moves a page that follows, and that is no scroll of the reader’s', () => {
  const { reading, scroller } = grownBy(500);
  const room = vi.spyOn(scroller, 'clientHeight', 'get').mockReturnValue(400);
  reading.toEnd();
  scroller.scrollTop = 500;
  reading.scrolled();
  expect(reading.follow.on).toBe(true);
  // The text is as high as before in its own pixels, the window is lower, and the engine rounds the place down.
  room.mockReturnValue(300);
  scroller.scrollTop = 499;
  reading.scrolled();
  expect(reading.follow.on).toBe(true);
  reading.resized([]);
  scroller.scrollTop = 400;
  reading.scrolled();
  expect(reading.follow.on).toBe(false);
});

/** A chat that was left at its first message is opened again, while nothing can be fetched. */
async function openedWith(first: readonly Message[] | null): Promise<HTMLElement> {
  vi.spyOn(conversations, 'loadChunks').mockRejectedValue(failure('historyFailed'));
  const [scroller, thread] = [document.createElement('div'), document.createElement('div')];
  vi.spyOn(scroller, 'scrollHeight', 'get').mockReturnValue(900);
  const conversation = new Conversation();
  conversation.chunks = [new Chunk([1], first, 240), new Chunk([2], null, 240), new Chunk([3], [], 240)];
  conversation.place = { message: 1, offset: 20 };
  if (first) {
    thread.innerHTML = '<div><article data-message="1"></article></div>';
    vi.spyOn(thread.querySelector('article')!, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 320, 100, 100));
  }
  const reading = new Reading(conversation);
  reading.mount(scroller, thread);
  const opened = reading.open();
  const playing = setInterval(() => frames.next());
  await opened;
  clearInterval(playing);
  return scroller;
}

test.each<[string, readonly Message[] | null, number]>([
  ['at what is there', [], 300],
  ['at its end when its place is not', null, 900],
])('a chat opens %s when more can’t be fetched, and says so', async (_, first, top) => {
  notices.dismiss();
  expect((await openedWith(first)).scrollTop).toBe(top);
  expect(notices.toast?.text).toBeTruthy();
});
