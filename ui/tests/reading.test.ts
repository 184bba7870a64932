import { expect, test, vi } from 'vitest';
import { Reading } from '../src/features/conversation/reading.svelte';
import type { MessageView } from '../src/ipc/bindings/types';
import type { Conversation } from '../src/state/conversation.svelte';
import { Message } from '../src/state/message.svelte';
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
  expect(grownBy(500).scroller.scrollTop).toBe(900);
});

test('it follows much at once in the next frame', () => {
  const { scroller } = grownBy(5_000);
  expect(scroller.scrollTop).toBe(0);
  frames.next();
  expect(scroller.scrollTop).toBe(900);
});

test.each<[string, (reading: Reading) => void]>([
  ['turns the wheel', (reading) => reading.follow.wheel(-1)],
  ['drags the scrollbar', (reading) => reading.scrolled()],
])('it does not follow when the reader %s meanwhile', (_, move) => {
  const { reading, scroller } = grownBy(5_000);
  scroller.scrollTop = 300;
  reading.follow.scrolled(300, 0);
  scroller.scrollTop = 100;
  move(reading);
  frames.next();
  expect(scroller.scrollTop).toBe(100);
});

test('nor when another chat has been opened meanwhile', () => {
  const { reading, scroller } = grownBy(5_000);
  reading.turnTo({ chunks: [], last: undefined } as unknown as Conversation);
  frames.next();
  expect(scroller.scrollTop).toBe(0);
});
