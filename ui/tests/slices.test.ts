// A large patch goes onto the page in slices, and nothing of it is lost.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Patch } from '../src/ipc/bindings/types';
import { Sheet } from '../src/ui/blocks';
import { AT_FIRST, AT_LEAST, cut, nextRoom, Slices, type Piece } from '../src/ui/slices';
import { framesByHand } from './frames';

const line = (n: number) => `<span class="line"><i>line</i> ${n}\n</span>`;
const lines = (count: number) => Array.from({ length: count }, (_, n) => line(n)).join('');
const figure = (count: number) => `<figure class="code"><pre><code>${lines(count)}</code></pre></figure>`;
const item = (count: number) => `<li><p>a</p>${figure(count)}</li>`;
const patch = (keep: number, blocks: string[], grow: Patch['grow'] = null): Patch => ({ keep, grow, blocks });
const first = (piece: Patch): Piece => ({ ...piece, more: true });

describe('a cut', () => {
  const room = 3 * line(0).length;
  const cases: [string, Patch, Piece, Patch | null][] = [
    ['leaves what fits', patch(2, ['<p>a</p>']), patch(2, ['<p>a</p>']), null],
    ['leaves what only removes', patch(2, []), patch(2, []), null],
    [
      'goes between lines',
      patch(1, ['<p>z</p>'], { done: lines(5), line: 'x' }),
      first(patch(1, [], { done: lines(3), line: '' })),
      patch(1, ['<p>z</p>'], { done: lines(5).slice(lines(3).length), line: 'x' }),
    ],
    ['leaves an item whole that has code in it', patch(1, [], { done: item(5), line: 'x' }), patch(1, [], { done: item(5), line: 'x' }), null],
    [
      'goes between such an item and the blocks after it',
      patch(1, ['<p>z</p>'], { done: item(5), line: 'x' }),
      first(patch(1, [], { done: item(5), line: 'x' })),
      patch(2, ['<p>z</p>']),
    ],
    ['goes between blocks', patch(4, ['a'.repeat(room - 1), 'bb', 'c']), first(patch(4, ['a'.repeat(room - 1)])), patch(5, ['bb', 'c'])],
    ['leaves one block whole', patch(4, ['a'.repeat(2 * room)]), patch(4, ['a'.repeat(2 * room)]), null],
    [
      'goes between what grows and the blocks after it',
      patch(1, ['a'.repeat(room)], { done: '', line: 'x' }),
      first(patch(1, [], { done: '', line: 'x' })),
      patch(2, ['a'.repeat(room)]),
    ],
  ];
  it.each(cases)('%s', (_, whole, now, later) => {
    expect(cut(whole, room)).toEqual([now, later]);
  });
});

describe('the room of a frame', () => {
  const frames = framesByHand();

  it.each([
    ['shrinks when frames are late', 20_000, 20_000, 60, 12_000],
    ['stays when they are as long as they may be', 20_000, 20_000, 40, 20_000],
    ['shrinks at most by half', 20_000, 20_000, 1_000, 10_000],
    ['grows when they are early', 20_000, 20_000, 30, 25_000],
    ['grows fast when there is time for much more', 20_000, 20_000, 16, 40_000],
    ['stays when there was little to do', 20_000, 5_000, 16, 20_000],
    ['never ends', AT_LEAST, AT_LEAST, 1_000, AT_LEAST],
    ['has an end', 96_000, 96_000, 16, 96_000],
  ])('%s', (_, room, spent, ms, next) => {
    expect(nextRoom(room, spent, ms, 16)).toBe(next);
  });

  it.each([
    ['grows where every frame takes long and more takes hardly longer', 4_000, 66, 60, 5_000],
    ['shrinks there when more takes much longer', 40_000, 140, 60, 20_000],
  ])('%s', (_, room, ms, cheapest, next) => {
    expect(Math.round(nextRoom(room, room, ms, cheapest) / 1_000) * 1_000).toBe(next);
  });

  it('follows what the frames take', () => {
    const applied: number[] = [];
    const slices = new Slices(({ grow }) => applied.push(grow?.done.length ?? 0));
    slices.take(patch(0, [], { done: lines(5000), line: '' }));
    frames.next();
    for (const took of [16, 16, 16, 30, 100, 100]) frames.next(took);
    expect(applied.map((letters) => Math.round(letters / 1_000))).toEqual([2, 4, 8, 16, 20, 10, 5]);
  });
});

describe('slices', () => {
  const frames = framesByHand();
  const half = 'a'.repeat(AT_FIRST / 2);
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('are applied at once as long as there is room, then in the frames that follow, in their order', () => {
    const applied: number[] = [];
    const slices = new Slices(({ keep }) => applied.push(keep));
    for (let n = 0; n < 8; n += 1) slices.take(patch(n, [half]));
    expect(applied).toEqual([0, 1]);
    // These belong to the frame that begins now; it is full.
    frames.next();
    expect(applied).toEqual([0, 1]);
    frames.next();
    expect(applied).toEqual([0, 1, 2, 3, 4, 5]);
    frames.next();
    frames.next();
    expect(applied).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    frames.next();
    frames.next();
    expect(frames.isAsked()).toBe(false);
  });

  it('lose no line', () => {
    let done = '';
    const slices = new Slices(({ grow }) => (done += grow?.done ?? ''));
    slices.take(patch(0, [], { done: lines(5000), line: '' }));
    expect(done.length).toBeLessThan(2 * AT_FIRST);
    while (frames.isAsked()) frames.next();
    expect(done).toBe(lines(5000));
  });

  it.each([
    ['an item', '<ol>', '<li data-line=""></li>', '</ol>', item(60) + item(60) + '<li><p>b</p></li>', 'ol > :not(li)'],
    ['a quote', '<blockquote>', '<div data-line=""></div>', '</blockquote>', `<p>a</p>${figure(60)}<p>b</p>`, 'blockquote > span'],
  ])('leave %s whole that has much code in it', (_, open, place, close, done, strange) => {
    const [whole, sliced] = [new Sheet([open + place + close]), new Sheet([open + place + close])];
    const all = patch(0, ['<p>c</p>'], { done, line: 'x' });
    whole.apply(all);
    sliced.take(all);
    const strangers = () => sliced.element.querySelectorAll(strange).length;
    expect(strangers()).toBe(0);
    while (frames.isAsked()) {
      frames.next();
      expect(strangers()).toBe(0);
    }
    expect(sliced.element.innerHTML).toBe(whole.element.innerHTML);
  });

  it('leave standing what stands when all of an answer is told anew', () => {
    const block = (n: number, mark = '') => `<p>${n} ${'word '.repeat(200)}${mark}</p>`;
    const many = (mark = '') => Array.from({ length: 60 }, (_, n) => block(n, mark));
    const sheet = new Sheet([...many(), figure(150)], { fold: 'Fold', unfold: 'Unfold', showAll: () => 'All' });
    const count = () => sheet.element.querySelectorAll('.block').length;
    const [code, text] = [sheet.element.querySelector('figure')!, sheet.element.querySelector('p')!];
    sheet.take(patch(0, [...many('[1]'), figure(150)]));
    expect(count()).toBe(61);
    while (frames.isAsked()) {
      frames.next();
      expect(count()).toBe(61);
    }
    expect(sheet.element.textContent?.split('[1]')).toHaveLength(61);
    expect([sheet.element.querySelector('figure'), sheet.element.querySelector('p')]).toEqual([code, text]);
    expect(code.querySelectorAll('.lines')).toHaveLength(1);
    sheet.take(patch(0, ['<p>a</p>']));
    while (frames.isAsked()) frames.next();
    expect(count()).toBe(1);
  });

  it('say when all of it is there', () => {
    const slices = new Slices(() => undefined);
    const done = vi.fn();
    slices.whenDone(done);
    expect(done).toHaveBeenCalledOnce();
    slices.take(patch(0, [], { done: lines(1000), line: '' }));
    slices.whenDone(done);
    frames.next();
    expect(done).toHaveBeenCalledOnce();
    while (frames.isAsked()) frames.next();
    expect(done).toHaveBeenCalledTimes(2);
  });

  it('say so in a frame of its own', () => {
    const slices = new Slices(() => undefined);
    const done = vi.fn();
    slices.take(patch(0, [half]));
    slices.whenDone(done);
    frames.next();
    slices.take(patch(1, [half]));
    for (let n = 0; n < 2; n += 1) {
      frames.next();
      expect(done).not.toHaveBeenCalled();
    }
    frames.next();
    expect(done).toHaveBeenCalledOnce();
  });

  it('are all applied after a second without frames, as in a window that nobody sees', () => {
    let done = '';
    const slices = new Slices(({ grow }) => (done += grow?.done ?? ''));
    for (let n = 0; n < 3; n += 1) {
      done = '';
      slices.take(patch(0, [], { done: lines(5000), line: '' }));
      vi.advanceTimersByTime(1_100);
      expect(done).toBe(lines(5000));
    }
  });

  it('do nothing more in such a window when nothing waits, but say that all is there', () => {
    const slices = new Slices(() => undefined);
    const done = vi.fn();
    slices.take(patch(0, [], { done: lines(5000), line: '' }));
    slices.whenDone(done);
    vi.advanceTimersByTime(1_100);
    expect(done).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
    slices.whenDone(done);
    vi.advanceTimersByTime(1_100);
    expect(done).toHaveBeenCalledTimes(2);
    expect(vi.getTimerCount()).toBe(0);
    // It is seen again.
    slices.take(patch(1, [half]));
    slices.whenDone(done);
    while (frames.isAsked()) frames.next();
    expect(done).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leave out what is replaced before it was shown', () => {
    const applied: string[] = [];
    const slices = new Slices(({ blocks }) => applied.push(blocks[0]!.slice(-1)));
    for (const letter of ['a', 'b', 'c', 'd']) slices.take(patch(3, [half + half + letter]));
    while (frames.isAsked()) frames.next();
    expect(applied).toEqual(['a', 'd']);
  });
});
