// How answers are asked for: only what the model takes is shown and sent, and nothing of what was wished is lost.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { effortOf, NOTHING, searches, takesTemperature } from '../src/state/parameters.svelte';
import { unknownModel } from '../src/ipc/unknown-model';
import { words } from '../src/words';
import { openApp } from './open-app';

const chat = { connections: CONNECTIONS, conversations: 4 };
const message = () => screen.findByRole('textbox', { name: 'Message' });

async function opened() {
  const app = await openApp(chat);
  await screen.findByRole('button', { name: 'Reasoning: Automatic' });
  await fireEvent.click(screen.getByRole('button', { name: 'Parameters' }));
  return { app, dialog: await screen.findByRole('dialog', { name: 'Parameters' }) };
}

test('what a model refuses is not shown, and what it takes is', async () => {
  const { dialog } = await opened();
  const inside = within(dialog);
  expect(inside.queryByRole('slider', { name: 'Temperature' })).toBeNull();
  expect(inside.getByText('gpt-5.1 takes a temperature only with effort None.')).toBeTruthy();
  await fireEvent.click(within(inside.getByRole('radiogroup', { name: 'Reasoning effort' })).getByRole('radio', { name: 'None' }));
  await fireEvent.input(await inside.findByRole('slider', { name: 'Temperature' }), { target: { value: '0.4' } });
  await fireEvent.keyDown(inside.getByRole('radiogroup', { name: 'Reasoning effort' }), { key: 'End' });
  await waitFor(() => expect(inside.queryByRole('slider', { name: 'Temperature' })).toBeNull());
  expect(screen.getByRole('button', { name: 'Reasoning: High' })).toBeTruthy();
});

test('a new chat sends what is wished along with its first message, and then keeps it', async () => {
  const { app, dialog } = await opened();
  const inside = within(dialog);
  await fireEvent.input(inside.getByRole('textbox', { name: 'Longest answer' }), { target: { value: '3,840' } });
  await fireEvent.click(inside.getByRole('switch', { name: 'Answer as JSON' }));
  await fireEvent.keyDown(dialog, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Parameters' })).toBeNull());
  await fireEvent.input(await message(), { target: { value: 'Go' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  const wished = { ...NOTHING, maxTokens: 3840, json: true };
  await waitFor(() => expect(app.calls.find((call) => call.command === 'send_message')?.args['input']).toMatchObject({ parameters: wished }));
  await screen.findByRole('button', { name: 'Copy answer' });
  await fireEvent.keyDown(document.body, { key: '.', code: 'Period', ctrlKey: true });
  await fireEvent.click(within(await screen.findByRole('dialog', { name: 'Parameters' })).getByRole('button', { name: 'Reset' }));
  await waitFor(() => expect(app.calls.findLast((call) => call.command === 'set_parameters')?.args['parameters']).toEqual(NOTHING));
});

test('who answers as JSON only by a schema says so until there is one', async () => {
  await openApp(chat);
  await fireEvent.click(await screen.findByRole('button', { name: /^Model: / }));
  await fireEvent.click(await screen.findByRole('option', { name: 'claude-sonnet-4.5' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Parameters' }));
  const inside = within(await screen.findByRole('dialog', { name: 'Parameters' }));
  const told = 'claude-sonnet-4.5 answers as JSON only by a schema. Without one, this isn’t sent.';
  expect(inside.queryByText(told)).toBeNull();
  await fireEvent.click(await inside.findByRole('switch', { name: 'Answer as JSON' }));
  expect(await inside.findByText(told)).toBeTruthy();
  await fireEvent.input(inside.getByRole('textbox', { name: 'JSON schema' }), { target: { value: '{"type":"object"}' } });
  await waitFor(() => expect(inside.queryByText(told)).toBeNull());
});

test('a number that is none is said and not sent', async () => {
  const { dialog } = await opened();
  const field = within(dialog).getByRole('textbox', { name: 'Longest answer' });
  for (const odd of ['many', '-3', '0', '1e9', '99999999']) {
    await fireEvent.input(field, { target: { value: odd } });
    expect(field.getAttribute('aria-invalid'), odd).toBe('true');
  }
  await fireEvent.input(field, { target: { value: '' } });
  expect(field.getAttribute('aria-invalid')).toBe('false');
});

test('while something is typed, the composer says about what it costs', async () => {
  await openApp(chat);
  await fireEvent.input(await message(), { target: { value: 'Draft a reply' } });
  await screen.findByText('About 1,204 tokens, at most $0.04');
  await fireEvent.input(await message(), { target: { value: '' } });
  await waitFor(() => expect(screen.queryByText(/^About/)).toBeNull());
  const say = words.parameters.estimate;
  expect(say({ tokens: 12, atMostNano: null })).toBe('About 12 tokens, price unknown');
  expect(say({ tokens: 12, atMostNano: 0 })).toBe('About 12 tokens');
});

test('searching the web is off until it is wanted, and its cost is said before', async () => {
  const { app, dialog } = await opened();
  const button = screen.getByRole('button', { name: 'Web search' });
  expect(button.getAttribute('aria-pressed')).toBe('false');
  expect(screen.queryByText(/^Search on/)).toBeNull();
  const inside = within(dialog);
  expect(inside.getByText('$0.01 a search, at most 3')).toBeTruthy();
  await fireEvent.click(inside.getByRole('switch', { name: 'Web search' }));
  await waitFor(() => expect(button.getAttribute('aria-pressed')).toBe('true'));
  await screen.findByText('Search on: $0.01 each, at most 3 an answer');
  await fireEvent.input(await message(), { target: { value: 'Go' } });
  expect((await screen.findAllByText(/at most \$0.07$/)).length).toBeGreaterThan(0);
  await fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  await waitFor(() => expect(app.calls.find((call) => call.command === 'send_message')?.args['input']).toMatchObject({ parameters: { ...NOTHING, search: true } }));
});

test('who cannot search is not asked to, and a price that nobody knows is unknown', () => {
  const wished = { ...NOTHING, search: true };
  expect(searches(wished, unknownModel('m'))).toBe(false);
  const say = words.parameters.searchCost;
  const search = { nano: 14_000_000, per: 'search' as const, most: null, alwaysPaid: false };
  expect(say(search)).toBe('$0.014 a search, however many');
  expect(say({ ...search, nano: null })).toBe('The price of a search is unknown');
  expect(say({ ...search, per: 'answer' })).toBe('Up to $0.014 an answer that searched');
  expect(say({ ...search, alwaysPaid: true })).toBe('Up to $0.014 an answer, searched or not');
  expect(say({ ...search, nano: 0 })).toBe('Searches cost nothing');
});

test('what another model took is kept, hidden, and not sent', () => {
  const wished = { ...NOTHING, effort: 'high' as const };
  expect(effortOf(wished, unknownModel('m'))).toBeNull();
  expect(takesTemperature(wished, unknownModel('m'))).toBe(false);
  expect(takesTemperature({ ...wished, effort: 'none' }, { ...unknownModel('m'), abilities: { ...unknownModel('m').abilities, sampling: 'atNone', efforts: ['none'] } })).toBe(true);
});
