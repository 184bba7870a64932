import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { conversations } from '../src/state/conversations.svelte';
import { quoted } from '../src/ui/quote';
import { openApp, status } from './open-app';

const chat = { connections: CONNECTIONS, conversations: 4 };

async function select(): Promise<HTMLElement> {
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  const answer = await screen.findByRole('article', { name: 'Assistant message' });
  const paragraph = answer.querySelector<HTMLElement>('.sheet p')!;
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  getSelection()!.removeAllRanges();
  getSelection()!.addRange(range);
  return paragraph;
}

test('each line of a quote has its mark, and a blank line follows', () => {
  expect(quoted('one\n\ntwo')).toBe('> one\n>\n> two\n\n');
});

test('a key quotes what is selected below what is typed', async () => {
  await openApp(chat);
  const paragraph = await select();
  const field = await screen.findByRole('textbox', { name: 'Message' });
  await fireEvent.input(field, { target: { value: 'About this:' } });
  await fireEvent.keyDown(document.body, { key: '>', code: 'Period', ctrlKey: true, shiftKey: true });
  await waitFor(() => expect(conversations.current.draft).toMatch(/^About this:\n\n> \w/));
  expect(conversations.current.draft.split('> ')[1]!.slice(0, 20)).toBe(paragraph.textContent!.slice(0, 20));
  expect(document.activeElement).toBe(field);
});

test('the menu of a selection quotes it', async () => {
  await openApp(chat);
  const paragraph = await select();
  await fireEvent.contextMenu(paragraph, { clientX: 5, clientY: 5 });
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Quote the selected text' }));
  await waitFor(() => expect(conversations.current.draft).toMatch(/^> \w/));
});

test('without a selection it says so', async () => {
  await openApp(chat);
  getSelection()!.removeAllRanges();
  await fireEvent.keyDown(document.body, { key: '>', code: 'Period', ctrlKey: true, shiftKey: true });
  await waitFor(() => expect(status()).toBe('Nothing is selected in a message'));
});
