// Searching everything: as one types, by filters, by keyboard, and open where it was said.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { SCENES } from '../src/ipc/fake-scenes';
import { conversations } from '../src/state/conversations.svelte';
import { find } from '../src/state/find.svelte';
import { place } from '../src/state/place.svelte';
import { organised } from '../src/state/organised.svelte';
import { search } from '../src/state/search.svelte';
import { filtersIn, without, written } from '../src/state/search-filters';
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

test('filters are told from words as native code tells them, and a quoted value is the same as one without quotes', () => {
  const read = (text: string) => filtersIn(text).map(({ key, value }) => `${key}=${value}`);
  expect(read('jitter Role:user has:code')).toEqual(['role=user', 'has=code']);
  expect(read('folder:"house move" tag:“tax” x')).toEqual(['folder=house move', 'tag=tax']);
  expect(read('"said role:user" http://role:user foo:bar provider:"Open')).toEqual(['provider=Open']);
  expect(read('model: x')).toEqual(['model=']);
  expect(without('a folder:"house move" b', () => true)).toBe('a b');
  expect(written('folder', 'House move')).toBe('folder:"House move"');
  expect(written('tag', 'a "b" c')).toBe('tag:"a b c"');
  expect(written('tag', 'tax')).toBe('tag:tax');
  for (const text of ['folder:"Thesis"', 'folder:thesis', 'x FOLDER:“thesis” y', 'folder:" thesis "']) {
    search.text = text;
    expect(search.has('folder', 'Thesis'), text).toBe(true);
    expect(search.has('folder', 'The'), text).toBe(false);
  }
  search.text = 'role:me has:picture "has:code"';
  expect([search.has('role', 'user'), search.has('has', 'image'), search.has('has', 'code')]).toEqual([true, true, false]);
});

test('a folder and a tag are chosen from what there is, are told by the button, and one value does not take out another', async () => {
  await openApp(chat);
  const folder = (name: string, parent: number | null) => organised.saveFolder({ id: null, parent, name, mark: '', systemPrompt: '', connectionId: null, model: null, route: null });
  await folder('House move', null);
  await folder('Old', 1);
  await organised.change([1], { type: 'tag', name: 'tax' });
  await type('jitter has:link');
  await press('Any folder');
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'House move / Old' }));
  await waitFor(() => expect(search.text).toBe('jitter has:link folder:Old '));
  await press('Folder: Old');
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'House move' }));
  await waitFor(() => expect(search.text).toBe('jitter has:link folder:"House move" '));
  await press('Any tag');
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'tax' }));
  await waitFor(() => expect(search.text).toBe('jitter has:link folder:"House move" tag:tax '));
  await press('Has code');
  await press('Has code');
  expect(search.has('has', 'link')).toBe(true);
  await press('Folder: House move');
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Any folder' }));
  await waitFor(() => expect(search.text).toBe('jitter has:link tag:tax '));
  // A name that two have tells neither.
  await folder('Work', null);
  await folder('Old', 3);
  await press('Any folder');
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Work / Old' }));
  await waitFor(() => expect(search.text).toBe('jitter has:link tag:tax folder:Work/Old '));
});

test('days begin where the person is: yesterday is that of the calendar there on either side of Greenwich', async () => {
  await openApp(chat);
  await type('jitter');
  const zone = process.env['TZ'];
  try {
    for (const [at, now, day] of [['America/Los_Angeles', '2026-12-01T04:00:00Z', '2026-11-29'], ['Asia/Tokyo', '2026-11-30T23:00:00Z', '2026-11-30'], ['UTC', '2026-11-30T12:00:00Z', '2026-11-29']] as const) {
      process.env['TZ'] = at;
      vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) });
      await fireEvent.click(screen.getByRole('button', { name: /^(Any time|Since)/ }));
      await fireEvent.click(await screen.findByRole('menuitem', { name: 'Since yesterday' }));
      vi.useRealTimers();
      expect(search.said('after'), at).toBe(day);
    }
  } finally {
    vi.useRealTimers();
    process.env['TZ'] = zone;
  }
});

test('while the index fills, the hit that is looked at stays, and so does what its preview shows', async () => {
  const fake = await openApp(chat);
  const answer = fake.commands['search_messages']!;
  await type('question');
  await waitFor(() => expect(hits().length).toBeGreaterThan(10));
  await search.go(3);
  await search.more();
  const [looked, shown, preview] = [search.hit!, hits().length, search.preview];
  expect(preview.length).toBeGreaterThan(0);
  // Two more are known by now, and stand above.
  fake.commands['search_messages'] = async (a) => {
    const results = (await answer(a)) as typeof search.results;
    const fresh = [900_001, 900_002].map((messageId) => ({ ...results.hits[0]!, messageId }));
    return a['skip'] === 0 ? { ...results, hits: [...fresh, ...results.hits] } : results;
  };
  await search.run();
  expect(search.hit).toEqual(looked);
  expect(search.at).toBe(5);
  expect(search.results.hits.length).toBeGreaterThanOrEqual(shown);
  expect(search.preview, 'nothing moved').toBe(preview);
  // A page that begins where the last one did before something came has one of it again.
  await search.more();
  expect(new Set(search.results.hits.map((hit) => hit.messageId)).size).toBe(search.results.hits.length);
  // It is gone: what stands there now is looked at.
  fake.commands['search_messages'] = async (a) => {
    const results = (await answer(a)) as typeof search.results;
    return { ...results, hits: a['skip'] === 0 ? results.hits.filter((hit) => hit.messageId !== looked.messageId).slice(0, 4) : [] };
  };
  await search.run();
  expect(search.at).toBe(3);
  // Another question begins above.
  search.text = 'question 7';
  await search.run();
  expect(search.at).toBe(0);
});

test('what narrows a search is told where it begins, and what filters leave out is said with the way back', async () => {
  await openApp(chat);
  place.search();
  await heading('What narrows it down');
  const told = document.querySelector('.search-help')!.textContent!;
  for (const filter of ['folder:', 'tag:', 'role:user', 'model:', 'provider:', 'before:', 'after:', 'has:code', 'has:image', 'has:link', 'has:file', 'has:audio']) expect(told).toContain(filter);
  await type('xylophone role:user');
  await screen.findByText('No message that fits the filters contains “xylophone”.');
  await press('Search without filters');
  await screen.findByText('No message contains “xylophone”. Shorter words find more.');
  expect(document.activeElement).toBe(await box());
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

test('Enter opens nothing that was found for what stood there before', async () => {
  const fake = await openApp(chat);
  await type('question 88');
  await waitFor(() => expect(hits().length).toBe(1));
  const answer = fake.commands['search_messages']!;
  let release: (() => void) | undefined;
  fake.commands['search_messages'] = async (a) => {
    await new Promise<void>((done) => (release = done));
    return answer(a);
  };
  await type('question 70');
  await waitFor(() => expect(release).toBeDefined());
  await fireEvent.keyDown(await box(), { key: 'Enter' });
  expect(fake.calls.some((call) => call.command === 'open_at_message')).toBe(false);
  release!();
  await waitFor(() => expect(hits()[0]?.textContent).toContain('Question 70'));
  await fireEvent.keyDown(await box(), { key: 'Enter' });
  await waitFor(() => expect(place.page).toBe('chat'));
});
