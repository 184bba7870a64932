// What an act answers with, where the eye is.
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { tipOf } from '../src/app/tip';
import { failure } from '../src/ipc/fake';
import { SCENES } from '../src/ipc/fake-scenes';
import { conversations } from '../src/state/conversations.svelte';
import { notices } from '../src/state/notices.svelte';
import { place } from '../src/state/place.svelte';
import { showTick } from '../src/ui/tick';
import { words } from '../src/words';
import { age } from '../src/words/format';
import { button, openApp, press, status } from './open-app';

const chat = SCENES['chat']!;
const message = () => screen.findByRole('textbox', { name: 'Message' }) as Promise<HTMLTextAreaElement>;
const openFirst = async () => {
  await fireEvent.click(screen.getByRole('link', { name: 'Retry with jitter in Rust' }));
  return (await screen.findAllByRole('article', { name: 'Assistant message' }))[0]!;
};
const picture = (of: Element) => of.querySelector('use')!.getAttribute('href');

test('copying shows a tick on the button, for a moment', async () => {
  await openApp(chat);
  await openFirst();
  const copy = await button('Copy answer');
  const before = picture(copy);
  await fireEvent.click(copy);
  await waitFor(() => expect(picture(copy)).toBe('#i-check'));
  await waitFor(() => expect(picture(copy)).toBe(before));
});

test('pressed twice, the tick still goes back to what was there', () => {
  vi.useFakeTimers();
  const box = document.createElement('button');
  box.innerHTML = '<svg><use href="#i-copy"/></svg>';
  showTick(box);
  vi.advanceTimersByTime(1000);
  showTick(box);
  vi.advanceTimersByTime(5000);
  expect(picture(box)).toBe('#i-copy');
  vi.useRealTimers();
});

test('a failure is said beside the button that was pressed', async () => {
  const fake = await openApp(chat);
  await openFirst();
  fake.commands['copy_message'] = () => {
    throw failure('internal');
  };
  const copy = await button('Copy answer');
  await fireEvent.click(copy);
  await waitFor(() => expect(notices.toast?.beside).toBe(copy));
  expect(picture(copy)).not.toBe('#i-check');
  await waitFor(() => expect(document.querySelector('.toast')?.classList).toContain('is-beside'));
});

test('Status says nothing of another page', async () => {
  await openApp(chat);
  await openFirst();
  await press('Copy answer');
  await waitFor(() => expect(status()).toMatch(/^Copied/));
  await fireEvent.click(screen.getByRole('link', { name: 'Keys & providers' }));
  await waitFor(() => expect(status()).toBe(''));
});

test('a starter is put into what is typed, not over it', async () => {
  await openApp(chat);
  const field = await message();
  await fireEvent.input(field, { target: { value: 'First. ' } });
  field.setSelectionRange(7, 7);
  await press('Explain something In plain words, with an example');
  await waitFor(() => expect(conversations.current.draft).toBe('First. Explain in plain words, with one example: '));
  expect(document.activeElement).toBe(field);
});

test('a system prompt can be seen, and is opened by a click', async () => {
  await openApp(chat);
  expect(screen.queryByRole('button', { name: 'System prompt' })).toBeNull();
  conversations.current.systemPrompt = 'Answer in one line.';
  await press('System prompt');
  const field = (await screen.findByRole('textbox', { name: 'System prompt text' })) as HTMLTextAreaElement;
  expect(field.value).toBe('Answer in one line.');
});

test('editing brings its field into view and lets go of the end', async () => {
  await openApp(chat);
  await openFirst();
  const seen: Element[] = [];
  Element.prototype.scrollIntoView = function () {
    seen.push(this);
  };
  await fireEvent.keyDown(await message(), { key: 'ArrowUp' });
  await screen.findByRole('textbox', { name: 'Edit text' });
  await waitFor(() => expect(seen.some((element) => element.matches('form.edit'))).toBe(true));
});

test('the chip of the system prompt tells it in a tooltip of ours', async () => {
  await openApp(SCENES['chat']!);
  conversations.current.systemPrompt = `Answer in verse. ${'la '.repeat(400)}`;
  const chip = await button('System prompt');
  expect(chip.hasAttribute('title')).toBe(false);
  const tip = tipOf(chip.firstElementChild!)!;
  expect(tip.owner).toBe(chip);
  expect(tip.text.startsWith('Answer in verse.')).toBe(true);
  expect(tip.text.length).toBeLessThanOrEqual(600);
});

test('instructions that can’t be saved say why, and stay', async () => {
  const fake = await openApp({ ...SCENES['chat']!, conversations: 2 });
  await fireEvent.click(screen.getAllByRole('link')[0]!);
  await screen.findAllByRole('article');
  fake.commands['set_system_prompt'] = () => {
    throw failure('diskFull');
  };
  place.layer = 'systemPrompt';
  await fireEvent.input(await screen.findByRole('textbox', { name: 'System prompt text' }), { target: { value: 'In verse.' } });
  await press('Save');
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('The disk is full');
  expect(alert.textContent).toContain('Your text is still here');
  expect((screen.getByRole('textbox', { name: 'System prompt text' }) as HTMLTextAreaElement).value).toBe('In verse.');
});

test('a tooltip says the name of a picture with its keys, and the whole of a shortened text', () => {
  const box = document.createElement('div');
  box.innerHTML = '<button aria-label="New chat" aria-keyshortcuts="Control+N"><svg></svg></button><button>Words</button><span class="clip">A long text</span>';
  const [named, worded, text] = [...box.children] as HTMLElement[];
  expect(tipOf(named!.firstElementChild!)).toMatchObject({ owner: named, text: 'New chat', keys: ['Ctrl', 'N'] });
  expect(tipOf(worded!)).toBeNull();
  expect(tipOf(text!)).toBeNull();
  Object.defineProperties(text!, { scrollWidth: { value: 200 }, clientWidth: { value: 100 } });
  expect(tipOf(text!)).toMatchObject({ text: 'A long text', keys: null });
});

test('every button without words has a name to show', async () => {
  await openApp(chat);
  await openFirst();
  for (const bare of document.querySelectorAll('button, a')) {
    if (bare.textContent?.trim() === '') expect(bare.getAttribute('aria-label'), bare.outerHTML).toBeTruthy();
  }
});

test('a button that was disabled while its act ran has the focus again', async () => {
  const fake = await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Keys & providers' }));
  await press('More for Personal');
  let done: (() => void) | undefined;
  fake.commands['remove_connection'] = () => new Promise((_, no) => (done = () => no(failure('cancelled'))));
  await fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
  const revoke = (await button('Revoke key Personal')) as HTMLButtonElement;
  revoke.focus();
  await fireEvent.click(revoke);
  await waitFor(() => expect(revoke.disabled).toBe(true));
  // The engine takes the focus of what is disabled, without a word.
  (document.activeElement as HTMLElement | null)?.blur();
  done!();
  await waitFor(() => expect(document.activeElement).toBe(revoke));
  await waitFor(() => expect(status()).toBe('Cancelled. Nothing was changed.'));
});

test('leaving the wizard by “Back to Latchkey” leaves the keyboard somewhere', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Keys & providers' }));
  await press('Add key');
  await press('Back to Latchkey');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Keys & providers' })));
});

test('what doesn’t apply to a connection isn’t in its card', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Keys & providers' }));
  const local = await screen.findByRole('article', { name: 'Key Ollama' });
  expect(local.textContent).not.toMatch(/Not applicable|Nothing to keep|Kept in/);
});

test('finding that takes long says so, and ends with a count', async () => {
  const fake = await openApp(chat);
  await openFirst();
  let come: (() => void) | undefined;
  fake.commands['find_in_conversation'] = () => new Promise((found) => (come = () => found([])));
  await press('Find in chat');
  const field = await screen.findByRole('searchbox', { name: 'Find in chat' });
  await fireEvent.input(field, { target: { value: 'jitter' } });
  await screen.findByText('Searching');
  await waitFor(() => expect(come).toBeDefined());
  come!();
  // It stands in the field, and Status says it too.
  await screen.findAllByText('No matches');
  expect(screen.queryByText('Searching')).toBeNull();
});

test('the practice banner can be put away', async () => {
  await openApp(SCENES['practice']!);
  await screen.findByText('You’re practising');
  await press('Dismiss');
  await waitFor(() => expect(screen.queryByText('You’re practising')).toBeNull());
  place.practiceBannerAway = false;
});

test('ages and reasoning in the words a person would use', () => {
  const DAY = 86_400_000;
  const ages = [0, 1, 13, 14, 60, 61, 94, 730, 731, 1096].map((days) => age(0, days * DAY + 1));
  expect(ages).toEqual(['Made today', '1 day', '13 days', '2 weeks', '8 weeks', '2 months', '3 months', '23 months', '2 years', '3 years']);
  expect([null, 0, 499, 500, 6200].map(words.chat.reasoning)).toEqual(['Reasoning', 'Reasoning', 'Reasoning', 'Reasoning, 1 s', 'Reasoning, 6 s']);
});

test('removing a key leaves the keyboard at what is said of it, and then at the page', async () => {
  await openApp(chat);
  await fireEvent.click(screen.getByRole('link', { name: 'Keys & providers' }));
  await press('Revoke key Personal');
  await waitFor(() => expect(document.activeElement?.closest('.banner')).not.toBeNull());
  await press('Dismiss');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Keys & providers' })));
});
