// Changing what was asked: a version of its own, and the focus where the eye is.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { conversations } from '../src/state/conversations.svelte';
import { place } from '../src/state/place.svelte';
import { button, openApp, press } from './open-app';

const chat = { connections: CONNECTIONS, conversations: 4 };
const message = () => screen.findByRole('textbox', { name: 'Message' });

test('editing makes a version; the arrows go back', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await press('Edit message');
  const field = await screen.findByRole('textbox', { name: 'Edit text' });
  expect(document.activeElement).toBe(field);
  await button('Cancel');
  await fireEvent.input(field, { target: { value: 'Shorter, please' } });
  await press('Save and send');
  await waitFor(() => expect(screen.getByRole('article', { name: 'Your message' }).textContent).toContain('Shorter, please'));
  await waitFor(() => expect(conversations.current.turn).toBeNull());
  const versions = within(screen.getByRole('article', { name: 'Your message' })).getByRole('group', { name: 'Versions' });
  expect(versions.textContent).toContain('2 of 2');
  await fireEvent.click(within(versions).getByRole('button', { name: 'Previous version' }));
  await waitFor(() => expect(screen.getByRole('article', { name: 'Your message' }).textContent).toContain('1 of 2'));
});

test('Up in the empty composer edits the last message; Esc leaves editing', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await screen.findByRole('article', { name: 'Your message' });
  await fireEvent.keyDown(await message(), { key: 'ArrowUp' });
  const field = await screen.findByRole('textbox', { name: 'Edit text' });
  await fireEvent.keyDown(field, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Edit text' })).toBeNull());
});

test('who looks at another chat or page in the middle of an edit comes back to it', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await press('Edit message');
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Edit text' }), { target: { value: 'Half a thou' } });
  await fireEvent.click(screen.getByRole('link', { name: 'Usage' }));
  await screen.findByRole('heading', { name: 'Usage' });
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Edit text' })).value).toBe('Half a thou');
  await conversations.open(2);
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Edit text' })).toBeNull());
  await conversations.open(1);
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Edit text' });
  expect(field.value).toBe('Half a thou');
  await fireEvent.keyDown(field, { key: 'Escape' });
  await press('Edit message');
  expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Edit text' })).value).not.toBe('Half a thou');
});

test('the pencil gets the focus back from the field it opened, whose caret is in view', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  const own = await screen.findByRole('article', { name: 'Your message' });
  const height = vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockReturnValue(900);
  (await button('Edit message')).focus();
  await press('Edit message');
  const field = await screen.findByRole('textbox', { name: 'Edit text' });
  await waitFor(() => expect(field.scrollTop).toBe(900));
  height.mockRestore();
  await fireEvent.keyDown(field, { key: 'Escape' });
  await waitFor(() => expect(document.activeElement).toBe(within(own).getByRole('button', { name: 'Edit message' })));
});

test('after saving an edit the focus is in Message', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  (await button('Edit message')).focus();
  await press('Edit message');
  await fireEvent.keyDown(await screen.findByRole('textbox', { name: 'Edit text' }), { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Edit text' })).toBeNull());
  const field = await message();
  await waitFor(() => expect(document.activeElement).toBe(field));
});

test('what is sent or asked again meanwhile leaves an edit where it is, until what is edited is gone', async () => {
  await openApp({ ...chat, stepMs: 8 });
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await press('Edit message');
  const edited = () => screen.queryByRole<HTMLTextAreaElement>('textbox', { name: 'Edit text' });
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Edit text' }), { target: { value: 'Half a thou' } });
  await fireEvent.input(await message(), { target: { value: 'And another thing' } });
  await press('Send');
  await waitFor(() => expect(conversations.current.messages).toHaveLength(4));
  expect(edited()?.value).toBe('Half a thou');
  // Esc elsewhere means the answer.
  await fireEvent.keyDown(await message(), { key: 'Escape' });
  await waitFor(() => expect(conversations.current.turn).toBeNull());
  expect(conversations.current.last?.facts.status).toBe('stopped');
  expect(edited()?.value).toBe('Half a thou');
  await press('Save and send');
  await waitFor(() => expect(edited()).toBeNull());
  expect(conversations.current.edited).toBeNull();
});

test('an answer in one’s own words is not saved while another one comes, and stays', async () => {
  const fake = await openApp({ ...chat, stepMs: 8 });
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  await screen.findByRole('article', { name: 'Assistant message' });
  conversations.current.editing = conversations.current.last!.id;
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Edit text' });
  await fireEvent.input(field, { target: { value: 'In my words' } });
  await fireEvent.input(await message(), { target: { value: 'And another thing' } });
  await press('Send');
  await waitFor(() => expect(conversations.current.messages).toHaveLength(4));
  await fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
  expect(fake.calls.some((call) => call.command === 'edit_answer')).toBe(false);
  expect(field.isConnected).toBe(true);
  expect(field.value).toBe('In my words');
});

test('an edit that is come back to leaves the keyboard and the place where they are', async () => {
  await openApp(chat);
  await conversations.open(3);
  await screen.findAllByRole('article', { name: 'Your message' });
  const scrolled = vi.fn<(this: HTMLElement) => void>();
  const times = () => scrolled.mock.contexts.filter((box) => box.matches('form.edit')).length;
  HTMLElement.prototype.scrollIntoView = scrolled;
  for (const message of conversations.current.messages.slice(-2)) {
    scrolled.mockClear();
    conversations.current.editing = message.id;
    const field = await screen.findByRole('textbox', { name: 'Edit text' });
    await waitFor(() => expect(document.activeElement).toBe(field));
    await waitFor(() => expect(times()).toBeGreaterThan(0));
    await conversations.open(1);
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Edit text' })).toBeNull());
    const link = screen.getByRole('link', { name: 'Retry with jitter in Rust' });
    scrolled.mockClear();
    await conversations.open(3);
    link.focus();
    await screen.findByRole('textbox', { name: 'Edit text' });
    await new Promise((done) => setTimeout(done, 50));
    expect(document.activeElement?.closest('form.edit')).toBeNull();
    expect(times()).toBe(0);
    conversations.current.stopEditing();
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Edit text' })).toBeNull());
  }
  Reflect.deleteProperty(HTMLElement.prototype, 'scrollIntoView');
});

test('the pencil of another message leaves what was written of the first for when it is opened again', async () => {
  await openApp(chat);
  await conversations.open(3);
  await screen.findAllByRole('article', { name: 'Your message' });
  const { current } = conversations;
  const field = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Edit text' });
  const [first, second] = current.messages.filter((message) => message.role === 'user');
  current.editing = first!.id;
  await fireEvent.input(await field(), { target: { value: 'Half a thought' } });
  current.editing = second!.id;
  await waitFor(async () => expect((await field()).value).toBe(second!.text));
  current.editing = first!.id;
  await waitFor(async () => expect((await field()).value).toBe('Half a thought'));
  await fireEvent.keyDown(await field(), { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Edit text' })).toBeNull());
  current.editing = first!.id;
  await waitFor(async () => expect((await field()).value).toBe(first!.text));
  expect(current.hasEdits).toBe(true);
  current.stopEditing();
  expect(current.hasEdits).toBe(false);
});

test('Esc on another page leaves an edit in the chat behind it', async () => {
  await openApp(chat);
  await conversations.open(3);
  await screen.findAllByRole('article', { name: 'Your message' });
  conversations.current.editing = conversations.current.messages[0]!.id;
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Edit text' }), { target: { value: 'Half a thought' } });
  place.usage();
  await screen.findByRole('heading', { name: 'Usage' });
  await fireEvent.keyDown(document.body, { key: 'Escape' });
  place.chat();
  await waitFor(() => expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Edit text' }).value).toBe('Half a thought'));
});
