// Faces are asked for one after the other, unseen and unheard, and leave nothing on the page.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { askForFaces } from '../src/ui/faces';

const unseen = () => document.querySelector('.faces');
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('asks for one at a time, and goes', () => {
  askForFaces(document.body);
  expect(unseen()).toBeNull();
  const asked = new Set<string>();
  for (let ms = 0; ms < 2_000; ms += 10) {
    vi.advanceTimersByTime(10);
    if (!unseen()) continue;
    expect(unseen()!.textContent).toBe('a');
    expect(unseen()!.getAttribute('aria-hidden')).toBe('true');
    asked.add(unseen()!.innerHTML);
  }
  expect(asked.size).toBe(11);
  expect(unseen()).toBeNull();
});

it('ends when it is told to', () => {
  const end = askForFaces(document.body);
  vi.advanceTimersByTime(600);
  expect(unseen()).not.toBeNull();
  end();
  expect(unseen()).toBeNull();
  vi.advanceTimersByTime(2_000);
  expect(unseen()).toBeNull();
});

it('waits for an answer that is being written', () => {
  const answer = document.createElement('article');
  answer.setAttribute('aria-busy', 'true');
  document.body.append(answer);
  const end = askForFaces(document.body);
  vi.advanceTimersByTime(5_000);
  expect(unseen()).toBeNull();
  answer.setAttribute('aria-busy', 'false');
  vi.advanceTimersByTime(600);
  expect(unseen()).not.toBeNull();
  end();
  answer.remove();
});
