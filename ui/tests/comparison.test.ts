// The provider’s count beside our own, by a press.
import { fireEvent, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Comparison, Connection } from '../src/ipc/bindings/types';
import { failure, type FakeOptions } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { commandsOf, openApp, press } from './open-app';

const [personal] = CONNECTIONS as readonly [Connection];
const router: Connection = { ...personal, id: 'connection-9', provider: 'openRouter', server: 'OpenRouter', name: 'Research' };
const told = (more: Partial<Comparison>): Comparison => ({ toldMonthNano: null, monthNano: 3_120_000_000, limit: null, balance: null, since: null, askedMs: 0, ...more });

async function opened(options: FakeOptions = {}) {
  const fake = await openApp({ connections: [router, personal], ...options });
  await fireEvent.click(await screen.findByRole('link', { name: /Keys & providers/ }));
  await screen.findByRole('button', { name: 'Compare with OpenRouter' });
  return fake;
}

test('nobody is asked before the press, and who tells nothing has no button', async () => {
  const fake = await opened();
  expect(commandsOf(fake)).not.toContain('compare_spending');
  expect(screen.queryByRole('button', { name: 'Compare with OpenAI' })).toBeNull();
});

test.each<[string, Partial<Comparison>, readonly RegExp[]]>([
  ['more', { toldMonthNano: 3_200_000_000, limit: [20e9, 16.8e9], balance: [16e9, 'USD'] }, [/counts \$0\.08 more/, /own limit for this key: \$20\.00, \$16\.80 left/, /Credit left: \$16\.00/]],
  ['less', { toldMonthNano: 3_119_900_000 }, [/counts \$3\.1199 for this key/, /counts \$0\.0001 less/]],
  ['the same', { toldMonthNano: 3_120_000_000 }, [/No difference/]],
  ['a balance in yuan', { balance: [110e9, 'CNY'] }, [/Credit left: 110\.00 CNY/, /isn’t kept in dollars/]],
  ['a first balance', { balance: [8.25e9, 'USD'] }, [/compared the next time/]],
  ['a later balance', { balance: [7.5e9, 'USD'], since: { atMs: Date.now() - 7_200_000, fellNano: 0.75e9, countedNano: 0.5e9 } }, [/went down by \$0\.75; \$0\.50 was counted here/]],
])('%s is said, with the difference', async (_, more, texts) => {
  await opened({ comparison: told(more) });
  await press('Compare with OpenRouter');
  for (const text of texts) await screen.findByText(text, { selector: 'p:not([role="status"])' });
});

test('an answer that makes no sense is an error in place of a figure', async () => {
  const fake = await opened();
  fake.commands['compare_spending'] = () => {
    throw failure('nonsense', 'what it told of its money is no amount');
  };
  await press('Compare with OpenRouter');
  expect((await screen.findByRole('alert')).textContent).toContain('OpenRouter sent something Latchkey can’t read (what it told of its money is no amount)');
});
