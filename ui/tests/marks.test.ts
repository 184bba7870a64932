import { expect, test, vi } from 'vitest';
import { Marks } from '../src/features/conversation/marks';
import { Sheet } from '../src/ui/blocks';

/** A sheet in its place on the page, and where words are in it. */
function shown(blocks: readonly string[]) {
  const sheet = new Sheet(blocks);
  const place = document.createElement('div');
  place.className = 'sheet';
  place.append(sheet.element);
  document.body.replaceChildren(place);
  const marks = new Marks();
  return { sheet, marks, find: () => marks.in(place, 'word') };
}

test('what stays as it is is searched once', async () => {
  const { find } = shown(['<p>a word</p>']);
  const first = find();
  expect(first.count).toBe(1);
  await Promise.resolve();
  expect(find()).toBe(first);
});

test.each<[string, (sheet: Sheet) => void, number]>([
  ['more blocks', (sheet) => sheet.apply({ keep: 1, grow: null, blocks: ['<p>another word</p>'] }), 2],
  ['a block in the place of one that said the same', (sheet) => sheet.apply({ keep: 0, grow: null, blocks: ['<p>a <em>word</em></p>'] }), 1],
  ['text that is another one', (sheet) => void (sheet.element.querySelector('p')!.firstChild!.nodeValue = 'no more'), 0],
])('%s', async (_, change, count) => {
  const { sheet, find } = shown(['<p>a word</p>']);
  expect(find().count).toBe(1);
  change(sheet);
  const inTheSameTask = find();
  await Promise.resolve();
  for (const found of [inTheSameTask, find()]) {
    const ranges = found.ranges(0, 9);
    expect(ranges.map(({ startContainer }) => startContainer.isConnected)).toEqual(Array.from({ length: count }, () => true));
  }
});

test('what changes while nothing is looked for is searched anew', () => {
  const { sheet, marks, find } = shown(['<p>a word</p>']);
  find();
  marks.clear(document.body);
  sheet.apply({ keep: 0, grow: null, blocks: ['<p>nothing</p>'] });
  expect(find().count).toBe(0);
});

test('what marks leave behind is painted anew, when they change and when they go', () => {
  vi.stubGlobal('Highlight', class extends Set {});
  vi.stubGlobal('CSS', { highlights: new Map() });
  const { marks } = shown(['<p>a word</p>']);
  const isAnew = () => document.body.classList.contains('is-marked-anew');
  marks.paint(document.body, 'wo');
  expect(isAnew()).toBe(true);
  marks.paint(document.body, 'wor');
  expect(isAnew()).toBe(false);
  marks.clear(document.body);
  expect(isAnew()).toBe(true);
  vi.unstubAllGlobals();
});
