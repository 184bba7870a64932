// What comes faster than it can be laid out is laid out later, and all of it is in the end.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Sheet } from '../src/ui/blocks';
import { framesByHand } from './frames';

describe('the parts of an answer', () => {
  const frames = framesByHand();
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  const blocks = (count: number, letters: number) => Array.from({ length: count }, (_, n) => `<p>${n} ${'a'.repeat(letters)}</p>`);
  const far = (sheet: Sheet) => sheet.element.querySelectorAll('.is-far').length;

  test('that come faster than frames can have them are laid out later, the last one first, one a frame, after the answer is told to be there', () => {
    const sheet = new Sheet();
    sheet.take({ keep: 0, grow: null, blocks: blocks(1_000, 400) });
    const there = vi.fn();
    sheet.whenDone(there);
    while (there.mock.calls.length === 0) frames.next();
    const parts = [...sheet.element.children];
    expect(parts).toHaveLength(20);
    const waiting = parts.filter((part) => part.classList.contains('is-far'));
    expect(waiting.length).toBeGreaterThan(8);
    expect(parts.at(-1)?.classList.contains('is-far'), 'what is read is laid out').toBe(false);
    for (let left = waiting.length; left > 0; left -= 1) {
      expect(waiting.map((part) => part.classList.contains('is-far'))).toEqual(waiting.map((_, n) => n < left));
      frames.next();
    }
    expect([far(sheet), frames.isAsked()]).toEqual([0, false]);
  });

  test('have about the height that they are going to have', () => {
    const sheet = new Sheet();
    sheet.take({ keep: 0, grow: null, blocks: blocks(1_000, 400) });
    frames.next();
    while (far(sheet) < 2) frames.next();
    const first = sheet.element.querySelector<HTMLElement>('.is-far');
    expect(first?.style.getPropertyValue('contain-intrinsic-block-size')).toBe(`auto ${Math.round(0.25 * [...first!.children].reduce((sum, block) => sum + block.innerHTML.length, 0))}px`);
  });

  test('are laid out at once where frames have time for them, and where an answer comes whole', () => {
    const slow = new Sheet();
    for (let at = 0; at < 200; at += 2) {
      slow.take({ keep: at, grow: null, blocks: blocks(2, 400) });
      frames.next();
      frames.next();
    }
    expect(far(slow)).toBe(0);
    expect(far(new Sheet(blocks(1_000, 400)))).toBe(0);
  });
});
