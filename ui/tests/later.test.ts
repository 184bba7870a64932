// What is to happen later: once, after its time, and never when its page has gone.
import { cleanup } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SCENES } from '../src/ipc/fake-scenes';
import { Later, stopAll } from '../src/state/later';
import { noteWhereabouts } from '../src/state/whereabouts';
import { commandsOf, openApp } from './open-app';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'], shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());

test('it happens once, and what is put off happens after that time', () => {
  const act = vi.fn();
  const later = new Later(act);
  later.in(100);
  later.in(100);
  vi.advanceTimersByTime(60);
  later.anew(100);
  vi.advanceTimersByTime(60);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60);
  expect(act).toHaveBeenCalledTimes(1);
  later.in(100);
  stopAll();
  vi.advanceTimersByTime(200);
  expect(act).toHaveBeenCalledTimes(1);
  later.in(100);
  vi.advanceTimersByTime(200);
  expect(act).toHaveBeenCalledTimes(2);
});

test('nothing waits any more when the page has gone', async () => {
  const fake = await openApp(SCENES['chat']!);
  noteWhereabouts();
  // The framework has one of its own, for the next task.
  vi.advanceTimersByTime(1);
  expect(vi.getTimerCount()).toBeGreaterThan(0);
  cleanup();
  expect(vi.getTimerCount()).toBe(0);
  expect(commandsOf(fake)).not.toContain('keep_whereabouts');
});
