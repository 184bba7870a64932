// A team’s file: taken with a yes, set up one by one, held to what it says, and left.
import { fireEvent, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Connection, Limits, Team } from '../src/ipc/bindings/types';
import { failure, type FakeOptions } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { commandsOf, openApp, press } from './open-app';

const [personal] = CONNECTIONS as readonly [Connection];
const none: Limits = { monthNano: null, dayNano: null, requestNano: null, requestsAMinute: null, tokensAMinute: null };
const shop = (version: number): Team => ({
  name: 'Shop',
  version,
  acceptedMs: Date.now() - 120_000,
  connections: [{ name: 'Shop, OpenAI', connectionId: null, origin: 'https://api.openai.com', manager: '1Password', limits: { ...none, monthNano: 50e9, requestsAMinute: 20 }, models: ['gpt-5.1'], rotateAfterDays: 60 }],
});

async function keysPage(options: FakeOptions = {}) {
  const fake = await openApp({ connections: [personal], ...options });
  await fireEvent.click(await screen.findByRole('link', { name: /Keys & providers/ }));
  await screen.findByRole('list', { name: 'Keys' });
  return fake;
}

test('a file is taken, its connection set up, and its limits are said where they are changed', async () => {
  await keysPage({ nextTeam: shop(3) });
  await press('Use a team file');
  await screen.findByText('Version 3 of “Shop” is in use');
  const card = within(await screen.findByRole('region', { name: 'Team Shop' }));
  card.getByText('https://api.openai.com, key from 1Password');
  await fireEvent.click(card.getByRole('button', { name: 'Set up Shop, OpenAI' }));
  await screen.findByRole('article', { name: 'Key Shop, OpenAI' });
  await card.findByText('in use');
  await press('Limits of Shop, OpenAI');
  const dialog = within(await screen.findByRole('dialog'));
  dialog.getByText('Shop allows at most $50.00');
  dialog.getByText('Shop allows at most 20');
});

test('a file that is refused changes nothing and says why', async () => {
  const fake = await keysPage({ team: shop(3) });
  fake.commands['choose_team_file'] = () => {
    throw failure('badTeamFile', 'it is version 2, and version 3 was accepted before');
  };
  await press('Choose a newer team file');
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('It is version 2, and version 3 was accepted before. Nothing was changed.');
  screen.getByText(/Team file, version 3, accepted/);
});

test('more than the team allows is not saved', async () => {
  const fake = await keysPage();
  fake.commands['set_limits'] = () => {
    throw failure('teamLimit', 'Shop');
  };
  await press('Limits of Personal');
  await press('Save');
  await screen.findByText(/“Shop” allows less for “Personal”/);
});

test('a connection that cannot be set up says so at its line, and a team can be left', async () => {
  const fake = await keysPage({ team: shop(3) });
  fake.commands['set_up_team_connection'] = () => {
    throw failure('commandFailed', 'there is no such program');
  };
  await press('Set up Shop, OpenAI');
  await screen.findByText(/What happened: there is no such program/);
  await press('Leave team Shop');
  await screen.findByRole('button', { name: 'Use a team file' });
  expect(commandsOf(fake)).toContain('leave_team');
});
