// What a start shows: the first steps to a stranger only, and to everybody else what is theirs, or why it can't be seen.
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { ErrorCode } from '../src/ipc/bindings/types';
import { failure } from '../src/ipc/fake';
import { SCENES } from '../src/ipc/fake-scenes';
import { button, commandsOf, heading, openApp, press, status } from './open-app';

const shut = (code: ErrorCode, fresh = false) => openApp({ fresh, history: { state: 'sessionOnly', reason: failure(code) } });

test('a fresh home begins with the first steps, and there is nothing to go back to', async () => {
  await openApp({});
  await button('Practise without a key');
  expect(screen.queryByRole('button', { name: 'Back to Latchkey' })).toBeNull();
});

test.each([
  ['keychainLocked', 'The keychain is locked', 'Unlock the keychain'],
  ['keychainDismissed', 'The keychain is locked', 'Unlock the keychain'],
  ['keychainAbsent', 'There is no keychain on this desktop', 'Look again'],
  ['keychainSilent', 'The keychain doesn’t answer', 'Unlock the keychain'],
  ['keychainFailed', 'The keychain doesn’t answer', 'Unlock the keychain'],
] as const)('%s: who has chats is told what is closed, and that it is safe', async (code, title, way) => {
  await shut(code);
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain(title);
  expect(alert.textContent).toContain('Your chats and keys are safe');
  await heading('Your chats are closed');
  await button(way);
  expect(screen.queryByText('Your chats will be listed here.')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Practise without a key' })).toBeNull();
});

test('a stranger without a keychain gets the first steps all the same', async () => {
  await shut('keychainAbsent', true);
  await button('Practise without a key');
});

test('unlocking brings everything back', async () => {
  await openApp({ ...SCENES['chat']!, fresh: false, history: { state: 'sessionOnly', reason: failure('keychainLocked') } });
  await press('Unlock the keychain');
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  await waitFor(() => expect(status()).toBe('Your chats are open'));
});

test('the keys page says where the keys are while the keychain is locked', async () => {
  await shut('keychainLocked');
  await fireEvent.click(screen.getByRole('link', { name: 'Keys & providers' }));
  const keys = await screen.findByRole('list', { name: 'Keys' });
  expect(keys.textContent).toContain('They are safe.');
  await press('Unlock the keychain');
  await waitFor(() => expect(status()).toBe('Your chats are open'));
});

test('without a key chats can be read, the way to add one is shown, and there is a way back', async () => {
  await openApp({ fresh: false, conversations: 3 });
  await heading('Ready when you have a key');
  expect(screen.getByRole('note').textContent).toContain('Your chats can be read');
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await screen.findAllByRole('article');
  await press('Add key');
  await heading('Where should answers come from?');
  await press('Back to Latchkey');
  await screen.findAllByRole('article');
});

test('chats whose key is gone: what is the matter, another try for real, and a new beginning', async () => {
  const fake = await openApp({ ...SCENES['chat']!, boot: failure('historyKeyMissing') });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('nothing was changed');
  expect(alert.textContent).toContain('If you have a backup of the keychain, restore it');
  await press('Try again');
  await screen.findByRole('list', { name: 'Conversations' });
  expect(commandsOf(fake)).toEqual(expect.arrayContaining(['boot', 'unlock_history', 'boot']));
});

test.each([
  ['historyWrongKey', 'The key in the keychain isn’t the one they were written with', 'backup of the keychain'],
  ['historyKeyDamaged', 'isn’t a key that Latchkey wrote', 'backup of the keychain'],
  ['historyDamaged', 'Their file is damaged', 'backup of the file'],
] as const)('%s: what it is, and the ways on', async (code, what, way) => {
  await openApp({ boot: failure(code) });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain(what);
  expect(alert.textContent).toContain(way);
  expect(alert.textContent!.toLowerCase()).toContain('nothing was changed');
  expect(alert.textContent!.includes('damaged')).toBe(code === 'historyDamaged');
  await button('Try again');
});

test.each([['historyKeyMissing'], ['historyKeyDamaged'], ['historyWrongKey'], ['historyDamaged']] as const)('%s: a new beginning is asked for natively and starts at once', async (code) => {
  const fake = await openApp({ boot: failure(code) });
  await press('Set aside and begin anew');
  await button('Practise without a key');
  expect(commandsOf(fake)).toContain('begin_anew');
});

test('a try that changes nothing says so', async () => {
  await openApp({ boot: failure('historyNewer') }).then((fake) => {
    fake.commands['unlock_history'] = () => {
      throw failure('historyNewer');
    };
  });
  expect(screen.queryByRole('button', { name: 'Set aside and begin anew' })).toBeNull();
  await press('Try again');
  await screen.findByText('That changed nothing yet.');
});
