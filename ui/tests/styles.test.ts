// What the styles promise, where only their rules can be looked at: the test page has no layout.
import { render, screen } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import ScrollX from '../src/ui/ScrollX.svelte';
import { said } from './rules';

test('a dialog is never higher than the window: what is in it scrolls, and its buttons stay in sight', () => {
  expect(said('.dialog', 'max-block-size')).toContain('100vh');
  expect(said('.dialog > :is(form, section)', 'flex-direction')).toBe('column');
  expect(said('.dialog-body', 'overflow-y')).toBe('auto');
  expect(said('.dialog-body', 'min-block-size')).toBe('0');
  expect(said('.dialog-acts', 'flex')).toBe('none');
});

test('in a narrow window a setting stands below its words, and no row is wider than its card', () => {
  expect(said('.settings-card', 'grid-template-columns')).toBe('minmax(0, 1fr)');
  expect(said('.setting', 'flex-wrap')).toBe('wrap');
  expect(said('.setting > :first-child', 'flex')).toBe('1 1 13rem');
});

test('a table moves nothing sideways but itself, and the keyboard can do that', () => {
  expect(said('.scroll-x', 'overflow-x')).toBe('auto');
  render(ScrollX, { label: 'Usage by model', children: createRawSnippet(() => ({ render: () => '<p>wide</p>' })) });
  expect(screen.getByRole('group', { name: 'Usage by model' }).tabIndex).toBe(0);
});
