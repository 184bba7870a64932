// The leak check: chosen, run, stopped, run on; each finding with its next step.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { LEAKS } from '../src/ipc/fake-leaks';
import { words } from '../src/words';
import { commandsOf, openApp, press, status } from './open-app';

async function open(found = LEAKS) {
  const fake = await openApp({ connections: CONNECTIONS, leaks: found });
  await fireEvent.click(await screen.findByRole('link', { name: /Keys & providers/ }));
  const tabs = await screen.findByRole('navigation', { name: 'Keys pages' });
  await fireEvent.click(within(tabs).getByRole('link', { name: 'Leak check' }));
  await screen.findByRole('heading', { name: 'Leak check' });
  return fake;
}

async function check(found = LEAKS) {
  const fake = await open(found);
  await press('Choose folders');
  await press('Check');
  return fake;
}

describe('the leak check', () => {
  test('is reached from the keys, chooses natively, and looks where the boxes say', async () => {
    const fake = await open();
    expect(screen.getByRole('link', { name: 'Leak check' }).getAttribute('aria-current')).toBe('page');
    await press('Choose folders');
    await screen.findByText('shop');
    await press('Remove shop');
    await waitFor(() => expect(screen.queryByText('shop')).toBeNull());
    await fireEvent.click(screen.getByRole('checkbox', { name: /Shell histories/ }));
    await press('Check');
    await screen.findByRole('button', { name: 'Check again' });
    expect(fake.calls.find((c) => c.command === 'begin_leak_check')?.args['input']).toEqual({ git: true, shells: false, programs: true, goOn: false });
    await fireEvent.click(screen.getByRole('link', { name: 'Keys' }));
    await screen.findByRole('heading', { name: 'Keys & providers' });
  });

  test('tells each key with its places and what to do', async () => {
    const fake = await check();
    const list = await screen.findByRole('list', { name: 'Findings' });
    const own = await within(list).findByRole('region', { name: 'Personal' });
    within(own).getByText('In git history');
    within(own).getByText('shop, commit 3f2a91c, 14 May');
    within(own).getByText('Git history, on main and 2 more branches, .env');
    within(own).getByText('~/.zsh_history, line 8,112');
    within(own).getByRole('button', { name: 'Rotate key Personal' });
    await screen.findByText('5 places, 3 keys', { selector: '.strong' });
    screen.getByText(/31,402 commits, 1.4 GB\. Took 41 s\./);
    screen.getByText(/looked for in 12 forms.*A planted test key was found/);
    await waitFor(() => expect(status()).toBe('5 places, 3 keys'));
    await press('Add to .gitignore');
    await press('Move Anthropic key into the keychain');
    await press('Revoke Anthropic key');
    await press('Save report');
    await press('Ignore shop/.env, line 3');
    await screen.findByText('4 places, 3 keys', { selector: '.strong' });
    screen.getByText(/1 finding ignored\./);
    const done = commandsOf(fake);
    for (const name of ['ignore_leak_in_git', 'keep_leaked_key', 'open_provider_page', 'save_leak_report', 'ignore_leak']) expect(done).toContain(name);
    const shown = screen.getAllByRole('button', { name: 'Show them' });
    await fireEvent.click(shown[shown.length - 1]!);
    await screen.findByText('5 places, 3 keys', { selector: '.strong' });
  });

  test('says that nothing was found, and what could not be read', async () => {
    await check([]);
    await screen.findByText('Nothing found', { selector: '.strong' });
    await press('Show them');
    screen.getByText('shop/.cache/locked');
  });

  test('is stopped, keeps what was found, and goes on', async () => {
    const fake = await check();
    await screen.findByRole('progressbar', { name: 'Leak check' });
    await press('Cancel');
    await screen.findByText(/^Stopped at \d+%\. 5 places so far$/);
    await press('Go on');
    await screen.findByText('5 places, 3 keys', { selector: '.strong' });
    const inputs = fake.calls.filter((c) => c.command === 'begin_leak_check').map((c) => (c.args['input'] as { goOn: boolean }).goOn);
    expect(inputs).toEqual([false, true]);
  });

  test('never says that it proves something when it does not', () => {
    expect(words.leaks.noProof).toMatch(/proves nothing/);
  });
});
