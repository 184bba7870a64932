// Routes: made, ordered, chosen like a model, and what is said where another answered.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { crossing } from '../src/features/routes/crossing';
import type { ErrorCode, Route, RouteNote } from '../src/ipc/bindings/types';
import { failure } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { words } from '../src/words';
import { button, openApp, press, status } from './open-app';

const steps = [
  { connectionId: 'connection-1', model: 'gpt-5.1' },
  { connectionId: 'connection-2', model: 'claude-sonnet-4.5' },
];
const everyday: Route = { id: 7, name: 'Everyday', bySpeed: false, steps, line: steps.map((step) => ({ ...step, rests: null, waitMs: null })) };
const note: RouteNote = { route: 'Everyday', passed: [{ connectionId: 'connection-1', model: 'gpt-5.1', error: failure('busy', '429 rate_limit', 'OpenAI'), ms: 300 }] };

const picker = async () => {
  await press('Model: gpt-5.1');
  return screen.findByRole('combobox', { name: 'Filter models' });
};

describe('a route', () => {
  test('is made from models, in the order they are put in', async () => {
    const fake = await openApp({ connections: CONNECTIONS });
    await picker();
    await press('New route');
    const list = await screen.findByRole('list', { name: 'Steps of the route' });
    within(list).getByText('gpt-5.1');
    await press('Add a model');
    const add = await screen.findByRole('combobox', { name: 'Add a model' });
    await screen.findByRole('option', { name: 'qwen3:8b' });
    await fireEvent.change(add, { target: { value: 'connection-3\nqwen3:8b' } });
    await screen.findByText('Where qwen3:8b, on this computer, can’t answer, your messages go to OpenAI.');
    await press('Move up qwen3:8b');
    expect(within(list).getAllByRole('listitem').map((li) => li.textContent)).toMatchObject([expect.stringContaining('qwen3:8b'), expect.stringContaining('gpt-5.1')]);
    expect((await button('Move up qwen3:8b')).hasAttribute('disabled')).toBe(true);
    expect((await button('Save route')).hasAttribute('disabled')).toBe(true);
    await fireEvent.input(screen.getByRole('textbox', { name: 'Name' }), { target: { value: 'Mine' } });
    await press('Save route');
    await waitFor(() => expect(fake.calls.find((c) => c.command === 'save_route')?.args['input']).toEqual({ id: null, name: 'Mine', bySpeed: false, steps: [{ connectionId: 'connection-3', model: 'qwen3:8b' }, steps[0]] }));
    await screen.findByRole('button', { name: 'Model: Mine' });
  });

  test('is chosen like a model, and sent along', async () => {
    const fake = await openApp({ connections: CONNECTIONS, routes: [everyday] });
    await picker();
    const option = await screen.findByRole('option', { name: 'Everyday' });
    expect(option.getAttribute('aria-description')).toBe('gpt-5.1, then claude-sonnet-4.5');
    await fireEvent.click(option);
    await screen.findByRole('button', { name: 'Model: Everyday' });
    await screen.findByText('First in line: gpt-5.1, Personal');
    await fireEvent.input(screen.getByRole('textbox', { name: 'Message' }), { target: { value: 'Hello' } });
    await press('Send');
    await waitFor(() => expect(fake.calls.find((c) => c.command === 'send_message')?.args['input']).toMatchObject({ route: 7, connectionId: 'connection-1', model: 'gpt-5.1' }));
  });

  test.each([
    [{ 'gpt-5.1': 20_000_000, 'claude-sonnet-4.5': 90_000_000 }, 'at most $0.09'],
    [{ 'gpt-5.1': 90_000_000, 'claude-sonnet-4.5': 20_000_000 }, 'at most $0.09'],
    [{ 'gpt-5.1': 20_000_000 }, 'cost unknown along the route'],
  ])('is said to cost what its dearest model may, %o', async (atMost, said) => {
    await openApp({ connections: CONNECTIONS, routes: [everyday], atMost });
    await picker();
    await fireEvent.click(await screen.findByRole('option', { name: 'Everyday' }));
    await screen.findByRole('button', { name: 'Model: Everyday' });
    await fireEvent.input(screen.getByRole('textbox', { name: 'Message' }), { target: { value: 'Hello' } });
    await screen.findByText(`About 1,202 tokens, ${said}`);
  });

  test('is edited with F2, and deleted', async () => {
    const fake = await openApp({ connections: CONNECTIONS, routes: [everyday] });
    const field = await picker();
    await screen.findByRole('option', { name: 'Everyday' });
    await fireEvent.input(field, { target: { value: 'every' } });
    await fireEvent.keyDown(field, { key: 'F2' });
    await screen.findByRole('dialog', { name: 'Edit route' });
    expect((screen.getByRole('textbox', { name: 'Name' }) as HTMLInputElement).value).toBe('Everyday');
    await press('Delete route');
    await waitFor(() => expect(fake.calls.some((c) => c.command === 'remove_route')).toBe(true));
    await waitFor(() => expect(status()).toBe('Route “Everyday” is deleted'));
  });
});

test('who answered in place of whom is said under the answer, and the first can be asked now', async () => {
  const fake = await openApp({ connections: CONNECTIONS, passed: note });
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: 'Hello' } });
  await press('Send');
  await screen.findByText('gpt-5.1, Personal: OpenAI asked for a pause.');
  screen.getByText('429, 0.3 s');
  await press('Ask gpt-5.1 now');
  expect(fake.calls.find((c) => c.command === 'try_again')?.args).toMatchObject({ over: steps[0], without: null });
});

test('where an answer breaks, the next of the route can be asked', async () => {
  const fake = await openApp({ connections: CONNECTIONS, turn: failure('brokenStream'), routes: [everyday] });
  await picker();
  await fireEvent.click(await screen.findByRole('option', { name: 'Everyday' }));
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: 'Hello' } });
  await press('Send');
  await press('Next model');
  expect(fake.calls.find((c) => c.command === 'try_again')?.args).toMatchObject({ over: steps[1], without: null });
});

test('where nobody could answer each is named', async () => {
  const down = { ...failure('busy', null, 'OpenAI') };
  await openApp({ connections: CONNECTIONS, turn: down, passed: note });
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: 'Hello' } });
  await press('Send');
  await screen.findByText('No model of “Everyday” could answer');
  screen.getByText('OpenAI asked for a pause');
});

test('each reason to go on is told as what it is', () => {
  const said = (code: ErrorCode) => words.routes.whyShort(code, 'OpenAI');
  const moving: ErrorCode[] = ['capReached', 'priceUnknown', 'paceReached', 'paceTooSmall', 'overcharged', 'modelNotAllowed', 'keyLeaked', 'commandFailed', 'noWords'];
  expect(new Set(moving.map(said)).size).toBe(moving.length);
  for (const code of moving) expect(said(code)).not.toBe(said('providerDown'));
});

test('a route that leaves this computer says so', () => {
  const [cloud, , here] = [steps[0]!, steps[1]!, { connectionId: 'connection-3', model: 'qwen3:8b' }];
  expect(crossing([cloud], CONNECTIONS)).toBeNull();
  expect(crossing([here], CONNECTIONS)).toBeNull();
  expect(crossing([here, cloud], CONNECTIONS)).toEqual({ local: 'qwen3:8b', server: 'OpenAI' });
  expect(crossing([here, { ...here, model: 'gpt-oss:120b-cloud' }], CONNECTIONS)).toEqual({ local: 'qwen3:8b', server: 'Ollama' });
});
