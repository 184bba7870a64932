// Money and tokens of a month: what is added up, what is forecast, and that each picture has its figures beside it.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { byModel, daysSeen, forecast, reachedAt, scale, series, total } from '../src/features/usage/sums';
import type { DayUse, Usage } from '../src/ipc/bindings/types';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { openApp, press, status } from './open-app';

const use = (day: number, model: string, nano: number, more: Partial<DayUse> = {}): DayUse => ({ day: `2026-11-${String(day).padStart(2, '0')}`, connectionId: 'c', model, nano, unpriced: 0, requests: 1, readTokens: 10, writtenTokens: 2, ...more });
const month = (days: DayUse[], nowMs = Date.UTC(2026, 10, 16)): Usage => ({ month: '2026-11', months: ['2026-11'], nowMs, days, medianMs: null, mostMs: null, tokensASecond: null, applications: [], chats: [] });

describe('sums', () => {
  test('are exact, by model and by day', () => {
    const usage = month([use(1, 'a', 3), use(2, 'b', 5), use(2, 'a', 1, { unpriced: 1 })]);
    expect(total(usage.days)).toEqual({ nano: 9, unpriced: 1, requests: 3, read: 30, written: 6 });
    expect(byModel(usage).map((row) => [row.model, row.nano, row.days.slice(0, 3)])).toEqual([['b', 5, [0, 12, 0]], ['a', 4, [12, 12, 0]]]);
  });

  test('of many models share the last colour', () => {
    const usage = month(Array.from({ length: 9 }, (_, n) => use(1, `m${n}`, 100 - n)));
    const shown = series(usage, 'money', 'model', String, (n) => `${n} others`);
    expect(shown.map((one) => one.name)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', '4 others']);
    expect(shown.reduce((sum, one) => sum + one.days[0]!, 0)).toBe(864);
    expect(new Set(shown.map((one) => one.colour)).size).toBe(6);
  });

  test('end today, and at the end of a month that is over', () => {
    expect(daysSeen(month([]))).toBe(16);
    expect(daysSeen(month([], Date.UTC(2027, 1, 1)))).toBe(30);
    expect(daysSeen({ ...month([], Date.UTC(2027, 1, 1)), month: '2024-02' })).toBe(29);
  });

  test('are carried on to the month’s end', () => {
    expect(forecast(month([]), 15)).toBe(30);
    expect(forecast(month([], Date.UTC(2026, 11, 5)), 15)).toBeNull();
    expect(reachedAt(month([]), 10, 16)).toBe(Date.UTC(2026, 10, 25));
    expect(reachedAt(month([]), 10, 20)).toBeNull();
    // Five minutes after midnight one answer is not the pace of a month.
    expect(forecast(month([], Date.UTC(2026, 10, 1, 0, 5)), 1)).toBe(30);
    expect(reachedAt(month([], Date.UTC(2026, 10, 1, 0, 5)), 1, 10)).toBe(Date.UTC(2026, 10, 11));
  });

  test.each([[0, 1], [7, 8], [2.3e9, 3e9], [1e9, 1e9], [9.1e9, 1e10]])('a scale for %s ends at %s', (most, top) => expect(scale(most).top).toBeCloseTo(top));
});

async function opened(options = {}) {
  const fake = await openApp({ connections: CONNECTIONS, ...options });
  await fireEvent.click(await screen.findByRole('link', { name: 'Usage' }));
  await screen.findByRole('heading', { name: 'Usage' });
  return fake;
}

describe('the page', () => {
  test('shows a chart and its figures, by money or tokens, by model or key', async () => {
    await opened();
    await screen.findByRole('img', { name: /^Spend per day, 1 November to 20 November, by model/ });
    const table = screen.getByRole('table', { name: 'Usage by model, November' });
    expect(within(table).getAllByRole('row')).toHaveLength(5);
    await press('Tokens');
    screen.getByRole('img', { name: /^Tokens per day/ });
    await press('Key');
    within(screen.getByRole('list', { name: 'Legend' })).getByText('Personal');
    screen.getByText('A chat that was deleted');
  });

  test('writes a table where the person says, and tells how long it is', async () => {
    const fake = await opened();
    await press('Export CSV');
    await waitFor(() => expect(status()?.trim()).toBe('754 requests written'));
    expect(fake.calls.find((c) => c.command === 'export_usage')?.args).toEqual({ month: '2026-11' });
  });

  test('of an empty month says so', async () => {
    await opened({ usage: { days: [], chats: [], applications: [], medianMs: null } });
    await screen.findByText('No answers yet this month.');
  });

  test('never counts an unknown price as nothing', async () => {
    await opened({ usage: { days: [use(1, 'odd', 0, { unpriced: 1, connectionId: 'connection-1' })] } });
    const table = await screen.findByRole('table', { name: 'Usage by model, November' });
    within(table).getByText('unknown');
    screen.getByText('and 1 answer of unknown price');
  });
});
