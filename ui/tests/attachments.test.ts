// Files that go with a message: shown as chips, taken off, sent, kept by a draft, and refused in words.
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { failure } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { fakeFile } from '../src/ipc/fake-files';
import { unknownModel } from '../src/ipc/unknown-model';
import { conversations } from '../src/state/conversations.svelte';
import type { Attachment, Model, Takes } from '../src/ipc/bindings/types';
import { words } from '../src/words';
import { button, openApp, press, status } from './open-app';

const chat = { connections: CONNECTIONS, conversations: 4 };
const message = () => screen.findByRole('textbox', { name: 'Message' });
const composer = () => within(screen.getByRole('form', { name: 'Write a message' }));
const chips = () => composer().getByRole('list', { name: 'Attachments' });
const send = async () => (await button('Send')) as HTMLButtonElement;

test('what is picked is shown with its name and goes with the message, alone or with words', async () => {
  const app = await openApp(chat);
  await press('Attach files');
  expect(await screen.findByText('floor-plan.png')).toBeTruthy();
  await waitFor(() => expect(status()).toBe('2 files attached'));
  expect(within(chips()).getByRole('img', { name: 'Preview of floor-plan.png' })).toBeTruthy();
  expect(within(chips()).getByText(/^14 pages/)).toBeTruthy();
  await waitFor(async () => expect((await send()).disabled).toBe(false));
  await fireEvent.click(await send());
  const own = await screen.findByRole('article', { name: 'Your message' });
  expect(within(own).getByRole('list', { name: 'Attachments' }).textContent).toContain('tenancy-2026.pdf');
  expect(composer().queryByRole('list', { name: 'Attachments' })).toBeNull();
  const input = app.calls.find((c) => c.command === 'send_message')?.args['input'] as { files: number[]; text: string };
  expect(input).toMatchObject({ files: [1, 2], text: '' });
});

test('how much a file is to read, and what would be in its way, is said before it is sent', async () => {
  await openApp({ ...chat, inTheWay: failure('tooManyPictures', '6 pictures; the most is 5', 'Groq') });
  await press('Attach files');
  expect(await screen.findByText('291 KB, about 765 tokens')).toBeTruthy();
  expect(within(chips()).getByText('14 pages, about 9,200 tokens')).toBeTruthy();
  expect(screen.getByText('Too many pictures for Groq: 6 pictures; the most is 5')).toBeTruthy();
});

test('what is taken off is gone, and the keyboard goes on with the next one', async () => {
  const app = await openApp(chat);
  await press('Attach files');
  await press('Remove floor-plan.png');
  await waitFor(() => expect(screen.queryByText('floor-plan.png')).toBeNull());
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Remove tenancy-2026.pdf'));
  await press('Remove tenancy-2026.pdf');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' })));
  expect(app.calls.filter((c) => c.command === 'detach_file').map((c) => c.args['id'])).toEqual([1, 2]);
  expect((await send()).disabled).toBe(true);
});

test('a file that can’t be read turns red and keeps Send off until it is taken away', async () => {
  await openApp({ ...chat, files: [fakeFile('a.png'), { type: 'refused', name: 'old.heic', problem: 'heic' }] });
  await press('Attach files');
  expect((await screen.findByRole('alert')).textContent).toBe('A HEIC photo. Export it as JPEG');
  await waitFor(() => expect(status()).toBe('1 file can’t be attached'));
  await fireEvent.input(await message(), { target: { value: 'Look' } });
  expect((await send()).disabled).toBe(true);
  await press('Remove old.heic');
  await waitFor(async () => expect((await send()).disabled).toBe(false));
});

const drop = (files: File[]) => {
  const data = { types: ['Files'], files };
  const event = new Event('drop', { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: data });
  window.dispatchEvent(event);
  return event;
};

test('thirty files that are dropped at once are all attached, and an empty one and a huge one are named', async () => {
  const app = await openApp(chat);
  await message();
  const files = Array.from({ length: 30 }, (_, n) => new File(['x'], `photo ${n}.png`));
  const huge = new File(['x'], 'film.png');
  Object.defineProperty(huge, 'size', { value: 100 * 1024 * 1024 });
  expect(drop([...files, new File([], 'empty.png'), huge]).defaultPrevented).toBe(true);
  await waitFor(() => expect(within(chips()).getAllByRole('listitem')).toHaveLength(32));
  expect(within(chips()).getByText('Larger than 50 MB')).toBeTruthy();
  expect(within(chips()).getByText('The file is empty')).toBeTruthy();
  const handed = app.calls.filter((c) => c.command === 'attach_bytes');
  expect(handed).toHaveLength(30);
  expect(handed[3]?.args).toMatchObject({ 'latchkey-name': 'photo%203.png', bytes: new Uint8Array([120]) });
  expect(handed[3]?.args['latchkey-conversation']).toBeUndefined();
});

test('what is dropped that is no file is left to the field', async () => {
  await openApp(chat);
  const event = new Event('drop', { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: { types: ['text/plain'], files: [] } });
  (await message()).dispatchEvent(event);
  expect(event.defaultPrevented).toBe(false);
});

describe('pasting', () => {
  const paste = async (text: string, files: File[] = []) => {
    const event = new Event('paste', { bubbles: true, cancelable: true });
    Object.assign(event, { clipboardData: { types: [], files, getData: () => text } });
    (await message()).dispatchEvent(event);
    return event;
  };

  test('a picture that only native code sees is asked for there', async () => {
    const app = await openApp({ ...chat, pasted: [fakeFile('pasted.png')] });
    await paste('');
    expect(await screen.findByText('pasted.png')).toBeTruthy();
    expect(app.calls.some((c) => c.command === 'attach_pasted')).toBe(true);
  });

  test('a picture that the page has is handed on, and words stay words', async () => {
    const app = await openApp(chat);
    await paste('', [new File(['x'], 'image.png')]);
    expect(await screen.findByText('image.png')).toBeTruthy();
    expect((await paste('some words', [new File(['x'], 'chart.png')])).defaultPrevented).toBe(false);
    expect(app.calls.filter((c) => c.command.startsWith('attach'))).toHaveLength(1);
  });

  test('a long text becomes a file, and goes back into the message at the caret', async () => {
    const app = await openApp(chat);
    const field = (await message()) as HTMLTextAreaElement;
    await fireEvent.input(field, { target: { value: 'Shorten this: please' } });
    const long = 'word '.repeat(2_001);
    expect((await paste(long)).defaultPrevented).toBe(true);
    await waitFor(() => expect(status()).toBe('The long text is attached as a file'));
    expect(app.calls.find((c) => c.command === 'attach_bytes')?.args).toMatchObject({ 'latchkey-name': 'Pasted%20text.txt', bytes: new TextEncoder().encode(long) });
    field.setSelectionRange(14, 14);
    await press('Put the text back');
    await waitFor(() => expect(field.value).toMatch(/^Shorten this: (Pasted words\. ){1000}please$/));
    expect(composer().queryByRole('list', { name: 'Attachments' })).toBeNull();
    expect((await paste('word '.repeat(2_000))).defaultPrevented).toBe(false);
  });

  test('a long text that can’t be attached stays words', async () => {
    const app = await openApp(chat);
    app.commands['attach_bytes'] = () => [{ type: 'refused', name: 'x', problem: 'tooMany' }];
    const long = 'word '.repeat(2_001);
    await paste(long);
    await waitFor(async () => expect(((await message()) as HTMLTextAreaElement).value).toBe(long));
  });
});

test('a file of a message is saved where the person says natively', async () => {
  const app = await openApp(chat);
  await press('Attach files');
  await waitFor(async () => expect((await send()).disabled).toBe(false));
  await fireEvent.click(await send());
  await press('Save tenancy-2026.pdf as');
  await waitFor(() => expect(status()).toBe('File saved'));
  expect(app.calls.find((c) => c.command === 'save_attachment')?.args).toMatchObject({ place: 2 });
});

test('a draft keeps its files while another chat is shown', async () => {
  await openApp(chat);
  await press('Attach files');
  await screen.findByText('floor-plan.png');
  await fireEvent.click(screen.getByRole('link', { name: 'Release checklist 0.9' }));
  await waitFor(() => expect(screen.queryByText('floor-plan.png')).toBeNull());
  await press('New chat');
  expect(await screen.findByText('floor-plan.png')).toBeTruthy();
});

test('a model that takes no pictures says so, with ways on, and nothing is lost', async () => {
  await openApp({ ...chat, refuse: failure('noPictures', 'gpt-5.1 is known to take words only', 'OpenAI') });
  await press('Attach files');
  await screen.findByText('floor-plan.png');
  await fireEvent.input(await message(), { target: { value: 'What is this?' } });
  await press('Send');
  expect(await screen.findByText('gpt-5.1 takes no pictures')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Choose a model' })).toBeTruthy();
  await press('Remove the pictures');
  await waitFor(() => expect(screen.queryByText('gpt-5.1 takes no pictures')).toBeNull());
  expect(screen.queryByText('floor-plan.png')).toBeNull();
  expect(screen.getByText('tenancy-2026.pdf')).toBeTruthy();
  expect(((await message()) as HTMLTextAreaElement).value).toBe('What is this?');
});

/** What a model of which nothing is known takes, and this. */
const taking = (takes: Partial<Takes>): Takes => ({ pictures: null, mostPictures: null, documents: false, pages: null, hears: null, audio: [], ...takes });
const fileOf = (name: string) => (fakeFile(name) as { attachment: Attachment }).attachment;

test('how a file goes to a model', () => {
  const { note } = words.attachments;
  const [pdf, gif] = [fileOf('a.pdf'), fileOf('a.gif')];
  const reads = taking({ pictures: true, documents: true, pages: 100 });
  expect(note(pdf, reads)).toBe('14 pages');
  expect(note(pdf, taking({ pictures: true, documents: true, pages: 10 }))).toBe('14 pages, as text');
  expect(note({ ...pdf, cut: true }, taking({}))).toBe('14 pages, as text, not all of it');
  expect(note({ ...pdf, words: false }, taking({}))).toBe('14 pages, and no text in it');
  expect(note(fileOf('costs.xlsx'), reads)).toBe('3 sheets, as text');
  expect(note({ ...fileOf('letter.docx'), cut: true }, null)).toBe('24 KB, as text, not all of it');
  expect(note(gif, null)).toBe('291 KB, first frame');
  expect(note(gif, taking({ pictures: false }))).toBe('291 KB, first frame, not for this model');
});

test('how a scan goes to a model', () => {
  const { note } = words.attachments;
  const scan = fileOf('scan.pdf');
  expect(note(scan, null)).toBe('30 pages, a scan');
  expect(note(scan, taking({ documents: true, pages: 100 }))).toBe('30 pages');
  expect(note(scan, taking({}))).toBe('30 pages, a scan: the first 20 as pictures');
  expect(note({ ...scan, pages: 20 }, taking({ pictures: true }))).toBe('20 pages, a scan: all as pictures');
  expect(note({ ...scan, words: true }, taking({ mostPictures: 5 }))).toBe('30 pages, a scan: the first 5 as pictures, and its text');
  expect(note(scan, taking({ documents: true, pages: 10 }))).toBe('30 pages, a scan: the first 20 as pictures');
  expect(note(scan, taking({ pictures: false }))).toBe('30 pages, and no text in it');
});

test('a scan that a model can’t see is red before it is sent, with the models that can a press away', async () => {
  const [blind, seeing] = [{ ...unknownModel('gpt-5.1'), takes: taking({ pictures: false }) }, { ...unknownModel('sees'), seesImages: true, takes: taking({ pictures: true }) }];
  await openApp({ ...chat, connections: CONNECTIONS.slice(0, 1), files: [fakeFile('scan.pdf')], models: [blind, seeing] });
  await press('Attach files');
  await screen.findByText('scan.pdf');
  expect((await within(chips()).findByRole('alert')).textContent).toMatch(/^30 pages, and no text in it/);
  await press('Choose a model that sees');
  await fireEvent.click(await screen.findByRole('option', { name: 'sees' }));
  await waitFor(() => expect(within(chips()).getByText(/^30 pages, a scan: the first 20 as pictures, about/)).toBeTruthy());
  expect(within(chips()).getByRole('img', { name: 'Preview of scan.pdf' })).toBeTruthy();
});

test('how audio goes to a model', () => {
  const { note } = words.attachments;
  const talk = fileOf('talk.m4a');
  expect(note(talk, null)).toBe('M4A, 3:05, 2.4 MB');
  expect(note(talk, taking({ audio: ['wav', 'm4a'] }))).toBe('M4A, 3:05, 2.4 MB');
  expect(note(talk, taking({ audio: ['wav', 'mp3'] }))).toBe('M4A, 3:05, 2.4 MB; this model takes WAV, MP3');
  expect(note(talk, taking({ hears: false }))).toBe('M4A, 3:05, 2.4 MB, not for this model');
  expect(note({ ...talk, lengthMs: null }, null)).toBe('M4A, 2.4 MB');
  expect(note({ ...talk, lengthMs: 3_760_000 }, null)).toBe('M4A, 1:02:40, 2.4 MB');
});

const hearing = (id: string): Model => ({ ...unknownModel(id), contextTokens: 128_000, takes: taking({ hears: true, audio: ['wav', 'mp3'] }) });

test('audio that a model doesn’t hear is red before it is sent, with the models that do a press away', async () => {
  await openApp({ ...chat, connections: CONNECTIONS.slice(0, 1), files: [fakeFile('talk.mp3')], models: [unknownModel('gpt-5.1'), hearing('gpt-audio')] });
  await press('Attach files');
  await screen.findByText('talk.mp3');
  expect((await within(chips()).findByRole('alert')).textContent).toMatch(/^MP3, 3:05, 2.4 MB, not for this model/);
  await press('Choose a model that hears');
  expect(screen.getByRole('button', { name: 'Hear audio' }).getAttribute('aria-pressed')).toBe('true');
  const option = await screen.findByRole('option', { name: 'gpt-audio' });
  expect(screen.queryByRole('option', { name: 'gpt-5.1' })).toBeNull();
  expect(within(option).getByRole('img', { name: 'Hears audio' })).toBeTruthy();
  await fireEvent.click(option);
  await waitFor(() => expect(within(chips()).queryByRole('alert')).toBeNull());
  expect(within(chips()).getByText(/^MP3, 3:05, 2.4 MB/)).toBeTruthy();
  // The list is whole again for whoever opens it next.
  await press('Model: gpt-audio');
  expect(screen.getByRole('button', { name: 'Hear audio' }).getAttribute('aria-pressed')).toBe('false');
});

test('audio that was refused says so, with ways on, and the rest stays', async () => {
  await openApp({ ...chat, files: [fakeFile('talk.mp3'), fakeFile('a.txt')], refuse: failure('noAudio', 'gpt-5.1 is not known to hear', 'OpenAI') });
  await press('Attach files');
  await screen.findByText('talk.mp3');
  await press('Send');
  expect(await screen.findByText('gpt-5.1 takes no audio')).toBeTruthy();
  await press('Remove the audio');
  await waitFor(() => expect(screen.queryByText('gpt-5.1 takes no audio')).toBeNull());
  expect(screen.queryByText('talk.mp3')).toBeNull();
  expect(screen.getByText('a.txt')).toBeTruthy();
});

test('audio is written down by whoever writes down what is dictated, and its words take its place', async () => {
  const listener = { connectionId: 'connection-1', model: 'whisper-1' };
  const app = await openApp({ ...chat, files: [fakeFile('talk.mp3'), fakeFile('a.png')], voice: { choice: { listener, speaker: null, speed: 0 } } });
  await press('Attach files');
  await screen.findByText('talk.mp3');
  await press('Write down talk.mp3');
  expect(await screen.findByText('talk.mp3.txt')).toBeTruthy();
  await waitFor(() => expect(status()).toBe('Written down, $0.0185'));
  expect(within(chips()).getAllByRole('listitem').map((chip) => chip.querySelector('.clip')?.textContent)).toEqual(['talk.mp3.txt', 'a.png']);
  expect(document.activeElement).toBe(await message());
  expect(app.calls.find((c) => c.command === 'write_down_attachment')?.args).toEqual({ conversationId: null, id: 1 });
});

test('who has gone on elsewhere while audio is written down, or a message is being sent, stays there', async () => {
  const listener = { connectionId: 'connection-1', model: 'whisper-1' };
  const app = await openApp({ ...chat, conversations: 2, files: [fakeFile('talk.mp3')], voice: { choice: { listener, speaker: null, speed: 0 } } });
  await press('Attach files');
  await screen.findByText('talk.mp3');
  const slowly = (command: string) => {
    const act = app.commands[command]!;
    let go = () => {};
    const held = new Promise<void>((done) => (go = done));
    app.commands[command] = async (args) => (await held, act(args));
    return go;
  };
  const elsewhere = screen.getByRole('link', { name: 'Retry with jitter in Rust' });
  const written = slowly('write_down_attachment');
  (await button('Write down talk.mp3')).focus();
  await press('Write down talk.mp3');
  elsewhere.focus();
  written();
  await screen.findByText('talk.mp3.txt');
  await waitFor(() => expect(status()).toBe('Written down, $0.0185'));
  expect(document.activeElement).toBe(elsewhere);
  const sent = slowly('send_message');
  await press('Send');
  elsewhere.focus();
  sent();
  await screen.findByRole('article', { name: 'Your message' });
  await waitFor(() => expect(conversations.current.turn).toBeNull());
  expect(document.activeElement).toBe(elsewhere);
});

test('where nobody writes down yet, one is chosen first', async () => {
  await openApp({ ...chat, files: [fakeFile('talk.mp3')] });
  await press('Attach files');
  await screen.findByText('talk.mp3');
  await press('Write down talk.mp3');
  expect(await screen.findByText('Choose first who writes down what you say')).toBeTruthy();
});
