import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { openApp } from './open-app';

test('PageUp and PageDown in an empty Message turn the conversation’s pages', async () => {
  await openApp({ connections: CONNECTIONS, conversations: 4 });
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await screen.findByRole('article', { name: 'Your message' });
  const conversation = screen.getByRole('region', { name: 'Conversation' });
  vi.spyOn(conversation, 'clientHeight', 'get').mockReturnValue(500);
  const after = (key: string) => {
    conversation.scrollTop = 1000;
    screen.getByRole('textbox', { name: 'Message' }).dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true }));
    return conversation.scrollTop;
  };
  // Opening a chat draws the field anew.
  await waitFor(() => expect(after('PageUp')).toBe(550));
  expect(after('PageDown')).toBe(1450);
  await fireEvent.input(screen.getByRole('textbox', { name: 'Message' }), { target: { value: 'a\nb' } });
  expect(after('PageUp')).toBe(1000);
});
