import { describe, expect, test } from 'vitest';
import type { Patch } from '../src/ipc/bindings/types';
import { become } from '../src/ui/become';
import { Sheet } from '../src/ui/blocks';

const line = (text: string) => `<span class="line">${text}\n</span>`;
const code = (...lines: string[]) =>
  `<figure class="code"><figcaption class="code-head"><span>rust</span><button data-act="wrap-lines">Wrap lines</button></figcaption><pre><code>${lines.map(line).join('')}</code></pre></figure>`;
const box = (html: string) => {
  const element = document.createElement('div');
  element.innerHTML = html;
  return element;
};
const replaced = (before: string, after: string) => {
  const [old, fresh] = [box(before), box(after)];
  const kept = [...old.querySelectorAll('*')];
  become(old, fresh);
  return { old, kept: kept.filter((element) => old.contains(element)) };
};

describe('what is written anew', () => {
  test.each([
    ['<p>a</p>', '<p>a <em>b</em></p>'],
    ['<p>a <em>b</em> c</p>', '<p>a</p>'],
    ['<p>**a</p>', '<p><strong>a</strong></p>'],
    ['<ul><li>a</li></ul>', '<ol><li>a</li></ol>'],
    ['<ul><li>a</li></ul>', '<ul><li><p>a</p></li><li><p>b</p></li></ul>'],
    ['<table><tbody><tr><td>1</td></tr></tbody></table>', '<table><tbody><tr><td>1</td><td class="end">2</td></tr><tr></tr></tbody></table>'],
    [`<ol><li>${code('a', 'b')}</li></ol>`, `<ol><li>${code('a', 'bc', 'd')}</li><li>e</li></ol>`],
    [`<ol><li>${code('a', 'b')}</li></ol>`, '<ol><li>x</li></ol>'],
    ['<a href="x">a</a>', '<a href="y">a</a>'],
    ['', '<p>a</p>'],
    ['<p>a</p>', ''],
    ['a<!-- -->b', 'ab'],
  ])('%s becomes %s', (before, after) => {
    expect(replaced(before, after).old.innerHTML).toBe(after);
  });

  test('the same is left where it is', () => {
    const { kept } = replaced('<p>see <a href="x">this</a> for</p>', '<p>see <a href="x">this</a> for more</p>');
    expect(kept.map(({ tagName }) => tagName)).toEqual(['P', 'A']);
    const items = replaced(`<ol><li>one${code('a')}</li><li>tw</li></ol>`, `<ol><li>one${code('a')}</li><li>two</li><li>th</li></ol>`);
    expect(items.kept.length).toBe(items.old.querySelectorAll('*').length - 1);
  });

  test('a selection in what stays is kept while words come after it', () => {
    const old = box('<p>some words</p>');
    document.body.append(old);
    const text = old.querySelector('p')!.firstChild!;
    getSelection()!.setBaseAndExtent(text, 0, text, 4);
    become(old, box('<p>some words and more</p>'));
    expect(getSelection()!.toString()).toBe('some');
    old.remove();
  });

  test('code keeps what was pressed in its head while its lines come', () => {
    const old = box(`<ol><li>${code('a')}</li></ol>`);
    const figure = old.querySelector('figure')!;
    figure.classList.add('is-wrapped');
    figure.querySelector('button')!.setAttribute('aria-pressed', 'true');
    become(old, box(`<ol><li>${code('a', 'b')}</li></ol>`));
    expect(old.querySelector('figure')).toBe(figure);
    expect(figure.querySelector('button')!.getAttribute('aria-pressed')).toBe('true');
    expect(figure.querySelector('code')!.innerHTML).toBe(line('a') + line('b'));
  });

  test('a diagram stays as it was turned, and another one takes its place whole', () => {
    const diagram = (source: string) =>
      `<figure class="diagram"><figcaption class="code-head"><span>mermaid</span><button data-act="show-source">Show source</button></figcaption><div class="diagram-view"><img alt="${source}"></div><pre><code>${source}</code></pre></figure>`;
    const old = box(`<ol><li>${diagram('A')}</li><li>tw</li></ol>`);
    const figure = old.querySelector('figure')!;
    figure.classList.add('is-source');
    figure.querySelector('button')!.setAttribute('aria-pressed', 'true');
    become(old, box(`<ol><li>${diagram('A')}</li><li>two</li></ol>`));
    expect(old.querySelector('figure')).toBe(figure);
    expect(figure.querySelector('button')!.getAttribute('aria-pressed')).toBe('true');
    become(old, box(`<ol><li>${diagram('B')}</li></ol>`));
    expect(old.innerHTML).toBe(`<ol><li>${diagram('B')}</li></ol>`);
  });

  test('code of another language is another', () => {
    const other = code('a').replace('rust', 'c');
    expect(replaced(code('a'), other).old.innerHTML).toBe(other);
  });
});

test('a long word that comes in pieces is one text', () => {
  const sheet = new Sheet(['<p><span data-line=""></span></p>']);
  const grow = (done: string): Patch => ({ keep: 0, grow: { done, line: 'x' }, blocks: [] });
  for (const piece of ['ab', 'cd', '<em>e</em>', 'f', 'g']) sheet.apply(grow(piece));
  expect(sheet.element.querySelector('p')!.innerHTML).toBe('abcd<em>e</em>fg<span data-line="">x</span>');
  expect(sheet.element.querySelector('p')!.childNodes).toHaveLength(4);
});
