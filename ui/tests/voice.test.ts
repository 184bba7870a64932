// Dictation and reading aloud, as far as the page goes: it has no microphone, and only shows what native code tells.
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { failure } from '../src/ipc/fake';
import { SCENES } from '../src/ipc/fake-scenes';
import type { VoiceChoice } from '../src/ipc/bindings/types';
import { conversations } from '../src/state/conversations.svelte';
import { place } from '../src/state/place.svelte';
import { voice } from '../src/state/voice.svelte';
import { words } from '../src/words';
import { button, commandsOf, openApp, press, status } from './open-app';

const chat = { ...SCENES['chat']!, conversations: 2, windowMs: 0 };
const chosen: VoiceChoice = { listener: { connectionId: 'connection-1', model: 'whisper-1' }, speaker: { by: 'system' }, speed: 0 };
const field = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });

beforeEach(() => {
  voice.phase = 'off';
  voice.reading = null;
  place.layer = null;
  place.narrow = false;
});

test('who has chosen nobody is led to where it is chosen', async () => {
  const fake = await openApp(chat);
  await press('Dictate');
  await screen.findByRole('combobox', { name: 'Who writes down' });
  expect(commandsOf(fake)).not.toContain('begin_dictation');
});

test('what is said goes in at the caret, and says where it goes and what it costs', async () => {
  const fake = await openApp({ ...chat, voice: { choice: chosen, heard: 'three words more' } });
  const text = await field();
  await fireEvent.input(text, { target: { value: 'First Last' } });
  text.setSelectionRange(5, 5);
  await press('Dictate');
  await screen.findByText('0:00 of 10:00');
  expect(screen.getByText('Goes to Personal when you press Finish, $0.006 a minute')).toBeTruthy();
  fake.voice.hear({ lengthMs: 65_000, loud: 70 });
  await screen.findByText('1:05 of 10:00');
  await press('Finish');
  await waitFor(() => expect(text.value).toBe('First three words more Last'));
  expect(conversations.current.draft).toBe('First three words more Last');
  expect(screen.queryByRole('region', { name: 'Dictation' })).toBeNull();
  expect(status()).toBe('Written down, $0.0012');
});

test('a take can be paused, thrown away, and ends by itself', async () => {
  const fake = await openApp({ ...chat, voice: { choice: chosen } });
  await fireEvent.keyDown(window, { key: 'D', code: 'KeyD', ctrlKey: true, shiftKey: true });
  await press('Pause');
  await press('Go on');
  expect(fake.calls.filter((call) => call.command === 'pause_dictation').map((call) => call.args['paused'])).toEqual([true, false]);
  fake.voice.hear({ lengthMs: 600_000, ended: 'full' });
  await screen.findByText('This take is as long as it may be. Finish writes it down.', { selector: '.dictation-note' });
  await press('Cancel');
  expect(commandsOf(fake)).not.toContain('finish_dictation');
  expect(status()).toBe('Dictation cancelled, nothing was sent');
  expect(document.activeElement).toBe(await field());
});

test.each(['slept', 'unseen'] as const)('a take that ended (%s) says why and is still written down', async (ended) => {
  const fake = await openApp({ ...chat, voice: { choice: chosen, heard: 'before' } });
  await press('Dictate');
  await press('Pause');
  fake.voice.hear({ lengthMs: 9_000, ended });
  await screen.findByText(words.voice.ended[ended], { selector: '.dictation-note' });
  expect(status()).toBe(words.voice.ended[ended]);
  expect(screen.queryByRole('button', { name: 'Go on' })).toBeNull();
  await press('Finish');
  await waitFor(async () => expect((await field()).value).toBe('before'));
});

test('what could not be written down is kept and tried again; silence is said', async () => {
  const options = { choice: chosen, refused: failure('offline') };
  const fake = await openApp({ ...chat, voice: options });
  await press('Dictate');
  await press('Finish');
  await screen.findByText('You’re offline', { selector: 'b' });
  expect(screen.getByText(/What you said is kept until you cancel/)).toBeTruthy();
  options.refused = failure('nothingSaid');
  await press('Try again');
  await screen.findByText(/^Only silence was heard/, { selector: '.toast *, .toast' });
  expect(fake.calls.filter((call) => call.command === 'finish_dictation').length).toBe(2);
  expect(voice.phase).toBe('off');
});

test('without a microphone it says so and nothing begins', async () => {
  await openApp({ ...chat, voice: { choice: chosen, noMicrophone: failure('noSoundDevice') } });
  await press('Dictate');
  await screen.findByText('There is no sound device');
  expect(screen.queryByRole('region', { name: 'Dictation' })).toBeNull();
});

test('an answer is read aloud, one at a time, and stops by a press or by Escape', async () => {
  const fake = await openApp({ ...chat, voice: { choice: chosen } });
  await conversations.open(1);
  await screen.findAllByRole('article');
  await fireEvent.click((await screen.findAllByRole('button', { name: 'Read aloud' })).at(-1)!);
  await button('Stop reading');
  await fireEvent.keyDown(window, { key: 'Escape', code: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Stop reading' })).toBeNull());
  expect(commandsOf(fake).filter((command) => command === 'stop_reading').length).toBe(1);
});

test('who hears and who reads is chosen in the settings, with its price', async () => {
  const fake = await openApp(chat);
  place.settings('voice');
  const listener = await screen.findByRole('combobox', { name: 'Who writes down' });
  await fireEvent.change(listener, { target: { value: 'connection-1 whisper-1' } });
  await screen.findByText('$0.006 a minute');
  await fireEvent.change(await screen.findByRole('combobox', { name: 'Who reads' }), { target: { value: 'connection-1 tts-1' } });
  await screen.findByText('$15 a million characters');
  await fireEvent.change(await screen.findByRole('combobox', { name: 'Voice' }), { target: { value: 'nova' } });
  await fireEvent.change(await screen.findByRole('combobox', { name: 'Who writes down' }), { target: { value: 'connection-2 ' } });
  await fireEvent.change(await screen.findByRole('textbox', { name: 'Model' }), { target: { value: 'my-whisper' } });
  await waitFor(() => {
    const last = fake.calls.findLast((call) => call.command === 'choose_voice');
    expect(last?.args['choice']).toEqual({ listener: { connectionId: 'connection-2', model: 'my-whisper' }, speaker: { by: 'model', connectionId: 'connection-1', model: 'tts-1', voice: 'nova' }, speed: 0 });
  });
});

test('the keyboard stays at what is pressed while an answer comes, when it has ended', async () => {
  await openApp({ ...chat, stepMs: 2, answer: ['<p dir="auto">One two three four five six seven eight nine ten.</p>'] });
  const ask = async (text: string) => {
    await fireEvent.input(await field(), { target: { value: text } });
    await press('Send');
    await waitFor(() => expect(conversations.current.last?.hasAnswer).toBe(true));
    expect(conversations.current.turn).not.toBeNull();
  };
  const ended = async () => {
    await waitFor(() => expect(conversations.current.turn).toBeNull());
    await new Promise((done) => setTimeout(done, 20));
  };
  await ask('One');
  (await button('Read aloud')).focus();
  const was = document.activeElement;
  await ended();
  expect(was!.isConnected).toBe(false);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Read aloud' }));
  await ask('Two');
  (await button('Stop')).focus();
  await ended();
  expect(document.activeElement).toBe(await field());
});

test('cancelled before there is a take, it is cancelled once there is one', async () => {
  const fake = await openApp({ ...chat, voice: { choice: chosen, heard: 'three words more' } });
  const begin = fake.commands['begin_dictation']!;
  let release: (() => void) | undefined;
  fake.commands['begin_dictation'] = async (a) => {
    await new Promise<void>((done) => (release = done));
    return begin(a);
  };
  await press('Dictate');
  await waitFor(() => expect(release).toBeDefined());
  await voice.cancel();
  expect(voice.phase).toBe('off');
  const before = commandsOf(fake).filter((command) => command === 'cancel_dictation').length;
  release!();
  await waitFor(() => expect(commandsOf(fake).filter((command) => command === 'cancel_dictation').length).toBe(before + 1));
  expect(voice.phase).toBe('off');
});
