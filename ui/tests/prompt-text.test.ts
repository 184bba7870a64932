import { describe, expect, test } from 'vitest';
import { askedAt } from '../src/features/composer/typed';
import { blanksOf, filled, pieces, whole } from '../src/state/prompt-text';

describe('blanks', () => {
  test('ask, have a default or a choice, each once, in the order of the text', () => {
    const text = '{{reader:my grandmother | a lawyer}} {{words:120}} {{topic}} {{ topic }} {{Selection}} {{clipboard}} {{date}} {{CURRENT_DATE}}';
    expect(blanksOf(text).map(({ name, kind, value, choices }) => [name, kind, value, choices.length])).toEqual([
      ['reader', 'choice', 'my grandmother', 2],
      ['words', 'text', '120', 0],
      ['topic', 'text', '', 0],
      ['Selection', 'selection', '', 0],
      ['clipboard', 'clipboard', '', 0],
      ['date', 'date', '', 0],
      ['CURRENT_DATE', 'date', '', 0],
    ]);
  });

  test('are filled with what is given, and marks in that mean nothing', () => {
    expect(filled('{{a:1}} {{ a:1 }} {{b}} {{c}}', { a: '{{b}}', b: '$&' })).toBe('{{b}} {{b}} $& {{c}}');
  });

  test('what only looks like one stays', () => {
    for (const text of ['{{}}', '{{ user.name }}', '{single}', '{{a\nb}}', '${{ x }', '{{a:{{b}}']) expect(filled(text, { a: '!', b: '?' }).includes('!')).toBe(false);
    expect(blanksOf('{{}} {{ user.name }} {x}')).toEqual([]);
  });

  test('are shown as pieces that are the text', () => {
    const text = 'a {{b}} c {{/d}}';
    expect(pieces(text).map((piece) => piece.text).join('')).toBe(text);
    expect(pieces(text).filter((piece) => piece.blank).map((piece) => piece.text)).toEqual(['{{b}}', '{{/d}}']);
  });
});

describe('taking in another prompt', () => {
  const library: Record<string, string> = { short: 'Be brief.', kind: 'Be kind. {{/short}}', a: '{{/b}}', b: 'x {{/c}}', c: '{{/a}}', self: '{{/self}}', lost: '{{/nowhere}}' };
  const find = (slash: string) => library[slash] ?? null;

  test('puts its text in its place, also the text of those that it takes in', () => {
    expect(whole('Review. {{/kind}} {{/short}}', find).text).toBe('Review. Be kind. Be brief. Be brief.');
  });

  test('a circle is told with the way round, and so is one that is not there', () => {
    expect(whole('{{/a}}', find, 'mine').tangle).toEqual({ kind: 'circle', by: ['mine', 'a', 'b', 'c', 'a'] });
    expect(whole(library['self']!, find, 'self').tangle).toEqual({ kind: 'circle', by: ['self', 'self'] });
    expect(whole('{{/lost}}', find).tangle).toEqual({ kind: 'missing', by: ['lost', 'nowhere'] });
  });

  test('a few prompts that double each other do not grow without end', () => {
    const doubling = (slash: string) => (slash === 'p40' ? 'x'.repeat(99) : slash.startsWith('p') ? `{{/p${Number(slash.slice(1)) + 1}}}`.repeat(2) : null);
    expect(whole('{{/p0}}', doubling).tangle?.kind).toBe('tooLong');
  });
});

test('a slash asks at the beginning of a line, an at sign at that of a word', () => {
  const at = (text: string, caret = text.length) => askedAt(text, caret);
  expect(at('/pl')).toEqual({ kind: 'slash', text: 'pl', from: 0, to: 3 });
  expect(at('Hello\n/')).toEqual({ kind: 'slash', text: '', from: 6, to: 7 });
  expect(at('Ask @gpt-5.1')).toEqual({ kind: 'model', text: 'gpt-5.1', from: 4, to: 12 });
  expect(at('/plain and more', 3)?.text).toBe('pl');
  for (const no of ['a/b', 'see /tmp', '/tmp/x', 'me@example', '//', '/a b', `${'x'.repeat(200)}/a`, `${'x'.repeat(200)}@a`]) expect(at(no)).toBeNull();
});
