// Every provider that can be chosen has its own way to a key that can do little.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { getAKey, STEPS_OF } from '../src/words';

interface Row {
  id: string;
  local: boolean;
  addresses: readonly unknown[];
  pages: Partial<Record<'keys' | 'limits' | 'usage' | 'billing' | 'revoke' | 'status', string>>;
}
const table = '../src-tauri/wire/data/providers.json';
const rows = (JSON.parse(readFileSync(table, 'utf8')) as readonly Row[]).filter((row) => row.addresses.length > 0);

test('each provider has steps of its own, and no steps are left without one', () => {
  expect(rows.map((row) => row.id).sort()).toEqual([...STEPS_OF].sort());
  expect(rows).toHaveLength(36);
});

test('the step with the key page is there once where there is a page, and each step is told apart', () => {
  for (const row of rows) {
    const steps = getAKey(row.id, 'X');
    expect(steps.filter((step) => step.page), row.id).toHaveLength(row.local ? 0 : 1);
    expect(new Set(steps.map((step) => step.title)).size, row.id).toBe(steps.length);
    if (!row.local) expect([row.pages.keys, row.pages.revoke].filter(Boolean), row.id).toHaveLength(2);
  }
});

test('who has no name gets what is true of all', () => {
  expect(getAKey('other', 'Elsewhere').some((step) => step.body?.startsWith('Elsewhere shows it once'))).toBe(true);
  expect(getAKey('other', '127.0.0.1:8080', true).map((step) => step.title), 'nobody sets a limit on one’s own computer').toEqual(['Look whether it wants a key', expect.stringContaining('Copy')]);
});
