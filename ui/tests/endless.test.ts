import { expect, test } from 'vitest';
import { Sheet } from '../src/ui/blocks';
import { ENDLESS } from '../src/ui/endless';

const word = 'x'.repeat(ENDLESS);
const endless = (sheet: Sheet) => [...sheet.element.querySelectorAll('.is-endless')].map(({ tagName }) => tagName);

test.each([
  ['a paragraph', `<p>a ${word} b</p>`, ['P']],
  ['code in an item', `<ul><li>a</li><li><code>${word}</code></li></ul>`, ['LI']],
  ['many words', `<p>${'word '.repeat(ENDLESS)}</p>`, []],
  ['code, which has lines of its own', `<figure class="code"><pre><code><span class="line">${word}</span></code></pre></figure>`, []],
])('%s', (_name, html, marked) => {
  expect(endless(new Sheet([html]))).toEqual(marked);
});

test('a word that grows until it has no end', () => {
  const sheet = new Sheet(['<p><span data-line=""></span></p>']);
  const grow = (done: string) => sheet.apply({ keep: 0, grow: { done, line: 'x' }, blocks: [] });
  grow('a word and ');
  grow(word.slice(1));
  expect(endless(sheet)).toEqual([]);
  grow('xx');
  expect(endless(sheet)).toEqual(['P']);
});
