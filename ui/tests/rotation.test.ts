// Changing a key in five steps, and a key that leaked: a working key remains, and nothing is let go without a yes.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Connection } from '../src/ipc/bindings/types';
import { failure, type FakeOptions } from '../src/ipc/fake';
import { CONNECTIONS, keyFacts } from '../src/ipc/fake-data';
import { daysOld, isDue } from '../src/state/upkeep';
import { button, commandsOf, heading, openApp, press } from './open-app';

const [personal, work] = CONNECTIONS as readonly [Connection, Connection];

async function opened(options: FakeOptions = {}) {
  const fake = await openApp({ connections: CONNECTIONS, ...options });
  await fireEvent.click(await screen.findByRole('link', { name: 'Keys & providers' }));
  await press('Rotate key Personal');
  await heading('Rotate “Personal”');
  return fake;
}

const now = async () => {
  const list = await screen.findByRole('list', { name: 'Rotation steps' });
  return within(list).getAllByRole('listitem').find((item) => item.getAttribute('aria-current') === 'step')?.querySelector('h2')?.textContent;
};

test('five steps, each by its own press; the old key goes last, with the desktop’s yes', async () => {
  const fake = await opened();
  expect(await now()).toBe('Make a new key at OpenAI');
  await press('Open the key page');
  await press('I have the new key');
  expect(await now()).toBe('Hand it over natively');
  await press('Paste key from clipboard');
  await button('Switch to the new key');
  expect(fake.calls.find((c) => c.command === 'hand_over_key')?.args['input']).toEqual({ provider: 'openAi', address: null, source: 'clipboard', replaces: 'connection-1', next: true });
  expect(await now()).toBe('Check and switch');
  expect(commandsOf(fake)).not.toContain('switch_key');
  await press('Switch to the new key');
  await press('Open the revoke page');
  expect(await now()).toBe('Revoke the old key at OpenAI');
  await press('I’ve revoked it');
  await screen.findByText(/^Refused at /);
  expect(commandsOf(fake)).not.toContain('forget_old_key');
  await press('Forget the old key…');
  await press('Done');
  await screen.findByRole('article', { name: 'Key Personal' });
  screen.getByText('…b2Lm');
});

test('whoever stops goes on at the same step', async () => {
  const fake = await opened({ connections: [{ ...personal, next: keyFacts('project', 'b2Lm') }, work] });
  await button('Switch to the new key');
  expect(commandsOf(fake)).toContain('check_next_key');
  await press('Stop for now');
  await press('Rotate key Personal');
  await button('Switch to the new key');
  expect(await now()).toBe('Check and switch');
});

test('a new key that is refused changes nothing, and says so', async () => {
  await opened({ handOver: failure('keyRejected', '401', 'OpenAI') });
  await press('I have the new key');
  await press('Paste key from clipboard');
  await screen.findByRole('alert');
  expect(await now()).toBe('Hand it over natively');
  screen.getByText(/^OpenAI, project key …w7Qk/);
});

test.each([
  [{ state: 'works' } as const, 'The old key still works'],
  [{ state: 'unknown', problem: failure('offline') } as const, 'Nobody knows whether the old key still works'],
])('an old key that does not fail is not let go as if it did: %s', async (oldKey, title) => {
  const fake = await opened({ connections: [{ ...personal, old: keyFacts('project', 'w7Qk'), key: keyFacts('project', 'b2Lm') }], oldKey });
  await press('I’ve revoked it');
  await screen.findByText(title);
  await press('Check again');
  expect(commandsOf(fake).filter((c) => c === 'check_old_key')).toHaveLength(2);
  expect(commandsOf(fake)).not.toContain('forget_old_key');
});

test('models that the new key lacks are said before the switch', async () => {
  await opened({ connections: [{ ...personal, next: keyFacts('project', 'b2Lm'), allowedModels: ['gpt-5.1', 'o9'] }] });
  await screen.findByText('1 allowed model isn’t among them: o9');
});

test('a key that leaked is gone at once; what used it and what is left to do are said', async () => {
  const fake = await opened();
  await press('This key leaked');
  await heading('“Personal” is out of use');
  screen.getByText('1 running answer. What arrived is saved');
  const table = screen.getByRole('table', { name: 'Uses of Personal' });
  await within(table).findByText('VS Code, Continue');
  within(table).getByText('Latchkey, 9 chats');
  await press('Open the revoke page');
  expect(fake.calls.at(-1)).toMatchObject({ command: 'open_provider_page', args: { provider: 'openAi', page: 'revoke' } });
  await press('I’ve revoked it');
  screen.getByText('You said that it is revoked.');
  await press('Add key');
  await heading('Hand over the key');
});

test('a key whose leak was cancelled stays', async () => {
  const fake = await opened();
  fake.commands['remove_leaked_key'] = () => {
    throw failure('cancelled');
  };
  await press('This key leaked');
  await screen.findByText('Cancelled. Nothing was changed.');
  await heading('Rotate “Personal”');
});

test('allowed models and the reminder are set on the card; more models are asked for natively', async () => {
  const fake = await openApp({ connections: [{ ...personal, allowedModels: ['gpt-5.1'] }] });
  await fireEvent.click(await screen.findByRole('link', { name: 'Keys & providers' }));
  await press('Edit allowed models for Personal');
  const dialog = within(await screen.findByRole('dialog', { name: 'Use of Personal' }));
  const field = dialog.getByRole('textbox', { name: /^Allowed models/ });
  await fireEvent.input(field, { target: { value: 'gpt-5.1\n gpt-5-mini \n\ngpt-5.1' } });
  dialog.getByText('Your desktop asks before more models are allowed.');
  await fireEvent.input(dialog.getByRole('textbox', { name: 'What it is for' }), { target: { value: 'work' } });
  await fireEvent.change(dialog.getByRole('combobox', { name: 'Remind to rotate' }), { target: { value: '30' } });
  await fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await screen.findByText('work');
  expect(fake.calls.find((c) => c.command === 'set_upkeep')?.args['upkeep']).toEqual({ label: 'work', rotateAfterDays: 30, allowedModels: ['gpt-5.1', 'gpt-5-mini'], defaultModel: null, mayBeKept: false });
});

test('who keeps messages answers only after a person lets them', async () => {
  const fake = await openApp({ connections: [{ ...personal, mayBeKept: false }] });
  await fireEvent.click(await screen.findByRole('link', { name: 'Keys & providers' }));
  await press('Edit allowed models for Personal');
  const dialog = within(await screen.findByRole('dialog', { name: 'Use of Personal' }));
  await fireEvent.click(dialog.getByRole('switch', { name: 'Let those answer who keep messages' }));
  dialog.getByText('Your desktop asks before this is allowed.');
  await fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(fake.calls.find((c) => c.command === 'set_upkeep')?.args['upkeep']).toMatchObject({ mayBeKept: true }));
});

test('a key is due when it is as old as its person allows, and never where they want no reminder', () => {
  const at = Date.now();
  const aged = (days: number, after: number | null): Connection => ({ ...personal, key: keyFacts('project', 'w7Qk', days), rotateAfterDays: after });
  expect(daysOld(at - 3 * 86_400_000, at)).toBe(3);
  expect([aged(90, 90), aged(89, 90), aged(400, null), { ...aged(90, 30), key: null }].map((connection) => isDue(connection, at + 1_000))).toEqual([true, false, false, false]);
});
