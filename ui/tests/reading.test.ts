import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Reading } from '../src/features/conversation/reading.svelte';
import type { Conversation } from '../src/state/conversation.svelte';

let frames: FrameRequestCallback[] = [];
const nextFrame = () => frames.splice(0).forEach((run) => run(0));

beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => frames.push(run));
});
afterEach(() => vi.unstubAllGlobals());

/** A reader at the end of a chat, the last answer of which has grown to this height. */
function grownTo(height: number, leavesScrolling: boolean): { reading: Reading; scroller: HTMLElement } {
  const [scroller, thread] = [document.createElement('div'), document.createElement('div')];
  vi.spyOn(scroller, 'scrollHeight', 'get').mockReturnValue(height);
  const reading = new Reading({ chunks: [], last: { leavesScrolling } } as unknown as Conversation);
  reading.mount(scroller, thread);
  reading.resized([]);
  return { reading, scroller };
}

test('the page follows an answer at once', () => {
  expect(grownTo(900, false).scroller.scrollTop).toBe(900);
});

test('in haste it follows in the next frame', () => {
  const { scroller } = grownTo(900, true);
  expect(scroller.scrollTop).toBe(0);
  nextFrame();
  expect(scroller.scrollTop).toBe(900);
});

test('it does not when the reader has left the end meanwhile', () => {
  const { reading, scroller } = grownTo(900, true);
  reading.follow.wheel(-1);
  nextFrame();
  expect(scroller.scrollTop).toBe(0);
});
