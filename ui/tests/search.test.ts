// Searching everything: as one types, by filters, by keyboard, and open where it was said.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { SCENES } from '../src/ipc/fake-scenes';
import { conversations } from '../src/state/conversations.svelte';
import { find } from '../src/state/find.svelte';
import { place } from '../src/state/place.svelte';
import { search } from '../src/state/search.svelte';
import { button, commandsOf, heading, openApp, press, status } from './open-app';

const chat = SCENES['chat']!;
const box = () => screen.findByRole<HTMLInputElement>('searchbox', { name: 'Search' });
const hits = () => within(screen.getByRole('list', { name: 'Search results' })).getAllByRole('link');

beforeEach(() => {
  search.text = '';
  search.order = 'fitting';
  place.narrow = false;
});

async function type(text: string) {
  await fireEvent.input(await box(), { target: { value: text } });
}

test('what is typed is found at once, with marks, and how many there are is said', async () => {
  await openApp(chat);
  await type('jitter');
  await heading('Search results');
  await waitFor(() => expect(hits().length).toBeGreaterThan(2));
  expect(hits()[0]!.querySelector('mark')?.textContent?.toLowerCase()).toBe('jitter');
  await waitFor(() => expect(status()).toMatch(/^\d+ messages found$/), { timeout: 2000 });
  const preview = screen.getByRole('region', { name: 'Preview' });
  await within(preview).findByRole('article', { name: 'Assistant message' });
});

test('a message is opened where it stands', async () => {
  const fake = await openApp(chat);
  await type('question 70');
  await waitFor(() => expect(hits()[0]!.textContent).toContain('Question 70'));
  await press('Open at this message');
  await waitFor(() => expect(place.page).toBe('chat'));
  expect(conversations.current.id).toBe(3);
  expect(commandsOf(fake)).toContain('open_at_message');
  await screen.findByText('Question 70');
});

test('arrow keys go through what was found, Enter opens it, Esc clears and leaves', async () => {
  await openApp(chat);
  await type('question');
  await waitFor(() => expect(hits().length).toBeGreaterThan(2));
  await fireEvent.keyDown(await box(), { key: 'ArrowDown' });
  await waitFor(() => expect(hits()[1]!.getAttribute('aria-current')).toBe('true'));
  const id = search.hit!.conversationId;
  await fireEvent.keyDown(await box(), { key: 'Enter' });
  await waitFor(() => expect(place.page).toBe('chat'));
  expect(conversations.current.id).toBe(id);
  await fireEvent.keyDown(await box(), { key: 'Enter' });
  await waitFor(() => expect(place.page).toBe('search'));
  await fireEvent.keyDown(await box(), { key: 'Escape' });
  expect((await box()).value).toBe('');
  await fireEvent.keyDown(window, { key: 'Escape' });
  await waitFor(() => expect(place.page).toBe('chat'));
});

test('filters stand in what is typed and can be taken out again', async () => {
  await openApp(chat);
  await type('jitter');
  await press('Only mine');
  await waitFor(() => expect(search.text).toBe('jitter role:user '));
  await waitFor(() => expect(hits().every((hit) => hit.textContent!.includes('You'))).toBe(true));
  await press('Has code');
  await waitFor(() => expect(search.text).toBe('jitter role:user has:code '));
  await press('Everyone’s words');
  await waitFor(() => expect(search.text).toBe('jitter has:code '));
  await press('Any time');
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Last 7 days' }));
  await waitFor(() => expect(search.text).toMatch(/^jitter has:code after:\d{4}-\d\d-\d\d $/));
  await press('Clear search');
  await waitFor(() => expect(search.text).toBe(''));
});

test('Ctrl+Shift+F goes to the field, and nothing found says so', async () => {
  await openApp(chat);
  await fireEvent.keyDown(window, { key: 'F', code: 'KeyF', ctrlKey: true, shiftKey: true });
  await waitFor(async () => expect(document.activeElement).toBe(await box()));
  await type('xylophone');
  await screen.findByText('No message contains “xylophone”. Shorter words find more.');
});

test('a later answer to an earlier question is not believed', async () => {
  const fake = await openApp(chat);
  const answer = fake.commands['search_messages']!;
  let release: (() => void) | undefined;
  fake.commands['search_messages'] = async (a) => {
    if (a['text'] === 'j') await new Promise<void>((done) => (release = done));
    return answer(a);
  };
  await type('j');
  await type('question 88');
  await waitFor(() => expect(hits().length).toBe(1));
  release!();
  await new Promise((done) => setTimeout(done));
  expect(hits().length).toBe(1);
});

test('on a narrow window the field stands above the results, and a press opens', async () => {
  await openApp(chat);
  place.narrow = true;
  await fireEvent.keyDown(window, { key: 'F', code: 'KeyF', ctrlKey: true, shiftKey: true });
  await heading('Search results');
  await type('question 70');
  await waitFor(() => expect(hits()[0]!.textContent).toContain('Question 70'));
  expect(screen.queryByRole('region', { name: 'Preview' })).toBeNull();
  await fireEvent.click(hits()[0]!);
  await waitFor(() => expect(place.page).toBe('chat'));
  place.narrow = false;
  expect(await button('New chat')).toBeTruthy();
});

test('a search that a later one ended says nothing', async () => {
  const fake = await openApp(chat);
  const cancelled = { code: 'cancelled', message: '', retryAfterMs: null, detail: null, provider: null };
  await conversations.open(3);
  let end: (() => void) | undefined;
  const answer = fake.commands['find_in_conversation']!;
  fake.commands['find_in_conversation'] = async (a) => {
    if (a['text'] !== 'Q') return answer(a);
    await new Promise<void>((done) => (end = done));
    throw cancelled;
  };
  find.open = true;
  find.text = 'Q';
  const first = find.search(conversations.current, null);
  await waitFor(() => expect(end).toBeDefined());
  find.text = 'Question 90';
  const second = find.search(conversations.current, null);
  end!();
  await Promise.all([first, second]);
  expect(find.total).toBe(1);
  find.close();
});
