import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Drafts } from '../src/state/drafts';

const saved: [number | null, string][] = [];
let drafts: Drafts;

beforeEach(() => {
  vi.useFakeTimers();
  saved.length = 0;
  drafts = new Drafts(async (id, text) => void saved.push([id, text]));
});
afterEach(() => vi.useRealTimers());

test('typing is saved once, after a rest of 400 ms', () => {
  for (const text of ['a', 'ab', 'abc']) {
    drafts.typed(7, text);
    vi.advanceTimersByTime(399);
  }
  expect(saved).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(saved).toEqual([[7, 'abc']]);
});

test('leaving saves at once, and only once', () => {
  drafts.typed(7, 'abc');
  drafts.flush();
  drafts.flush();
  vi.advanceTimersByTime(1000);
  expect(saved).toEqual([[7, 'abc']]);
});

test('typing in another conversation saves the first', () => {
  drafts.typed(7, 'abc');
  drafts.typed(null, 'x');
  expect(saved).toEqual([[7, 'abc']]);
  drafts.flush();
  expect(saved[1]).toEqual([null, 'x']);
});

test('a sent draft is emptied and doesn’t come back', () => {
  drafts.typed(7, 'abc');
  drafts.sent(7);
  vi.advanceTimersByTime(1000);
  expect(saved).toEqual([[7, '']]);
});

test('what was typed elsewhere since is saved, too', () => {
  drafts.typed(8, 'other');
  drafts.sent(7);
  vi.advanceTimersByTime(1000);
  expect(saved).toEqual([
    [8, 'other'],
    [7, ''],
  ]);
});

test('a draft that can’t be saved throws nowhere', async () => {
  const failing = new Drafts(() => Promise.reject(new Error('full')));
  failing.typed(1, 'a');
  expect(() => failing.flush()).not.toThrow();
  await Promise.resolve();
});
