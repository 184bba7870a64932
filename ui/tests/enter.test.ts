import { expect, test } from 'vitest';
import { sends } from '../src/ui/enter';

const press = { key: 'Enter', isComposing: false, keyCode: 13, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };

test.each<[string, Partial<typeof press>, boolean]>([
  ['Enter', {}, true],
  ['Enter that accepts a word of an input method', { isComposing: true }, false],
  ['the same in engines that end composing first', { keyCode: 229 }, false],
  ['Shift+Enter', { shiftKey: true }, false],
  ['Ctrl+Enter', { ctrlKey: true }, true],
  ['Ctrl+Shift+Enter', { ctrlKey: true, shiftKey: true }, true],
  ['Cmd+Enter', { metaKey: true }, true],
  ['Alt+Enter', { altKey: true }, false],
  ['another key', { key: 'a', keyCode: 65 }, false],
])('%s sends: %o is %s', (_name, change, expected) => {
  expect(sends({ ...press, ...change })).toBe(expected);
});
