import { describe, expect, test } from 'vitest';
import { foldWords, Occurrences } from '../src/ui/find-text';

const found = (html: string, words: string) => {
  const root = document.createElement('div');
  root.innerHTML = html;
  const found = new Occurrences(root, foldWords(words));
  return found.ranges(0, found.count).map(({ startContainer, startOffset, endContainer, endOffset }) => {
    const range = document.createRange();
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    return range.toString();
  });
};

describe('words are found in what is shown', () => {
  test.each<[string, string, string[]]>([
    ['across marks', '<p>Full <b>x</b><strong>jit</strong>ter, <code>JITTER</code></p>', ['jitter', 'JITTER']],
    ['over a line’s end', '<p>a jit\n  ter</p>', []],
    ['not in the head of a code block', '<figure class="code"><figcaption><span>jitter</span></figcaption><pre><code>a jitter</code></pre></figure>', ['jitter']],
    ['not in buttons or formulas', '<p>x <button>jitter</button><span class="math"><math><mi>jitter</mi></math></span></p>', []],
    ['in coloured code', '<pre><code><span class="line"><span class="k">jit</span><span class="f">ter</span>(x)\n</span></code></pre>', ['jitter']],
    ['not from one block into the next', '<p>jit</p><p>ter</p>', []],
  ])('%s', (_name, html, is) => expect(found(html, 'jitter')).toEqual(is));

  test.each<[string, string, string[]]>([
    ['one two', '<p>one\n   two and one<br>two</p>', ['one\n   two', 'onetwo']],
    ['don\'t', '<p>Don’t</p>', ['Don’t']],
    ['ΣΑΣ', '<p>σασ</p>', ['σασ']],
    ['a𝒳', '<p>a𝒳b</p>', ['a𝒳']],
    ['aa', '<p>aaaa</p>', ['aa', 'aa']],
    ['b c', '<p>a <em>b </em> c</p>', ['b  c']],
    ['', '<p>a</p>', []],
  ])('%s', (words, html, is) => expect(found(html, words)).toEqual(is));
});

// As much as a long answer. Whoever reads at each of these all that comes before it is not done in time.
test('words are found among very many marks', () => {
  const root = document.createElement('p');
  for (let n = 0; n < 40_000; n += 1) {
    const bold = document.createElement('strong');
    bold.append('so many words that their letters count, and '.repeat(2));
    root.append(bold);
  }
  root.append('one');
  const found = new Occurrences(root, 'and one');
  expect(found.count).toBe(1);
  expect(found.ranges(0, 1)[0]?.endContainer).toBe(root.lastChild);
});
