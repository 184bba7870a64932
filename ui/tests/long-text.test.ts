// A long text is shown by its beginning.
import { expect, test } from 'vitest';
import { beginningOf } from '../src/ui/long-text';

test('a text of usual length is shown whole', () => {
  expect(beginningOf('a\nb')).toBeNull();
  expect(beginningOf('x'.repeat(10_000))).toBeNull();
});

test.each<[string, string, string]>([
  ['a line', 'a line of words\n'.repeat(1_000), 's'],
  ['a word', 'words and more '.repeat(1_000), 'e'],
  ['wherever it must', 'x'.repeat(50_000), 'x'],
  ['wherever it must, with one early space', `token: ${'x'.repeat(50_000)}`, 'x'],
  ['a letter of two halves', `x${'🙂'.repeat(20_000)}`, '🙂'],
])('the beginning ends with %s', (_name, text, last) => {
  const beginning = beginningOf(text)!;
  expect(text.startsWith(beginning)).toBe(true);
  expect(beginning.length).toBeGreaterThan(1_900);
  expect(beginning.endsWith(last)).toBe(true);
  expect(beginning).not.toMatch(/[\uD800-\uDBFF]$/);
});
