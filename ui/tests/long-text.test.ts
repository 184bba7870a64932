// A long text is cut where nobody sees it, and nothing of it is lost.
import { expect, test } from 'vitest';
import { LONG, PART, parts } from '../src/ui/long-text';

const joined = (text: string) => parts(text).map((part) => part.text).join('');

test('a text of usual length is one part', () => {
  expect(parts('a\nb')).toEqual([{ text: 'a\nb', rows: 2 }]);
  expect(parts('x'.repeat(LONG))).toHaveLength(1);
});

test.each<[string, string]>([
  ['lines', 'a line of some words\n'.repeat(5_000)],
  ['words', 'words and more '.repeat(5_000)],
  ['a word', 'x'.repeat(50_000)],
  ['pairs', '🙂'.repeat(20_000)],
  ['pairs, off by one', `x${'🙂'.repeat(20_000)}`],
  ['a short line before a long one', `a\n${'words '.repeat(5_000)}`],
  ['empty lines', '\n'.repeat(20_000)],
])('%s: all of it, in parts of bounded length', (_name, text) => {
  expect(joined(text)).toBe(text);
  for (const part of parts(text)) {
    expect(part.text.length).toBeGreaterThan(0);
    expect(part.text.length).toBeLessThanOrEqual(PART);
    expect(part.text).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
  }
});

test('a part ends with a line, or else with a word', () => {
  for (const part of parts('a line of some words\n'.repeat(5_000)).slice(0, -1)) expect(part.text.endsWith('\n')).toBe(true);
  for (const part of parts('words and more '.repeat(5_000)).slice(0, -1)) expect(part.text.endsWith(' ')).toBe(true);
});

test('rows are guessed from line ends and length', () => {
  const text = `${'x'.repeat(200)}\n\nend\n`;
  expect(parts(text)[0]!.rows).toBe(5);
});
