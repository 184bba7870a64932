// Applications: off until chosen, each with its own limits, and a token that this page never sees.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type * as t from '../src/ipc/bindings/types';
import { failure } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { APPLICATIONS } from '../src/ipc/fake-lending';
import { openApp, press, status } from './open-app';

async function open(applications?: readonly t.Application[]) {
  const fake = await openApp({ connections: CONNECTIONS, ...(applications ? { applications } : {}) });
  await fireEvent.click(await screen.findByRole('link', { name: /Keys & providers/ }));
  const tabs = await screen.findByRole('navigation', { name: 'Keys pages' });
  await fireEvent.click(within(tabs).getByRole('link', { name: 'Applications' }));
  await screen.findByRole('heading', { name: 'Applications' });
  return fake;
}

const sent = (fake: Awaited<ReturnType<typeof open>>, command: string) => fake.calls.filter((c) => c.command === command).map((c) => c.args);

describe('applications', () => {
  test('off, nothing listens and nothing is offered', async () => {
    const fake = await open();
    const lend = await screen.findByRole('switch', { name: 'Lend keys to other programs' });
    expect(lend.getAttribute('aria-checked')).toBe('false');
    screen.getByText(/Off, nothing listens and every token is refused/);
    expect(screen.queryByRole('button', { name: 'Add application' })).toBeNull();
    await fireEvent.click(lend);
    await screen.findByText('http://127.0.0.1:23770');
    screen.getByText('No application yet.');
    screen.getByRole('button', { name: 'Add application' });
    await press('Copy address');
    await waitFor(() => expect(sent(fake, 'copy_text')).toEqual([{ text: 'http://127.0.0.1:23770' }]));
    await fireEvent.click(lend);
    await waitFor(() => expect(lend.getAttribute('aria-checked')).toBe('false'));
    expect(sent(fake, 'set_lending')).toEqual([{ on: true }, { on: false }]);
  });

  test('a port that is taken is said, and it stays off', async () => {
    const fake = await open();
    fake.commands['set_lending'] = () => {
      throw failure('portTaken', '127.0.0.1:23770: address in use');
    };
    const lend = await screen.findByRole('switch', { name: 'Lend keys to other programs' });
    await fireEvent.click(lend);
    await screen.findByText('The port is taken');
    expect(lend.getAttribute('aria-checked')).toBe('false');
  });

  test('each card says whose key, until when, and how much', async () => {
    const fake = await open(APPLICATIONS);
    const list = await screen.findByRole('list', { name: 'Applications' });
    const aider = within(list).getByRole('article', { name: 'Application Aider' });
    within(aider).getByText('Running');
    within(aider).getByText('When it ends');
    within(aider).getByText('14 requests today');
    expect(within(aider).getByRole('meter', { name: 'Spent, Aider' }).getAttribute('aria-valuetext')).toBe('$1.84 of $5.00');
    const code = within(list).getByRole('article', { name: 'Application VS Code, Continue' });
    within(code).getByText('83% used. Stops by itself at $3.00.');
    within(code).getByText('1 February');
    const script = within(list).getByRole('article', { name: 'Application my-script.py' });
    within(script).getByText('Limit reached');
    within(script).getByText(/Refused until midnight/);
    const page = within(list).getByRole('article', { name: 'Application https://notes.example.org' });
    within(page).getByText('In 6 days');
    within(page).getByText('The first use asks you in a native window.');
    await press('Revoke application Aider');
    await waitFor(() => expect(screen.queryByRole('article', { name: 'Application Aider' })).toBeNull());
    expect(sent(fake, 'revoke_application')).toEqual([{ id: 1 }]);
    await waitFor(() => expect(status()).toBe('“Aider” can’t use the key any more'));
  });

  test('adding one asks for a name, and the receipt tells what to paste where', async () => {
    const fake = await open([]);
    await press('Add application');
    const form = await screen.findByRole('form', { name: 'Add application' });
    await press('Make the token');
    within(form).getByText('Give it a name.');
    await fireEvent.input(within(form).getByRole('textbox', { name: 'Name' }), { target: { value: 'VS Code' } });
    await fireEvent.input(within(form).getByRole('textbox', { name: 'Monthly limit' }), { target: { value: '2.50' } });
    await press('Models: Every model');
    await fireEvent.click(await screen.findByRole('menuitem', { name: 'gpt-5.1' }));
    await screen.findByRole('button', { name: 'Models: gpt-5.1' });
    await press('Expires: 14 February');
    await fireEvent.click(await screen.findByRole('menuitem', { name: 'Never' }));
    await press('More limits');
    await fireEvent.input(screen.getByRole('textbox', { name: 'Requests a minute' }), { target: { value: '6' } });
    await fireEvent.input(screen.getByRole('textbox', { name: 'Daily hard cap' }), { target: { value: '1' } });
    await press('Make the token');
    const receipt = await screen.findByRole('region', { name: 'Receipt' });
    within(receipt).getByText('VS Code may use Personal');
    within(receipt).getByText('http://127.0.0.1:23770/v1');
    within(receipt).getByText('$2.50 a month');
    expect(sent(fake, 'add_application')[0]?.['input']).toMatchObject({ name: 'VS Code', origin: null, models: ['gpt-5.1'], expiresMs: null, singleUse: false, limits: { monthNano: 2.5e9, dayNano: 1e9, requestNano: null, requestsAMinute: 6 } });
    await press('Copy base URL');
    await press('Copy token');
    await waitFor(() => expect(status()).toBe('The token is on the clipboard'));
    expect(document.body.textContent).not.toMatch(/lk-/);
    await press('Done');
    expect(screen.queryByRole('region', { name: 'Receipt' })).toBeNull();
  });

  test('what is no limit is said, also where it was folded away', async () => {
    const fake = await open([]);
    await press('Add application');
    const form = await screen.findByRole('form', { name: 'Add application' });
    await fireEvent.input(within(form).getByRole('textbox', { name: 'Name' }), { target: { value: 'VS Code' } });
    await press('More limits');
    await fireEvent.input(screen.getByRole('textbox', { name: 'Daily hard cap' }), { target: { value: 'x' } });
    await press('More limits');
    expect(screen.queryByRole('textbox', { name: 'Daily hard cap' })).toBeNull();
    await press('Make the token');
    const cap = await screen.findByRole('textbox', { name: /^Daily hard cap/ });
    expect(cap.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(cap.getAttribute('aria-describedby')!)?.textContent).toMatch(/dollars/);
    await waitFor(() => expect(document.activeElement).toBe(cap));
    expect(sent(fake, 'add_application')).toEqual([]);
  });

  test('an application whose key is gone says that it needs one', async () => {
    const fake = await open([{ ...APPLICATIONS[0]!, connectionId: 'gone' }]);
    await press(`More for ${APPLICATIONS[0]!.name}`);
    await fireEvent.click(await screen.findByRole('menuitem', { name: 'Change' }));
    await press('Save');
    await screen.findByText('Choose a key.');
    expect(sent(fake, 'change_application')).toEqual([]);
  });

  test('a page has one exact origin', async () => {
    const fake = await open([]);
    await press('Add application');
    await fireEvent.click(screen.getByRole('radio', { name: 'Web page' }));
    const origin = screen.getByRole('textbox', { name: 'Origin' });
    await fireEvent.input(origin, { target: { value: 'notes.example.org' } });
    await press('Make the token');
    screen.getByText(/Give the exact origin/);
    await fireEvent.input(origin, { target: { value: 'https://notes.example.org' } });
    await press('Make the token');
    await screen.findByRole('region', { name: 'Receipt' });
    expect(sent(fake, 'add_application')[0]?.['input']).toMatchObject({ origin: 'https://notes.example.org' });
  });

  test('what one may do is changed in its place', async () => {
    const fake = await open(APPLICATIONS);
    await press('More for VS Code, Continue');
    await fireEvent.click(await screen.findByRole('menuitem', { name: 'Change' }));
    const form = await screen.findByRole('form', { name: 'Change VS Code, Continue' });
    await fireEvent.input(within(form).getByRole('textbox', { name: 'Monthly limit' }), { target: { value: '9' } });
    await press('Save');
    await within(await screen.findByRole('article', { name: 'Application VS Code, Continue' })).findByText('$9.00', { exact: false });
    expect(sent(fake, 'change_application')[0]).toMatchObject({ id: 2, input: { limits: { monthNano: 9e9 }, models: ['gpt-5.1', 'gpt-5-mini'] } });
  });
});
