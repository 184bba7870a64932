// A secret in a message: what is said, and each way on.
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import PutBack from '../src/features/conversation/PutBack.svelte';
import Sources from '../src/features/conversation/Sources.svelte';
import type { MessageView, Secret } from '../src/ipc/bindings/types';
import { Fake, failure } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { SCENES } from '../src/ipc/fake-scenes';
import { useHost } from '../src/ipc/host';
import { Message } from '../src/state/message.svelte';
import { fill, mark, split } from '../src/ui/placeholders';
import { openApp, press, status } from './open-app';

const KEY: Secret = { kind: 'stored', name: 'Work', lastFour: 'pRAA', file: 'compose.yml', line: 12 };
const PASSWORD: Secret = { kind: 'password', name: null, lastFour: null, file: null, line: 2 };

async function stopped(secrets: readonly Secret[] = [KEY, PASSWORD]) {
  const fake = await openApp({ connections: CONNECTIONS, secrets, redacted: 'Start with postgres://app:⟪password-1⟫@db and ⟪work-key⟫' });
  const field = await screen.findByRole('textbox', { name: 'Message' });
  await fireEvent.input(field, { target: { value: 'Start with postgres://app:p4ss-demo@db' } });
  await press('Send');
  const alert = await screen.findByRole('alert');
  await within(alert).findByRole('list', { name: 'Secrets found' });
  return { fake, field: field as HTMLTextAreaElement, alert };
}

const choices = (fake: Awaited<ReturnType<typeof stopped>>['fake']) => fake.calls.filter((c) => c.command === 'send_message').map((c) => (c.args['input'] as { secrets: string }).secrets);

describe('the guard', () => {
  test('says what was found and where, and keeps the message', async () => {
    const { field, alert } = await stopped();
    within(alert).getByText('Two secrets are in this message');
    within(alert).getByText('Nothing was sent. Redacted, OpenAI gets placeholders instead.');
    const rows = within(alert).getAllByRole('listitem').map((row) => row.textContent?.replace(/\s+/g, ' ').trim());
    expect(rows).toEqual(['Your key Work …pRAAcompose.yml, line 12', 'A password in an addressyour message, line 2']);
    expect(field.value).toContain('p4ss-demo');
    expect(status()).toBe('Two secrets are in this message. Nothing was sent.');
    expect(within(alert).getByRole('button', { name: 'Send as it is' }).classList.contains('btn-native')).toBe(true);
  });

  test('sends redacted, with placeholders in the message', async () => {
    const { fake } = await stopped();
    await press('Send redacted');
    const message = await screen.findByRole('article', { name: 'Your message' });
    expect(within(message).getByText('password-1').className).toContain('redact');
    within(message).getByText('Sent redacted, 2 placeholders');
    expect(choices(fake)).toEqual(['ask', 'redact']);
    expect(screen.queryByRole('list', { name: 'Secrets found' })).toBeNull();
  });

  test('sends as it is, without a native button where no stored key is among them', async () => {
    const { fake, alert } = await stopped([PASSWORD]);
    within(alert).getByText('A secret is in this message');
    expect(within(alert).getByRole('button', { name: 'Send as it is' }).classList.contains('btn-native')).toBe(false);
    await press('Send as it is');
    await screen.findByRole('article', { name: 'Your message' });
    expect(choices(fake)).toEqual(['ask', 'keep']);
  });

  test('a native no leaves everything as it was', async () => {
    const { fake, field } = await stopped();
    fake.commands['send_message'] = () => {
      throw failure('cancelled');
    };
    await press('Send as it is');
    await waitFor(() => expect(status()).toMatch(/Nothing was changed|Nothing was sent/));
    await screen.findByRole('list', { name: 'Secrets found' });
    expect(field.value).toContain('p4ss-demo');
  });

  test('goes back to the words', async () => {
    const { field } = await stopped();
    await press('Edit');
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('placeholders', () => {
  test('are every second piece', () => {
    expect(split('a ⟪password-1⟫ b')).toEqual(['a ', 'password-1', ' b']);
    expect(split('⟪not one⟫ and ⟪')).toEqual(['⟪not one⟫ and ⟪']);
    expect(split('plain')).toEqual(['plain']);
  });

  test('are marked once, and filled and named again', () => {
    const root = document.createElement('div');
    root.innerHTML = '<p>Use <code>⟪password-1⟫</code> and ⟪work-key⟫.</p>';
    const marks = mark(root);
    expect(mark(root)).toEqual(marks);
    fill(marks, new Map([['password-1', '<b>']]));
    expect(root.textContent).toBe('Use <b> and work-key.');
    expect(root.querySelector('b')).toBeNull();
    fill(marks, new Map());
    expect(root.textContent).toBe('Use password-1 and work-key.');
  });
});

test('what comes onto the page after the end has its values and its sources marked, too', async () => {
  const fake = new Fake({ connections: CONNECTIONS, putBack: [{ name: 'password-1', value: 'p4ss-demo' }] });
  useHost(fake);
  const at = { id: 7, status: 'stopped', sources: [SCENES['sources']!.sources![0]!], searches: null };
  const message = new Message({ facts: at, text: '', blocks: ['<p>First ⟪password-1⟫.</p>'], reasoning: [] } as unknown as MessageView);
  const sheet = document.createElement('div');
  sheet.append(message.answer.placed());
  render(PutBack, { message, sheet });
  render(Sources, { message, sheet });
  await waitFor(() => expect(sheet.textContent).toBe('First p4ss-demo.'));
  message.paint({ type: 'painted', answer: { keep: 1, grow: null, blocks: ['<p>Then ⟪password-1⟫, as it says[1].</p>'] }, reasoning: null, reasoningMs: null, answerTokens: null });
  await waitFor(() => expect(sheet.textContent).toBe('First p4ss-demo.Then p4ss-demo, as it says[1].'));
  await waitFor(() => expect(sheet.querySelectorAll('a.cite')).toHaveLength(1));
  message.showAnew(['<p>All of it ⟪password-1⟫[1].</p>']);
  await waitFor(() => expect(sheet.textContent).toBe('All of it p4ss-demo[1].'));
  await waitFor(() => expect(sheet.querySelectorAll('a.cite')).toHaveLength(1));
});
