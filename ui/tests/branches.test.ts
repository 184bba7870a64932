// The tree of a chat's branches, a chat of its own from some message on, and answers in one's own words.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { endOf, layOut } from '../src/features/branches/layout';
import { CONNECTIONS } from '../src/ipc/fake-data';
import type { TreeNode } from '../src/ipc/bindings/types';
import { button, openApp, press, status } from './open-app';

const chat = { connections: CONNECTIONS, conversations: 4, stepMs: 0 };
const open = () => fireEvent.click(screen.getByRole('link', { name: 'Release checklist 0.9' }));
const items = () => within(screen.getByRole('tree', { name: 'Branches' })).getAllByRole('treeitem');
const chosen = () => items().find((item) => item.getAttribute('aria-selected') === 'true')!;
const key = (name: string, more: object = {}) => fireEvent.keyDown(document.activeElement!, { key: name, code: name, ...more });

const node = (id: number, parentId: number | null, shown = false): TreeNode => ({ id, parentId, role: id % 2 ? 'user' : 'assistant', beginning: `Message ${id}`, model: null, status: 'complete', createdMs: id, cost: null, shown });

describe('where messages are drawn', () => {
  test('the first way goes straight on, every other gets a lane that nothing between it crosses', () => {
    // The tree of the picture: one question asked in two ways, the first answered twice.
    const tree = layOut([node(1, null, true), node(2, 1, true), node(3, 2, true), node(4, 3), node(5, 2), node(6, 3, true), node(7, 4), node(8, 7), node(9, 5), node(10, 6, true)]);
    expect(tree.rows.map((row) => [row.node.id, row.lane, row.depth])).toEqual([[1, 0, 1], [2, 0, 2], [3, 0, 3], [4, 0, 4], [7, 0, 5], [8, 0, 6], [6, 1, 4], [10, 1, 5], [5, 2, 3], [9, 2, 4]]);
    expect([tree.branches, tree.lanes]).toEqual([3, 3]);
    const passing = (row: number) => tree.rows[row]!.strokes.filter((stroke) => stroke.part === 'past').map((stroke) => stroke.to).sort();
    expect([passing(2), passing(4), passing(6), passing(9)]).toEqual([[2], [1, 2], [2], []]);
    expect([endOf(tree, 2), endOf(tree, 3), endOf(tree, 9)]).toEqual([8, 6, 10]);
    expect(tree.rows[2]!.versions).toEqual([3, 5]);
  });

  test('ten thousand messages deep is no call too many', () => {
    const deep = Array.from({ length: 10_000 }, (_, n) => node(n + 1, n === 0 ? null : n));
    expect(layOut(deep).rows.at(-1)?.depth).toBe(10_000);
    expect(layOut([]).rows).toEqual([]);
  });
});

async function inMyWords() {
  await press('More actions');
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Edit answer' }));
  const field = (await screen.findByRole('textbox', { name: 'Edit text' })) as HTMLTextAreaElement;
  expect(field.value.length).toBeGreaterThan(20);
  expect(((await button('Save answer')) as HTMLButtonElement).disabled).toBe(true);
  await fireEvent.input(field, { target: { value: 'In my words.' } });
  await press('Save answer');
  await screen.findByText('2 of 2');
}

describe('the overview', () => {
  async function withTwoAnswers() {
    const app = await openApp(chat);
    await open();
    await inMyWords();
    await fireEvent.keyDown(document.body, { key: 'B', code: 'KeyB', ctrlKey: true, shiftKey: true });
    await screen.findByRole('tree', { name: 'Branches' });
    await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('treeitem'));
    return app;
  }

  test('one walks through it by keyboard, and opens what one stands on', async () => {
    const app = await withTwoAnswers();
    expect(items()).toHaveLength(3);
    expect(screen.getByText('3 messages, 2 branches')).toBeTruthy();
    expect(status()).toBe('Branches, 3 messages');
    expect(items().indexOf(chosen())).toBe(2);
    await key('ArrowLeft');
    await waitFor(() => expect(items().indexOf(chosen())).toBe(0));
    expect(document.activeElement).toBe(chosen());
    await key('ArrowRight');
    await waitFor(() => expect(items().indexOf(chosen())).toBe(1));
    await key('ArrowRight', { altKey: true });
    await waitFor(() => expect(items().indexOf(chosen())).toBe(2));
    await key('ArrowUp');
    await waitFor(() => expect(items().indexOf(chosen())).toBe(1));
    expect(await screen.findByText(/^gpt-5.1, version 1 of 2/)).toBeTruthy();
    await key('Enter');
    await waitFor(() => expect(screen.getByText('1 of 2')).toBeTruthy());
    expect(app.calls.some((call) => call.command === 'open_at_message')).toBe(true);
    expect(screen.queryByRole('tree')).toBeNull();
  });

  test('a branch is deleted after a native yes, and never the whole chat', async () => {
    const app = await withTwoAnswers();
    await press('Delete this branch');
    await waitFor(() => expect(status()).toBe('The branch is deleted'));
    expect(items()).toHaveLength(2);
    expect(screen.getByText('2 messages. No other versions yet.')).toBeTruthy();
    await key('Home');
    await waitFor(() => expect((screen.getByRole('button', { name: 'Delete this branch' }) as HTMLButtonElement).disabled).toBe(true));
    expect(app.calls.filter((call) => call.command === 'remove_branch')).toHaveLength(1);
    await fireEvent.keyDown(document.body, { key: 'Escape', code: 'Escape' });
    expect(await screen.findByRole('textbox', { name: 'Message' })).toBeTruthy();
  });
});

test('a chat of its own goes on from any message', async () => {
  const app = await openApp(chat);
  await open();
  await press('Branch from here');
  await waitFor(() => expect(status()).toBe('A new chat goes on from here'));
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Release checklist 0.9, branch');
  expect(screen.getByRole('link', { name: 'Release checklist 0.9' })).toBeTruthy();
  expect(app.calls.find((call) => call.command === 'branch_conversation')?.args).toMatchObject({ title: 'Release checklist 0.9, branch' });
});

test('an answer in one’s own words is another version, and says so', async () => {
  await openApp(chat);
  await open();
  await inMyWords();
  expect(screen.getByText('In my words.')).toBeTruthy();
  expect(screen.getByText('edited by you')).toBeTruthy();
});
