// Larger and smaller text, by key and by wheel, wherever one is.
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { shortcutOf } from '../src/app/shortcuts';
import { SCENES } from '../src/ipc/fake-scenes';
import { commandsOf, openApp, status } from './open-app';

const press = { code: '', ctrlKey: true, metaKey: false, altKey: false, shiftKey: false, isComposing: false };

test.each([
  ['+', 'textLarger'],
  ['=', 'textLarger'],
  ['-', 'textSmaller'],
  ['0', 'textUsual'],
])('Ctrl and %s, on any keyboard', (key, shortcut) => {
  expect(shortcutOf({ ...press, key }, false)).toBe(shortcut);
  expect(shortcutOf({ ...press, key, shiftKey: true }, false)).toBe(shortcut);
  expect(shortcutOf({ ...press, key, ctrlKey: false }, false)).toBeNull();
});

test.each(['chat', 'first'])('it works in %s', async (scene) => {
  await openApp(SCENES[scene]!);
  await fireEvent.keyDown(window, { key: '+', code: 'BracketRight', ctrlKey: true });
  await waitFor(() => expect(status()).toBe('Text size 110 %'));
  await fireEvent.keyDown(window, { key: '0', code: 'Digit0', ctrlKey: true });
  await waitFor(() => expect(status()).toBe('Text size 100 %'));
});

test('the wheel takes one step a notch, and only with Ctrl', async () => {
  const fake = await openApp(SCENES['chat']!);
  const wheel = (deltaY: number, ctrlKey = true) => fireEvent(window, Object.assign(new Event('wheel', { cancelable: true }), { deltaY, ctrlKey, deltaMode: 0 }));
  const steps = () => commandsOf(fake).filter((c) => c === 'change_text_size').length;
  await wheel(-120, false);
  expect(steps()).toBe(0);
  await wheel(-120);
  await waitFor(() => expect(status()).toBe('Text size 110 %'));
  for (let i = 0; i < 9; i += 1) await wheel(5);
  expect(steps()).toBe(1);
  await wheel(5);
  await waitFor(() => expect(status()).toBe('Text size 100 %'));
  await screen.findByRole('navigation', { name: 'Sidebar' });
});

test('an icon says itself how thick its lines are: what it would inherit the engine makes larger twice with the text', async () => {
  await openApp(SCENES['chat']!);
  const symbols = [...document.querySelectorAll('.sprite symbol')];
  expect(symbols.length).toBeGreaterThan(20);
  for (const symbol of symbols) expect(symbol.getAttribute('stroke-width'), symbol.id).toBe('1.5');
});
