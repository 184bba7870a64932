// What a key may spend: typed, shown, warned about, raised only with the desktop's yes.
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { countOf, nanoOf, typedDollars } from '../src/ui/amount';
import type { Cap, Connection, Limits, Spending, News } from '../src/ipc/bindings/types';
import { failure } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { raised } from '../src/state/spending';
import { openApp, press } from './open-app';

const [personal] = CONNECTIONS as readonly [Connection];
const DOLLAR = 1e9;
const none: Limits = { monthNano: null, dayNano: null, requestNano: null, requestsAMinute: null, tokensAMinute: null };
const spending = (more: Partial<Spending>): Spending => ({ limits: none, dayNano: 0, monthNano: 0, excessNano: null, nowMs: Date.UTC(2026, 10, 16), ...more });
const capped = (spent: number, cap: number) => spending({ monthNano: spent * DOLLAR, limits: { ...none, monthNano: cap * DOLLAR } });

async function keysWith(found: Spending) {
  const fake = await openApp({ connections: [personal], spending: { [personal.id]: found } });
  await fireEvent.click(await screen.findByRole('link', { name: /Keys & providers/ }));
  await screen.findByRole('button', { name: 'Limits of Personal' });
  return fake;
}

describe('what is typed', () => {
  test.each<[string, number | null | undefined]>([
    ['', null],
    ['10', 10 * DOLLAR],
    ['$ 2.50', 2.5 * DOLLAR],
    ['2,5', 2.5 * DOLLAR],
    ['1,000', 1000 * DOLLAR],
    ['0', 0],
    ['.05', 0.05 * DOLLAR],
    ['ten', undefined],
    ['-1', undefined],
    ['1.2.3', undefined],
    ['99999999', undefined],
  ])('“%s” is an amount or none', (text, nano) => expect(nanoOf(text)).toBe(nano));

  test.each<[string, number | null | undefined]>([
    ['', null],
    ['20', 20],
    ['1,000,000', 1_000_000],
    ['many', undefined],
  ])('“%s” is a number or none', (text, count) => expect(countOf(text)).toBe(count));

  test.each([[null, ''], [10 * DOLLAR, '10'], [2.5 * DOLLAR, '2.50'], [DOLLAR / 200, '0.0050']])('%s can be changed as “%s”', (nano, text) => expect(typedDollars(nano)).toBe(text));
});

describe('a key’s card', () => {
  test('says what was spent, and of what', async () => {
    await keysWith(capped(3.12, 10));
    const meter = screen.getByRole('meter', { name: 'Spent this month, Personal' });
    expect(meter.getAttribute('aria-valuetext')).toBe('$3.12 of $10.00');
    screen.getByText('Resets on 1 December, by UTC.');
  });

  test.each([
    ['warns from four fifths on, and says when at this pace', capped(8.8, 10), /^88% used\. At this pace it’s reached on 18 November\.$/],
    ['says that nothing is sent', capped(10, 10), /^Nothing is sent with this key until 1 December/],
    ['has no meter without a cap', spending({ monthNano: 5 * DOLLAR }), /^Counted by this program/],
  ])('%s', async (_, found, text) => {
    await keysWith(found);
    screen.getByText((_text, element) => element?.matches('.key-spend .small.num') === true && text.test(element.textContent.trim().replace(/\s+/g, ' ')));
  });

  test('shows what was charged beyond the most, and goes on when that is accepted', async () => {
    await keysWith(spending({ excessNano: 0.03 * DOLLAR }));
    expect(screen.getByRole('alert').textContent).toContain('charged $0.03 more');
    await fireEvent.click(screen.getByRole('button', { name: 'Go on all the same…' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });
});

describe('the limits', () => {
  test('are set as they are typed', async () => {
    const fake = await keysWith(spending({}));
    await fireEvent.click(screen.getByRole('button', { name: 'Limits of Personal' }));
    await fireEvent.input(screen.getByRole('textbox', { name: 'Monthly hard cap' }), { target: { value: '10' } });
    await fireEvent.input(screen.getByRole('textbox', { name: /^Tokens a minute/ }), { target: { value: '50,000' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const call = fake.calls.find((c) => c.command === 'set_limits');
    expect(call?.args['limits']).toEqual({ ...none, monthNano: 10 * DOLLAR, tokensAMinute: 50_000 });
    screen.getByRole('meter', { name: 'Spent this month, Personal' });
  });

  test('stay as they were where something is no amount', async () => {
    const fake = await keysWith(spending({}));
    await fireEvent.click(screen.getByRole('button', { name: 'Limits of Personal' }));
    await fireEvent.input(screen.getByRole('textbox', { name: /^Daily hard cap/ }), { target: { value: 'lots' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    screen.getByText('Type dollars, like 10 or 2.50.');
    expect(fake.calls.some((c) => c.command === 'set_limits')).toBe(false);
  });

  test('say that the desktop asks, and what became of it', async () => {
    const fake = await keysWith(capped(1, 10));
    await fireEvent.click(screen.getByRole('button', { name: 'Limits of Personal' }));
    await fireEvent.input(screen.getByRole('textbox', { name: 'Monthly hard cap' }), { target: { value: '20' } });
    screen.getByText('Your desktop asks before a limit is raised.');
    fake.commands['set_limits'] = () => {
      throw failure('cancelled');
    };
    await fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toBe('Cancelled. Nothing was changed.');
  });
});

describe('a cap that is reached', () => {
  const cap: Cap = { span: 'month', limitNano: 5 * DOLLAR, spentNano: 4.98 * DOLLAR, atMostNano: 0.04 * DOLLAR };

  test.each<[Partial<Cap>, Partial<Limits>]>([
    [{}, { monthNano: 10 * DOLLAR }],
    [{ span: 'day', limitNano: 0, spentNano: 0 }, { dayNano: DOLLAR }],
    [{ span: 'request', limitNano: DOLLAR / 100, spentNano: 0, atMostNano: 2.5 * DOLLAR }, { requestNano: 3 * DOLLAR }],
  ])('%j is raised to what is enough', (of, limits) => expect(raised({ ...cap, ...of })).toEqual(limits));

  test('says what it would have cost, and is raised from there', async () => {
    const fake = await openApp({
      connections: [personal],
      conversations: 2,
      spending: { [personal.id]: capped(4.98, 5) },
      turn: { ...failure('capReached', null, 'OpenAI'), cap },
    });
    await fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: 'Hello' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    await screen.findByText('Personal has reached its hard cap');
    screen.getByText(/^\$4\.98 of \$5\.00 this month\. This answer could cost up to \$0\.04, so nothing was sent\./);
    await fireEvent.click(screen.getByRole('button', { name: 'Raise the cap' }));
    await waitFor(() => expect(fake.calls.find((c) => c.command === 'set_limits')?.args['limits']).toMatchObject({ monthNano: 10 * DOLLAR }));
  });
});

test('a new key gets its monthly cap before its first message', async () => {
  const fake = await openApp({});
  await press('Continue');
  await press('I have the key');
  await press('Paste key from clipboard');
  const field = await screen.findByRole('textbox', { name: 'Monthly hard cap' });
  await fireEvent.change(field, { target: { value: 'ten' } });
  await screen.findByText('Type dollars, like 10 or 2.50.');
  await fireEvent.change(field, { target: { value: '10' } });
  await waitFor(() => expect(fake.calls.filter((c) => c.command === 'set_limits')).toHaveLength(1));
  expect(fake.calls.find((c) => c.command === 'set_limits')?.args['limits']).toEqual({ ...none, monthNano: 10 * DOLLAR });
});

test('what a person should hear of spending is said after an answer, once', async () => {
  const fake = await openApp({ connections: [personal], conversations: 1, alarms: ['“Personal” is near its monthly cap. $8.00 of $10.00 is spent.'] });
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: 'Hello' } });
  await press('Send');
  await screen.findByText(/^“Personal” is near its monthly cap/);
  expect(fake.calls.filter((c) => c.command === 'take_alarms')).toHaveLength(1);
});

test('and what another program has spent is told at once', async () => {
  const fake = await openApp({ connections: [personal], conversations: 1 });
  const tell = fake.calls.find((call) => call.command === 'watch_news')!.args['news'] as (news: News) => void;
  tell({ type: 'alarms', texts: ['“Aider” is near its daily cap.'] });
  await screen.findByText('“Aider” is near its daily cap.');
});
