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

test('typing is saved 150 ms after the first letter that isn’t, however fast one types on', async () => {
  for (let length = 1; length <= 10; length += 1) {
    drafts.typed(7, 'x'.repeat(length));
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(saved.map(([, text]) => text.length)).toEqual([3, 6, 9]);
  await vi.advanceTimersByTimeAsync(150);
  expect(saved.at(-1)).toEqual([7, 'x'.repeat(10)]);
});

test('a long text goes less often', async () => {
  drafts.typed(7, 'x'.repeat(300_000));
  await vi.advanceTimersByTimeAsync(999);
  expect(saved).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(saved).toHaveLength(1);
});

test('a save never overtakes the one before it', async () => {
  const done: (() => void)[] = [];
  const begun: string[] = [];
  const slow = new Drafts((_, text) => {
    begun.push(text);
    return new Promise((resolve) => done.push(resolve));
  });
  for (const text of ['a', 'ab', 'abc']) {
    slow.typed(7, text);
    slow.flush();
  }
  expect(begun).toEqual(['a']);
  done[0]!();
  await vi.advanceTimersByTimeAsync(0);
  expect(begun).toEqual(['a', 'ab']);
  done[1]!();
  await vi.advanceTimersByTimeAsync(0);
  expect(begun).toEqual(['a', 'ab', 'abc']);
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
