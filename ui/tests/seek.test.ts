import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Reading } from '../src/features/conversation/reading.svelte';
import { Seek } from '../src/features/conversation/seek.svelte';
import type { MessageView } from '../src/ipc/bindings/types';
import { Conversation, Turn } from '../src/state/conversation.svelte';
import { find } from '../src/state/find.svelte';
import { Message } from '../src/state/message.svelte';

beforeEach(() => {
  vi.useFakeTimers();
  find.open = true;
  find.text = 'word';
});
afterEach(() => {
  find.close();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** An answer that grows on the page, where each search takes so many milliseconds. */
function growing(took = 0) {
  const thread = document.createElement('div');
  thread.innerHTML = '<article><div class="sheet"></div></article>';
  const looked = vi.fn(() => thread.querySelector('article'));
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += took));
  const conversation = new Conversation();
  conversation.turn = new Turn('a model');
  conversation.turn.answer = new Message({ facts: { id: 7, status: 'streaming' }, text: '', blocks: [], reasoning: [] } as unknown as MessageView);
  const seek = new Seek({ article: looked } as unknown as Reading);
  const write = () => thread.querySelector('.sheet')!.insertAdjacentHTML('beforeend', '<p>word</p>');
  return { seek, conversation, thread, looked, write };
}

test('what is new in an answer is counted', () => {
  const { seek, conversation, thread, write } = growing();
  const stop = seek.watch(conversation, thread);
  for (const count of [1, 2]) {
    write();
    vi.advanceTimersByTime(500);
    expect(find.total).toBe(count);
  }
  stop!();
  write();
  vi.advanceTimersByTime(5_000);
  expect(find.total).toBe(2);
});

test('what came last is counted when the turn has ended', () => {
  const { seek, conversation, thread, write } = growing();
  const stop = seek.watch(conversation, thread);
  write();
  vi.advanceTimersByTime(400);
  conversation.turn = null;
  stop!();
  expect(find.total).toBe(0);
  expect(seek.watch(conversation, thread)).toBeUndefined();
  expect(find.total).toBe(1);
});

test('nothing is counted any more when nothing is looked for', () => {
  const { seek, conversation, thread, write } = growing();
  seek.watch(conversation, thread)!();
  write();
  find.close();
  conversation.turn = null;
  expect(seek.watch(conversation, thread)).toBeUndefined();
  expect(find.total).toBe(0);
});

test.each([
  [10, 10],
  [50, 10],
  [100, 5],
  [1_000, 1],
])('searches of %i ms leave the window most of its time', (took, times) => {
  const { seek, conversation, thread, looked } = growing(took);
  const stop = seek.watch(conversation, thread);
  vi.advanceTimersByTime(5_000);
  stop!();
  expect(looked).toHaveBeenCalledTimes(times);
});
