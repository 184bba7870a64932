// What stands under an answer: what it cost, and the pages that it rests on.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { SCENES } from '../src/ipc/fake-scenes';
import { cite, numberOf } from '../src/ui/cites';
import { richText } from '../src/ui/copy-text';
import { words } from '../src/words';
import { money } from '../src/words/format';
import { openApp } from './open-app';

const chat = { connections: CONNECTIONS, conversations: 4 };

async function ask() {
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: 'Is it binding?' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Send' }));
}

test('money is said as exactly as anybody wants it, and a bound stays one', () => {
  for (const [nano, text] of [
    [0, '$0'],
    [25, 'under $0.0001'],
    [16_912_000, '$0.0169'],
    [71_000_000, '$0.071'],
    [900_000_000, '$0.9'],
    [1_250_000_000, '$1.25'],
    [1_234_500_000_000, '$1,234.50'],
  ] as const)
    expect(money(nano)).toBe(text);
  expect(money(16_912_000, true)).toBe('$0.017');
  expect(money(1_251_000_000, true)).toBe('$1.26');
  expect(words.chat.cost({ nano: 16_912_000, from: 'bound' })).toBe('at most $0.017');
});

test('an answer says what it cost and what it rests on', async () => {
  const app = await openApp({ ...chat, sources: SCENES['sources']!.sources! });
  await ask();
  const sources = await screen.findByRole('region', { name: 'Sources' });
  expect(within(sources).getByRole('link', { name: 'Source 1: A guide to the Renters’ Rights Act' })).toBeTruthy();
  expect(within(sources).getByRole('link', { name: 'Source 3: legalforum.example' })).toBeTruthy();
  expect(screen.getByText(words.chat.withSearch('$0.009'))).toBeTruthy();
  await fireEvent.click(within(sources).getByRole('button', { name: 'Open source 2' }));
  await fireEvent.click(within(sources).getByRole('link', { name: /^Source 1/ }));
  await fireEvent.click(within(sources).getByRole('button', { name: 'Copy address of source 2' }));
  const told = app.calls.filter((call) => ['open_link', 'copy_text'].includes(call.command)).map((call) => Object.values(call.args)[0]);
  expect(told).toEqual(['https://tenantadvice.example/wear', 'https://gov.example/guide', 'https://tenantadvice.example/wear']);
  await fireEvent.click(within(sources).getByRole('button', { name: 'Hide' }));
  expect(within(sources).queryByRole('list')).toBeNull();
});

test('a number in an answer is a mark where a source stands behind it, and words else', () => {
  const sheet = document.createElement('div');
  sheet.innerHTML = '<p>It is.[1][2] The ninth[9], <code>x[1]</code> and <a href="#a">[2]</a>.</p>';
  const marks = cite(sheet, 2);
  expect(marks.map(numberOf)).toEqual([1, 2]);
  // What is copied or looked for has the brackets: a price with a mark behind it stays that price.
  expect(sheet.textContent).toBe('It is.[1][2] The ninth[9], x[1] and [2].');
  expect(richText(sheet)).toContain('It is.[1][2] The');
  expect(cite(sheet, 2)).toEqual(marks);
});

test('the mark of a source leads to its place in the list', async () => {
  await openApp({ ...chat, answer: ['<p dir="auto">It is binding.[2]</p>'], sources: SCENES['sources']!.sources! });
  await ask();
  const sources = await screen.findByRole('region', { name: 'Sources' });
  await fireEvent.click(within(sources).getByRole('button', { name: 'Hide' }));
  const sheet = sources.parentElement!.querySelector('.sheet')!;
  const [mark] = within(sheet as HTMLElement).getAllByRole('link', { name: 'Source 2: Redecoration clauses and fair wear' });
  await fireEvent.click(mark!);
  const link = await within(sources).findByRole('link', { name: /^Source 2/ });
  await waitFor(() => expect(document.activeElement).toBe(link));
  expect(link.closest('li')?.getAttribute('aria-current')).toBe('true');
});

test('an answer without sources has no list of them', async () => {
  await openApp(chat);
  await ask();
  await screen.findByText('$0.009');
  expect(screen.queryByRole('region', { name: 'Sources' })).toBeNull();
});
