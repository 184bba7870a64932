// What is folded away: blocks of native's become one element that opens and shuts, whenever its tags come and go.
import { describe, expect, test } from 'vitest';
import type { Patch } from '../src/ipc/bindings/types';
import { unfoldAround } from '../src/ui/answer-clicks';
import { Sheet } from '../src/ui/blocks';
import type { CodeWords } from '../src/ui/code-lines';

const patch = (keep: number, blocks: string[]): Patch => ({ keep, grow: null, blocks });
const tag = (kind: string, words = '') => `<div data-fold="${kind}">${words}</div>`;
const shut = tag('shut');
const end = tag('end');

/** Elements with their words, without what only styles need. */
const shape = (sheet: Sheet): string =>
  sheet.element.innerHTML
    .replaceAll(/ (class|dir|open|hidden)="[^"]*"/g, '')
    .replaceAll('<div></div>', '')
    .replaceAll(/<div>(.*?)<\/div>/g, '$1')
    .replaceAll(/<\/?div>/g, '');

describe('a fold', () => {
  test.each<[string, string[], string]>([
    ['holds the blocks up to its end', [tag('shut', 'a'), '<p>b</p>', '<ul></ul>', end, '<p>c</p>'], '<details><summary>a</summary><p>b</p><ul></ul></details><p>c</p>'],
    ['may have its summary in a line of its own', [shut, tag('summary', 'a <em>b</em>'), '<p>c</p>', end], '<details><summary>a <em>b</em></summary><p>c</p></details>'],
    ['has one summary', [tag('shut', 'a'), tag('summary', 'b'), end], '<details><summary>a</summary>b</details>'],
    ['may have no end', ['<p>a</p>', shut, '<p>b</p>'], '<p>a</p><details><p>b</p></details>'],
    ['may be in another', [shut, '<p>a</p>', shut, '<p>b</p>', end, '<p>c</p>', end, '<p>d</p>'], '<details><p>a</p><details><p>b</p></details><p>c</p></details><p>d</p>'],
    ['ends that did not begin are nothing', [end, '<p>a</p>', tag('summary', 'b')], '<p>a</p>b'],
  ])('%s', (_, blocks, html) => {
    expect(shape(new Sheet(blocks))).toBe(html);
    const grown = new Sheet();
    blocks.forEach((block, n) => grown.apply(patch(n, [block])));
    expect(shape(grown)).toBe(html);
  });

  test('is shut, unless it says otherwise', () => {
    const sheet = new Sheet([shut, end, tag('open', 'a'), end]);
    expect([...sheet.element.querySelectorAll('details')].map(({ open }) => open)).toEqual([false, true]);
  });

  test('stays as the reader set it while it grows', () => {
    const sheet = new Sheet([shut, '<p>a</p>']);
    sheet.element.querySelector('details')!.open = true;
    sheet.apply(patch(1, ['<p>ab</p>']));
    sheet.apply(patch(2, ['<p>c</p>', end]));
    expect(sheet.element.querySelector('details')!.open).toBe(true);
    expect(shape(sheet)).toBe('<details><p>ab</p><p>c</p></details>');
  });

  test('becomes and stops being one with what is written', () => {
    const sheet = new Sheet(['<p>a</p>', '<p>b</p>', '<p>c</p>']);
    sheet.apply(patch(1, [shut, '<p>c</p>']));
    expect(shape(sheet)).toBe('<p>a</p><details><p>c</p></details>');
    sheet.apply(patch(1, ['<p>d</p>', '<p>e</p>']));
    expect(shape(sheet)).toBe('<p>a</p><p>d</p><p>e</p>');
    sheet.apply(patch(0, [shut, end, '<p>f</p>']));
    sheet.apply(patch(1, ['<p>g</p>']));
    expect(shape(sheet)).toBe('<details><p>g</p></details>');
  });

  test('is not nested without end, and every end still ends its own', () => {
    const many = 2_000;
    const sheet = new Sheet([...Array<string>(many).fill(shut), ...Array<string>(many).fill(end), '<p>a</p>']);
    let depth = 0;
    for (let inner = sheet.element.querySelector('details'); inner; inner = inner.querySelector('details')) depth += 1;
    expect(depth).toBeLessThan(20);
    expect(sheet.element.querySelector('p')!.closest('details')).toBeNull();
  });

  test('opens around what is looked for in it', () => {
    const sheet = new Sheet([shut, shut, '<p>a</p>', end, end]);
    unfoldAround(sheet.element.querySelector('p')!, {} as CodeWords);
    expect([...sheet.element.querySelectorAll('details')].map(({ open }) => open)).toEqual([true, true]);
  });
});
