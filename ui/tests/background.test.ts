// What goes on while no window is looked at: wished in the settings, and said as it is.
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { SCENES } from '../src/ipc/fake-scenes';
import { background } from '../src/state/background.svelte';
import { place } from '../src/state/place.svelte';
import { openApp, press } from './open-app';

const CHAT = { ...SCENES['chat']!, conversations: 1 };
const toggle = async (name: string) => fireEvent.click(await screen.findByRole('switch', { name }));
const isOn = (name: string) => screen.getByRole('switch', { name }).getAttribute('aria-checked');

beforeEach(() => {
  background.now = null;
});

test('everything is off until it is wished', async () => {
  await openApp(CHAT);
  place.settings('background');
  await screen.findByText('Off.');
  for (const one of screen.getAllByRole('switch')) expect(one.getAttribute('aria-checked')).toBe('false');
  expect(screen.queryByRole('switch', { name: 'Start hidden' })).toBeNull();
  await toggle('Quick ask from everywhere');
  await screen.findByText('They work everywhere.');
  await toggle('Start with the session');
  await toggle('Start hidden');
  await waitFor(() => expect(isOn('Start hidden')).toBe('true'));
});

test('what the desktop does not give is said, with what to do instead', async () => {
  await openApp({ ...CHAT, desktop: { hotkey: 'wayland', tray: 'noHost' } });
  place.settings('background');
  await toggle('Quick ask from everywhere');
  await screen.findByText(/gives none to a program whose memory is protected/);
  await toggle('Icon in the tray');
  await screen.findByText(/closing the window quits/);
  await toggle('Start with the session');
  await screen.findByText(/Without a way|without a way/);
});

test('keys are changed; what others need, and what means something here, is refused', async () => {
  const fake = await openApp(CHAT);
  place.settings('shortcuts');
  await press('Change the keys of quick ask');
  const recorder = await screen.findByRole('button', { name: 'Keys for quick ask: press them now' });
  await fireEvent.keyDown(recorder, { key: 'c', code: 'KeyC', ctrlKey: true });
  await screen.findByText(/Other programs need those/);
  await fireEvent.keyDown(recorder, { key: 'F', code: 'KeyF', ctrlKey: true, shiftKey: true });
  await screen.findByText(/is the key of/);
  await fireEvent.keyDown(recorder, { key: 'q', code: 'KeyQ', ctrlKey: true, altKey: true });
  await waitFor(() => expect(background.now?.keys).toBe('Mod+Alt+KeyQ'));
  expect(fake.calls.findLast((call) => call.command === 'change_background')!.args['change']).toEqual({ what: 'hotkey', on: false, keys: 'Mod+Alt+KeyQ' });
});

test('keys that open quick ask are no other act’s', async () => {
  await openApp(CHAT);
  place.settings('background');
  await toggle('Quick ask from everywhere');
  await screen.findByText('They work everywhere.');
  place.settings('shortcuts');
  await press('Change the keys of New chat');
  const recorder = await screen.findByRole('button', { name: 'Keys for New chat: press them now' });
  await fireEvent.keyDown(recorder, { key: ' ', code: 'Space', ctrlKey: true, shiftKey: true });
  await screen.findByText(/opens quick ask everywhere/);
});
