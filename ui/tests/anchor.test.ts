import { expect, test } from 'vitest';
import { Anchor } from '../src/features/conversation/anchor';

/** A box of a chunk with one answer; each block begins where it is told, and is 100 high. */
function answer(tops: number[]): { box: Element; blocks: Element[]; move: (by: number) => void } {
  const box = document.createElement('div');
  box.innerHTML = `<article>${tops.map(() => '<div class="block">x</div>').join('')}</article>`;
  document.body.append(box);
  let moved = 0;
  const place = (element: Element, top: () => number, height: number) =>
    (element.getBoundingClientRect = () => ({ top: top(), bottom: top() + height, height }) as DOMRect);
  place(box, () => tops[0]! + moved, 1000);
  place(box.firstElementChild!, () => tops[0]! + moved, 1000);
  const blocks = [...box.querySelectorAll('.block')];
  blocks.forEach((block, n) => place(block, () => tops[n]! + moved, 100));
  return { box, blocks, move: (by) => (moved += by) };
}

test('what is at the edge is held, to the pixel', () => {
  const { box, move } = answer([-250, -50, 60]);
  const anchor = new Anchor();
  anchor.take(box, 0);
  expect(anchor.drift(0)).toBe(0);
  move(37);
  expect(anchor.drift(0)).toBe(37);
});

test('what is gone holds nothing', () => {
  const { box } = answer([0]);
  const anchor = new Anchor();
  expect(anchor.drift(0)).toBeNull();
  anchor.take(box, 0);
  box.remove();
  expect(anchor.drift(0)).toBeNull();
});
