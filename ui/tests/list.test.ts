import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { conversations } from '../src/state/conversations.svelte';
import { commandsOf, openApp } from './open-app';

test('the start lists the latest chats, and the others come as the list is scrolled', async () => {
  const fake = await openApp({ connections: CONNECTIONS, conversations: 450 });
  expect(conversations.rows).toHaveLength(200);
  const list = await screen.findByRole('list', { name: 'Conversations' });
  for (const rows of [400, 450]) {
    await waitFor(async () => {
      await fireEvent.scroll(list);
      expect(conversations.rows).toHaveLength(rows);
    });
  }
  expect(new Set(conversations.rows.map((row) => row.id)).size).toBe(450);
  const ordered = [...conversations.rows].sort((a, b) => b.updatedMs - a.updatedMs);
  expect(conversations.rows.map((row) => row.updatedMs)).toEqual(ordered.map((row) => row.updatedMs));
  await conversations.listMore();
  const asked = () => commandsOf(fake).filter((command) => command === 'list_conversations').length;
  const before = asked();
  await conversations.listMore();
  expect(asked()).toBe(before);
});

test('a chat that moved up meanwhile is listed once', async () => {
  await openApp({ connections: CONNECTIONS, conversations: 250 });
  const [first] = conversations.rows;
  const below = { ...first!, id: conversations.rows.length + 1, updatedMs: Date.now() + 1 };
  conversations.put(below);
  await conversations.listMore();
  expect(conversations.rows.filter((row) => row.id === below.id)).toHaveLength(1);
});
