// The page is narrow when its styles are, and hears of it when the window or the text gets another size.
import { expect, test, vi } from 'vitest';
import { watchNarrow } from '../src/app/narrow';

test('what the styles say is what the page does', () => {
  let narrow = '';
  const read = vi.spyOn(window, 'getComputedStyle').mockImplementation(() => ({ getPropertyValue: () => narrow }) as unknown as CSSStyleDeclaration);
  const told: boolean[] = [];
  const stop = watchNarrow((is) => told.push(is));
  narrow = ' 1';
  dispatchEvent(new Event('resize'));
  narrow = '';
  dispatchEvent(new Event('resize'));
  stop();
  dispatchEvent(new Event('resize'));
  expect(told).toEqual([false, true, false]);
  read.mockRestore();
});
