import { describe, expect, test } from 'vitest';
import { Sheet } from '../src/ui/blocks';
import { fold, GROUP, numberLines } from '../src/ui/code-lines';
import { words } from '../src/words';

const line = (n: number) => `<span class="line">line ${n}\n</span>`;
const lines = (from: number, count: number) => Array.from({ length: count }, (_none, n) => line(from + n)).join('');
const block = (count: number) =>
  `<figure class="code"><figcaption class="code-head"><button data-act="fold-code">Collapse</button></figcaption><pre><code>${lines(1, count)}<span data-line=""></span></code></pre></figure>`;
const figureOf = (sheet: Sheet) => sheet.element.querySelector('figure')!;
const text = (count: number) => Array.from({ length: count }, (_none, n) => `line ${n + 1}\n`).join('');

describe('a code block from the history', () => {
  test.each([
    [20, 'code', 0],
    [21, 'code is-long', 0],
    [200, 'code is-long', 2],
    [201, 'code is-long is-folded', 2],
    [312, 'code is-long is-folded', 3],
  ])('of %i lines', (count, look, groups) => {
    const figure = figureOf(new Sheet([block(count)], words.chat.code));
    expect(figure.className).toBe(look);
    expect(figure.querySelectorAll('.lines').length).toBe(groups);
    expect(figure.querySelector('pre')?.textContent).toBe(text(count));
  });

  test('says how much there is, and unfolds', () => {
    const figure = figureOf(new Sheet([block(1312)], words.chat.code));
    expect(figure.querySelector('.code-more')?.textContent).toBe('Show all 1,312 lines');
    fold(figure, false, words.chat.code);
    expect(figure.querySelector('.code-more')).toBeNull();
    expect(figure.querySelector('[data-act="fold-code"]')?.getAttribute('aria-expanded')).toBe('true');
  });

});

const numbers = (figure: Element) => [...figure.querySelectorAll('.line')].map((l) => Number(l.getAttribute('data-n')));
const upTo = (count: number) => Array.from({ length: count }, (_none, n) => n + 1);

describe('a code block that streams', () => {
  test('is grouped as it grows, and never folded', () => {
    const sheet = new Sheet([], words.chat.code);
    sheet.apply({ keep: 0, grow: null, blocks: [block(0)] });
    for (let at = 0; at < 5 * GROUP; at += 7) sheet.apply({ keep: 0, grow: { done: lines(at + 1, 7), line: '' }, blocks: [] });
    const figure = figureOf(sheet);
    const count = figure.querySelectorAll('.line').length;
    expect(figure.className).toBe('code is-long');
    expect(figure.querySelector('pre')?.textContent).toBe(text(count));
    const sizes = [...figure.querySelectorAll('.lines')].map((group) => group.childElementCount);
    expect(sizes).toEqual([100, 100, 100, 100, 100, 4]);
    expect(figure.querySelectorAll('.is-open').length).toBe(6);
    // What isn’t full has no height of its own out of view.
    expect(sheet.placed().querySelectorAll('.is-open').length).toBe(1);
  });

  test('that begins with lines goes on in their group', () => {
    const sheet = new Sheet([], words.chat.code);
    sheet.apply({ keep: 0, grow: null, blocks: [block(130)] });
    sheet.apply({ keep: 0, grow: { done: lines(131, 90), line: '' }, blocks: [] });
    const groups = [...figureOf(sheet).querySelectorAll('.lines')];
    expect(groups.map((group) => group.childElementCount)).toEqual([100, 100, 20]);
    expect(groups.every((group) => group.classList.contains('is-open'))).toBe(true);
    expect(figureOf(sheet).querySelector('pre')?.textContent).toBe(text(220));
  });

  test('is numbered as it grows, once it is', () => {
    const sheet = new Sheet([], words.chat.code);
    sheet.apply({ keep: 0, grow: null, blocks: [block(0)] });
    const grow = (from: number, to: number) => sheet.apply({ keep: 0, grow: { done: lines(from, to - from), line: '' }, blocks: [] });
    grow(1, 50);
    const figure = figureOf(sheet);
    numberLines(figure);
    figure.classList.add('is-numbered');
    for (let at = 50; at < 350; at += 30) grow(at, at + 30);
    expect(numbers(figure)).toEqual(upTo(349));
  });

  test('counts the line that is being written once it is finished', () => {
    const sheet = new Sheet([], words.chat.code);
    const writing = (n: number) => `<span class="line">lin</span><!-- ${n} -->`;
    sheet.apply({ keep: 0, grow: null, blocks: [block(0).replace('<span data-line=""></span>', `${lines(1, 10)}<span data-line="">${writing(11)}</span>`)] });
    const figure = figureOf(sheet);
    const place = figure.querySelector('[data-line]')!;
    const finished = () => [...figure.querySelectorAll('.line')].filter((l) => l.parentElement !== place).map((l) => Number(l.getAttribute('data-n')));
    numberLines(figure);
    figure.classList.add('is-numbered');
    expect(finished()).toEqual(upTo(10));
    expect(place.getAttribute('data-n')).toBe('11');
    sheet.apply({ keep: 0, grow: { done: lines(11, 120), line: writing(131) }, blocks: [] });
    expect(finished()).toEqual(upTo(130));
    expect(place.getAttribute('data-n')).toBe('131');
    numberLines(figure);
    sheet.apply({ keep: 0, grow: { done: '', line: writing(131) }, blocks: [] });
    sheet.apply({ keep: 0, grow: { done: lines(131, 5), line: '' }, blocks: [] });
    expect(finished()).toEqual(upTo(135));
  });

  test('says how much there is now, folded while it grows', () => {
    const sheet = new Sheet([], words.chat.code);
    sheet.apply({ keep: 0, grow: null, blocks: [block(0)] });
    const grow = (from: number, count: number) => sheet.apply({ keep: 0, grow: { done: lines(from, count), line: '<span class="line">lin</span>' }, blocks: [] });
    grow(1, 366);
    const figure = figureOf(sheet);
    const said = () => figure.querySelector('.code-more')?.textContent;
    fold(figure, true, words.chat.code);
    expect(said()).toBe('Show all 366 lines');
    grow(367, 2134);
    expect(said()).toBe('Show all 2,500 lines');
    fold(figure, false, words.chat.code);
    grow(2501, 10);
    expect(said()).toBeUndefined();
  });
});
