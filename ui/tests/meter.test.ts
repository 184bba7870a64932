// The one bar: what is spent of what may be, and how far a job is.
import { render, screen } from '@testing-library/svelte';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import Meter from '../src/ui/Meter.svelte';
import { nearnessOf, shareOf } from '../src/ui/nearness';

test.each([[2, 10, 'meter'], [8, 10, 'meter meter-warn'], [12, 10, 'meter meter-danger'], [0, 0, 'meter meter-danger']])('%d spent of %d', (amount, most, look) => {
  render(Meter, { label: 'Spent this month, Work', amount, most, text: `${amount} of ${most}` });
  const meter = screen.getByRole('meter', { name: 'Spent this month, Work' });
  expect(meter.className.trim()).toBe(look);
  expect(meter.getAttribute('aria-valuetext')).toBe(`${amount} of ${most}`);
  expect(Number(meter.getAttribute('aria-valuenow'))).toBeLessThanOrEqual(Number(meter.getAttribute('aria-valuemax')));
});

test('a job near its end warns of nothing, and one that has not begun is not done', () => {
  const { rerender } = render(Meter, { label: 'Leak check', amount: 95, most: 100, job: true });
  expect(screen.getByRole('progressbar', { name: 'Leak check' }).className.trim()).toBe('meter');
  void rerender({ amount: 0, most: 0 });
  expect(document.querySelector('.meter-fill')!.getAttribute('width')).not.toBe('100%');
});

test('people are told from four fifths on', () => {
  expect([0, 0.79, 0.8, 0.99, 1].map(nearnessOf)).toEqual(['plain', 'plain', 'warn', 'warn', 'danger']);
  expect(shareOf(3, 2)).toBe(1);
});

test('nothing else draws a bar of its own', () => {
  const walk = (folder: string): string[] => readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? walk(join(folder, name)) : [join(folder, name)]));
  const drawn = walk(resolve(import.meta.dirname, '../src')).filter((path) => path.endsWith('.svelte') && readFileSync(path, 'utf8').includes('meter-bar'));
  expect(drawn.map((path) => path.split('/').at(-1))).toEqual(['Meter.svelte']);
});
