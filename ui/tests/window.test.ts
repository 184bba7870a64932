import { describe, expect, test } from 'vitest';
import { AHEAD, endsOf, indexBelow, rowsOf, SPACE, windowed } from '../src/features/conversation/window';
import { Chunk } from '../src/state/chunk.svelte';

/** Chunks of 100 pixels; `#` is shown, `o` loaded, `.` neither. */
const chunksFrom = (picture: string): Chunk[] =>
  [...picture].map((letter, at) => {
    const chunk = new Chunk([at], letter === '.' ? null : [], 100);
    chunk.shown = letter === '#';
    return chunk;
  });

const rows = (picture: string) => rowsOf(chunksFrom(picture)).map((row) => `${row.chunk ? 'chunk' : 'gap'} ${row.from}-${row.to} ${row.height}`);

const change = (picture: string, top: number, kept: readonly number[] = [], ahead = AHEAD) => {
  const chunks = chunksFrom(picture);
  const ends = Float64Array.from(chunks, (_chunk, at) => at * (100 + SPACE) + 100 - top);
  const { show, hide, load, more } = windowed(chunks, ends, { top: 0, bottom: 400, ahead }, (at) => kept.includes(at));
  return { show, hide, load, more };
};

describe('what isn’t shown is one gap', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['#', ['chunk 0-1 100']],
    ['...#', [`gap 0-3 ${300 + 2 * SPACE}`, 'chunk 3-4 100']],
    ['#.#', ['chunk 0-1 100', 'gap 1-2 100', 'chunk 2-3 100']],
  ])('%s', (picture, is) => expect(rows(picture)).toEqual(is));

  test('each chunk has its place in it', () => {
    const chunks = chunksFrom('..#.');
    const laid = rowsOf(chunks);
    const tops = [10, 10 + 2 * (100 + SPACE), 10 + 3 * (100 + SPACE)];
    expect([...endsOf(chunks, laid, (row) => tops[row]!)]).toEqual([0, 1, 2, 3].map((at) => 10 + at * (100 + SPACE) + 100));
  });
});

describe('the window', () => {
  test('shows what is in view at once, and one more a frame', () => {
    expect(change('oooooooooooo', 0)).toEqual({ show: [0, 1, 2, 3], hide: [], load: [], more: true });
    expect(change('####oooooooo', 0)).toEqual({ show: [4], hide: [], load: [], more: true });
  });
  test('shows only what is in view until that is painted', () => {
    expect(change('oooooooooooo', 0, [], 0)).toEqual({ show: [0, 1, 2, 3], hide: [], load: [], more: false });
    expect(change('####oooooooo', 0, [], 0)).toEqual({ show: [], hide: [], load: [], more: false });
  });
  test('asks for what is missing, the nearest first', () => expect(change('....########', 4 * 124).load).toEqual([3, 2, 1, 0]));
  test('asks for what a drag of the bar arrives at', () => expect(change('.'.repeat(50), 25 * 124).load.slice(0, 4)).toEqual([25, 26, 27, 28]));
  test('lets go of what is far away, but not of what is kept', () => {
    const picture = `#${'o'.repeat(30)}##########`;
    expect(change(picture, 31 * 124).hide).toEqual([0]);
    expect(change(picture, 31 * 124, [0]).hide).toEqual([]);
  });
  test('rests when all is there', () => expect(change('##########', 0)).toEqual({ show: [], hide: [], load: [], more: false }));
});

describe('the first below an edge', () => {
  const ends = [10, 20, 30];
  test.each([
    [0, 0],
    [9, 1],
    [10, 1],
    [25, 2],
    [30, 3],
  ])('%i', (edge, is) => expect(indexBelow(3, (at) => ends[at]!, edge)).toBe(is));
});
