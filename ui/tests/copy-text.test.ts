import { expect, test } from 'vitest';
import { plainText, richText } from '../src/ui/copy-text';

test.each<[string, string, string]>([
  ['paragraphs', '<div class="block"><p>a\n b</p></div><div class="block"><p>c</p></div>', 'a b\n\nc'],
  ['a formula in a line', '<p>so <span class="math" data-tex="x^2"><math><mi>x</mi></math></span> it is</p>', 'so $x^2$ it is'],
  ['a formula by itself', '<p>a</p><span class="math math-block" data-tex="\\frac a b"><math></math><button>Copy LaTeX</button></span><p>b</p>', 'a\n\n$$\\frac a b$$\n\nb'],
  ['code, exactly', '<p>a</p><figure class="code"><figcaption>rust<button>Copy code</button></figcaption><pre><code><span class="lines"><span class="line">if  x {\n</span><span class="line">\n</span></span><span class="line">\ty\n</span><span data-line=""></span></code></pre></figure>', 'a\n\nif  x {\n\n\ty'],
  ['what the person wrote, exactly', '<div class="bubble">a\n  b\n<span>c\n</span><span>d</span></div><p>e</p>', 'a\n  b\nc\nd\n\ne'],
  ['lists', '<ul><li>a</li><li><input type="checkbox" checked>b</li></ul><ol start="3"><li>c</li></ol>', '- a\n- [x] b\n3. c'],
  ['a table', '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>', 'a\tb\n1\t2'],
  ['a list in a list', '<ol><li>a<ol start="7"><li>b</li><li>c</li></ol></li><li>d</li></ol>', '1. a\n7. b\n8. c\n2. d'],
  ['spaces at an end, over several marks', '<p>a <b>b </b><i> </i> </p><p> <b> </b>c</p>', 'a b\n\nc'],
  ['marks', '<p>a <strong>b</strong><em> c</em><br>d</p>', 'a b c\nd'],
])('%s', (_name, html, is) => {
  const box = document.createElement('div');
  box.innerHTML = html;
  expect(plainText(box)).toBe(is);
});

test.each<[string, string, string]>([
  ['code without its head', '<p>a</p><figure class="code"><figcaption>rust<button data-act="copy-code">Copy code</button></figcaption><pre><code>x</code></pre><button data-act="fold-code">Show all</button></figure>', '<p>a</p><figure class="code"><pre><code>x</code></pre></figure>'],
  ['a picture’s place without its button', '<p><span class="blocked">not loaded <button data-act="load-picture">Load picture</button></span></p>', '<p><span class="blocked">not loaded </span></p>'],
  ['a formula, a picture, and a box to be ticked', '<p><math><mi>x</mi></math><img alt="y"><input type="checkbox"></p>', '<p><math><mi>x</mi></math><img alt="y"><input type="checkbox"></p>'],
])('to other programs: %s', (_name, html, is) => {
  const box = document.createElement('div');
  box.innerHTML = html;
  expect(richText(box)).toBe(is);
  expect(box.innerHTML).toBe(html);
});

const WORDS = 'so many words that their letters count'.repeat(2);

// As much as a long answer. Whoever reads at each of these all that is written before it is not done in time.
test.each<[string, string, string, number, string]>([
  ['words', 'p', 'b', 40_000, ' '],
  ['paragraphs', 'div', 'p', 40_000, '\n\n'],
])('many %s', (_name, around, name, count, between) => {
  const box = document.createElement(around);
  for (let n = 0; n < count; n += 1) {
    const element = document.createElement(name);
    element.append(`${WORDS} `);
    box.append(element);
  }
  // Not compared by `expect`, which would show how long texts differ.
  expect(plainText(box) === Array.from({ length: count }, () => WORDS).join(between)).toBe(true);
});
