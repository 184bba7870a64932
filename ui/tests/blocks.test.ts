import { describe, expect, test } from 'vitest';
import type { Patch } from '../src/ipc/bindings/types';
import { Sheet } from '../src/ui/blocks';

const blocksOf = (sheet: Sheet) => [...sheet.element.querySelectorAll('.block')];
const inner = (sheet: Sheet) => blocksOf(sheet).map((block) => block.innerHTML);
const patch = (keep: number, blocks: string[], grow: Patch['grow'] = null): Patch => ({ keep, grow, blocks });

describe('a sheet', () => {
  test('begins with the blocks it is given', () => {
    expect(inner(new Sheet(['<p>a</p>', '<p>b</p>']))).toEqual(['<p>a</p>', '<p>b</p>']);
  });

  test.each<[string, string[], Patch, string[]]>([
    ['appends', [], patch(0, ['<p>a</p>']), ['<p>a</p>']],
    ['replaces the tail', ['<p>a</p>', '<p>b</p>'], patch(1, ['<p>bc</p>']), ['<p>a</p>', '<p>bc</p>']],
    ['replaces the tail by more', ['<p>a</p>'], patch(0, ['<p>a</p>', '<p>b</p>', '<p>c</p>']), ['<p>a</p>', '<p>b</p>', '<p>c</p>']],
    ['replaces many by one', ['<p>a</p>', '<p>b</p>', '<p>c</p>'], patch(0, ['<ul></ul>']), ['<ul></ul>']],
    ['cuts', ['<p>a</p>', '<p>b</p>'], patch(1, []), ['<p>a</p>']],
    ['does nothing when nothing changed', ['<p>a</p>'], patch(1, []), ['<p>a</p>']],
    ['survives a keep beyond its end', ['<p>a</p>'], patch(9, ['<p>b</p>']), ['<p>a</p>', '<p>b</p>']],
  ])('%s', (_name, before, change, after) => {
    const sheet = new Sheet(before);
    sheet.apply(change);
    expect(inner(sheet)).toEqual(after);
  });

  test('many blocks come in parts, and none is left empty', () => {
    const some = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `<p>${from + n}</p>`);
    const sheet = new Sheet(some(0, 60));
    const parts = () => [...sheet.element.children].map((part) => part.childElementCount);
    expect(parts()).toEqual([50, 10]);
    sheet.apply(patch(55, some(55, 120)));
    expect(parts()).toEqual([50, 50, 20]);
    expect(inner(sheet)).toEqual(some(0, 120));
    sheet.apply(patch(50, []));
    expect(parts()).toEqual([50]);
    sheet.apply(patch(50, some(50, 52)));
    expect(inner(sheet)).toEqual(some(0, 52));
    sheet.apply(patch(0, []));
    expect(parts()).toEqual([]);
  });

  test('the parts of a long answer are groups to a screen reader, a short answer has none', () => {
    const some = (count: number) => Array.from({ length: count }, (_, n) => `<p>${n}</p>`);
    const sheet = new Sheet(some(50));
    const roles = () => [...sheet.element.children].map((part) => part.getAttribute('role'));
    expect(roles()).toEqual([null]);
    sheet.apply(patch(50, some(60)));
    expect(roles()).toEqual(['group', 'group', 'group']);
  });

  test('who reads an answer that is still written is not asked whether all of it shall be formatted', () => {
    const sheet = new Sheet();
    sheet.live = true;
    sheet.apply(patch(0, ['<p>a</p>', '<p class="plain-note">Plain. <button type="button" data-act="show-formatted">Show formatted</button></p>']));
    const wish = sheet.element.querySelector('button')!;
    expect(wish.hidden).toBe(true);
    sheet.live = false;
    expect(wish.hidden).toBe(false);
  });

  test('kept blocks stay the same elements', () => {
    const sheet = new Sheet(['<p>a</p>', '<p>b</p>']);
    const first = blocksOf(sheet)[0];
    sheet.apply(patch(1, ['<p>c</p>', '<p>d</p>']));
    expect(blocksOf(sheet)[0]).toBe(first);
  });

  test('a replaced block leaves nothing of its predecessor', () => {
    const sheet = new Sheet(['<pre>x</pre>']);
    sheet.apply(patch(0, ['<p>y</p>']));
    expect(sheet.element.textContent).toBe('y');
  });

  test.each([
    ['code', '<figure class="code"><pre><code>', '<span data-line="">', '</span></code></pre></figure>', ['<span class="line">a\n</span>', '<span class="line">b\n</span>'], '<span class="lines is-open">', '</span>'],
    ['a paragraph', '<p>', '<span data-line="">', '</span></p>', ['a <em>b</em> ', 'c '], '', ''],
    ['a list', '<ul>', '<li data-line="">', '</li></ul>', ['<li>a</li>', '<li>b</li>'], '', ''],
    ['a list with code', '<ul><li><figure class="code"><pre><code><span class="line">x\n</span></code></pre></figure></li>', '<li data-line="">', '</li></ul>', ['<li>a</li>', '<li>b</li>'], '', ''],
    ['a quote', '<blockquote>', '<div data-line="">', '</div></blockquote>', ['<p>a</p>', '<p>b</p>'], '', ''],
  ])('grows %s in place: what is finished goes before what is being written', (_name, open, start, close, [one, two], before, after) => {
    const sheet = new Sheet(['<p>a</p>', `${open}${start}${close}`]);
    const block = blocksOf(sheet)[1]!;
    sheet.apply(patch(1, [], { done: '', line: 'x' }));
    sheet.apply(patch(1, [], { done: one!, line: 'x' }));
    sheet.apply(patch(1, [], { done: two!, line: '' }));
    expect(blocksOf(sheet)[1]).toBe(block);
    expect(block.innerHTML).toBe(`${open}${before}${one}${two}${after}${start}${close}`);
  });

  test('what follows a grown block is replaced', () => {
    const sheet = new Sheet(['<pre><i data-line></i></pre>', '<p>old</p>']);
    sheet.apply(patch(0, ['<p>new</p>'], { done: '', line: 'z' }));
    expect(sheet.element.textContent).toBe('znew');
  });

  test('a new growing block after the first one is found anew', () => {
    const sheet = new Sheet(['<pre><i data-line></i></pre>']);
    sheet.apply(patch(0, [], { done: '', line: 'one' }));
    sheet.apply(patch(0, ['<pre>one</pre>', '<pre><i data-line></i></pre>']));
    sheet.apply(patch(1, [], { done: '', line: 'two' }));
    expect(sheet.element.textContent).toBe('onetwo');
  });

  test('each block finds its own direction', () => {
    expect(blocksOf(new Sheet(['<p>a</p>']))[0]?.getAttribute('dir')).toBe('auto');
  });
});
