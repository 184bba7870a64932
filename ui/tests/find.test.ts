// Find in a chat, from its field.
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { openApp, press, status } from './open-app';

const chat = { connections: CONNECTIONS, conversations: 4 };
const message = () => screen.findByRole('textbox', { name: 'Message' });
const write = async (text: string) => fireEvent.input(await message(), { target: { value: text } });
const key = async (name: string, more = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key: name, code: name, ...more });

test('find counts, goes round, and gives the focus back', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await screen.findByRole('article', { name: 'Your message' });
  const opener = await message();
  opener.focus();
  await key('KeyF', { ctrlKey: true });
  const field = await screen.findByRole('searchbox', { name: 'Find in chat' });
  expect(document.activeElement).toBe(field);
  await fireEvent.input(field, { target: { value: 'JITTER' } });
  await waitFor(() => expect(status()).toBe('1 of 3'));
  await press('Next match');
  await waitFor(() => expect(status()).toBe('2 of 3'));
  await key('F3', { shiftKey: true });
  await fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
  await waitFor(() => expect(status()).toBe('3 of 3'));
  await fireEvent.input(field, { target: { value: 'nowhere' } });
  await waitFor(() => expect(status()).toBe('No matches'));
  await fireEvent.keyDown(field, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('searchbox', { name: 'Find in chat' })).toBeNull());
  expect(document.activeElement).toBe(opener);
});

test('find counts all of an answer that came while it was open', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await screen.findByRole('article', { name: 'Your message' });
  await key('KeyF', { ctrlKey: true });
  const field = await screen.findByRole('searchbox', { name: 'Find in chat' });
  await fireEvent.input(field, { target: { value: 'jitter' } });
  await waitFor(() => expect(status()).toBe('1 of 3'));
  await write('Once more');
  await press('Send');
  await waitFor(() => expect(status()).toContain('Answer finished'));
  await waitFor(() => expect(screen.getByRole('search').textContent).toContain('1 of 5'));
});
