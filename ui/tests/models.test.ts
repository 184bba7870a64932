// The picker of models: short lists, long ones, none, and names that stand in no list.
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { fetchable, groups, typed } from '../src/features/models/listing';
import type { Connection, Marks, Model } from '../src/ipc/bindings/types';
import { failure, type FakeOptions } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { unknownModel } from '../src/ipc/unknown-model';
import { marks } from '../src/state/marks.svelte';
import { readable } from '../src/ui/readable';
import { words } from '../src/words';
import { openApp, status } from './open-app';

const model = unknownModel;
const [openAi, anthropic] = CONNECTIONS as readonly [Connection, Connection];

/** The app with the picker open, where every connection offers these. */
async function opened(list: () => readonly Model[], options: FakeOptions = { connections: [openAi] }) {
  const fake = await openApp(options);
  const invoke = fake.invoke.bind(fake);
  fake.invoke = (async (command: string, args: Record<string, unknown>) => (command === 'list_models' ? list() : invoke(command, args))) as typeof fake.invoke;
  await fireEvent.click(await screen.findByRole('button', { name: 'Model: gpt-5.1' }));
  return { fake, field: await screen.findByRole('combobox', { name: 'Filter models' }) };
}

const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });

describe('a name that stands in no list', () => {
  test('can be typed and taken', async () => {
    const { fake, field } = await opened(() => [model('gpt-5.1')]);
    await type(field, 'house-model');
    await screen.findByRole('option', { name: 'Use “house-model” with Personal' });
    screen.getByText('No listed model is called that.');
    await fireEvent.keyDown(field, { key: 'Enter' });
    await screen.findByRole('button', { name: 'Model: house-model' });
    expect(fake.calls.find((c) => c.command === 'choose_model')?.args).toMatchObject({ model: 'house-model' });
  });

  test('can be typed where the list cannot be had', async () => {
    const { field } = await opened(() => {
      throw failure('addressNotFound');
    });
    await screen.findByText(/Couldn’t list the models/);
    await type(field, 'house-model');
    await fireEvent.click(await screen.findByRole('option', { name: 'Use “house-model” with Personal' }));
    await screen.findByRole('button', { name: 'Model: house-model' });
  });

  test('is offered over every connection that does not list it, the chosen one first', () => {
    const offers = { [openAi.id]: { models: [model('a')], problem: null } };
    const over = (filter: string, chosen: string | null) => typed([openAi, anthropic], offers, filter, chosen).map((c) => c.connectionId);
    expect(over('b', anthropic.id)).toEqual([anthropic.id, openAi.id]);
    expect(over('a', null)).toEqual([anthropic.id]);
    expect(over('two words', null)).toEqual([]);
    expect(over('  ', null)).toEqual([]);
  });
});

test('the model that is called exactly so is taken, not the first that sounds like it', async () => {
  const { field } = await opened(() => ['gpt-5.1-mini', 'gpt-5.1'].map(model));
  await screen.findByRole('option', { name: 'gpt-5.1-mini' });
  await type(field, 'gpt-5.1');
  await waitFor(() => expect(screen.getByRole('option', { name: 'gpt-5.1' }).getAttribute('aria-selected')).toBe('true'));
});

test('fifty thousand models are counted, filtered, and made as they are reached', async () => {
  const many = Array.from({ length: 50_000 }, (_, n) => model(`maker/model-${n}`));
  const { field } = await opened(() => many);
  await screen.findByPlaceholderText('Filter 50,000 models, or type a name');
  expect(screen.getAllByRole('option')).toHaveLength(24);
  screen.getByText('49,976 more. Type a part of the name, or scroll.');
  for (let n = 0; n < 9; n += 1) await fireEvent.keyDown(field, { key: 'PageDown' });
  expect(screen.getAllByRole('option').length).toBeGreaterThan(24);
  await type(field, 'model-49999');
  await screen.findByRole('option', { name: 'maker/model-49999' });
});

test('a letter in the filter draws only the rows anew that it changes', () => {
  const offers = { [openAi.id]: { models: [model('gpt-5.1'), model('gpt-5-mini'), model('o4')], problem: null } };
  const choices = (filter: string) => groups([openAi], offers, filter, 24)[0]!.choices;
  const all = choices('');
  expect(choices('gpt')).toEqual([all[0], all[1]]);
  choices('gpt').forEach((choice, n) => expect(choice).toBe(all[n]));
  expect(choices('')[2]).toBe(all[2]);
});

test('what is not known is said once', async () => {
  await opened(() => ['gpt-5.1', 'b', 'c'].map(model));
  await screen.findByText(/Contexts and prices aren’t known/);
  for (const option of screen.getAllByRole('option')) {
    expect(option.textContent).not.toContain('unknown');
    expect(option.getAttribute('aria-description')).toBeNull();
  }
});

test('a name hides nothing', async () => {
  expect(readable('gpt\u202e5-tpg\u200b')).toBe('gpt⟦U+202E⟧5-tpg⟦U+200B⟧');
  expect(readable('ordinary/名前:8b')).toBe('ordinary/名前:8b');
  await opened(() => ['gpt-5.1', 'x\u202ey'].map(model));
  await screen.findByRole('option', { name: 'x⟦U+202E⟧y' });
});

test('a group is called by the server, and by the key where that has another name', () => {
  const title = (c: Connection) => groups([c], {}, '', 9)[0]?.title;
  expect(title(openAi)).toBe('OpenAI, Personal key');
  expect(title({ ...openAi, provider: 'other', server: '127.0.0.1:8080', name: '127.0.0.1:8080' })).toBe('127.0.0.1:8080');
});

describe('favourites and what was used lately', () => {
  const mark = (connectionId: string, name: string, change: Partial<Marks>): Marks => ({ connectionId, model: name, starredMs: null, usedMs: null, price: null, ...change });
  const list = () => ['a', 'b', 'c', 'd'].map(model);
  const names = () => screen.getAllByRole('option').map((option) => option.getAttribute('aria-label'));

  test('stand above all others, each once, and favourites first', async () => {
    const marked = [mark(openAi.id, 'c', { usedMs: 5 }), mark(openAi.id, 'd', { usedMs: 9, starredMs: 1 }), mark(openAi.id, 'gone', { usedMs: 3 })];
    await opened(list, { connections: [openAi], marks: marked });
    await waitFor(() => expect(names()).toEqual(['d', 'c', 'gone', 'a', 'b']));
    screen.getByText('Favourites');
    screen.getByText('Used lately');
  });

  test('Ctrl+D makes the chosen row a favourite, and again none', async () => {
    const { fake, field } = await opened(list);
    await screen.findByRole('option', { name: 'b' });
    await fireEvent.keyDown(field, { key: 'ArrowDown' });
    await fireEvent.keyDown(field, { key: 'd', ctrlKey: true });
    await waitFor(() => expect(status()).toBe('b is a favourite'));
    expect(fake.calls.find((c) => c.command === 'star_model')?.args).toEqual({ connectionId: openAi.id, model: 'b', starred: true });
    expect(names()[0]).toBe('b');
    expect(screen.getByRole('option', { name: 'b' }).getAttribute('aria-description')).toBe('favourite');
  });

  test('a model that was asked is used lately from then on', async () => {
    await openApp({ connections: [openAi], conversations: 1 });
    await fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: 'Go' } });
    await fireEvent.click(await screen.findByRole('button', { name: 'Send' }));
    await screen.findByRole('article', { name: 'Assistant message' });
    await fireEvent.click(await screen.findByRole('button', { name: 'Model: gpt-5.1' }));
    await screen.findByText('Used lately');
  });
});

describe('filters', () => {
  const able = (id: string, change: Partial<Model>): Model => ({ ...model(id), ...change });
  const list = () => [able('sees', { seesImages: true }), able('reads', { takes: { pictures: true, mostPictures: null, documents: true, pages: null, hears: false, audio: [] } }), able('thinks', { reasons: true, inputPrice: 0.5, outputPrice: 1 }), able('dear', { inputPrice: 30, outputPrice: 60 })];
  const names = () => screen.queryAllByRole('option').map((option) => option.getAttribute('aria-label'));
  const toggle = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

  test('by what a model can and costs, all at once with a name', async () => {
    const { field } = await opened(list);
    await screen.findByRole('option', { name: 'sees' });
    await toggle('See pictures');
    expect(names()).toEqual(['sees', 'reads']);
    await toggle('Read PDFs');
    expect(names()).toEqual(['reads']);
    await type(field, 'sees');
    screen.getByText('No listed model is all of that.');
    await type(field, '');
    await toggle('See pictures');
    await toggle('Read PDFs');
    await toggle('Have a known price');
    expect(names()).toEqual(['thinks', 'dear']);
    await toggle('Cost up to $1');
    expect(names()).toEqual(['thinks']);
    await fireEvent.keyDown(field, { key: 'Enter' });
    await screen.findByRole('button', { name: 'Model: thinks' });
  });

  test('are reached from the field and back with Tab', async () => {
    const { field } = await opened(list);
    field.focus();
    await fireEvent.keyDown(field, { key: 'Tab' });
    expect(document.activeElement?.textContent).toBe('See pictures');
    await fireEvent.keyDown(document.activeElement!, { key: 'Tab', shiftKey: true });
    expect(document.activeElement).toBe(field);
    await fireEvent.keyDown(field, { key: 'Tab', shiftKey: true });
    expect(document.activeElement?.textContent).toBe('New route');
    await fireEvent.keyDown(document.activeElement!, { key: 'Tab' });
    expect(document.activeElement).toBe(field);
  });
});

test('a price that nobody publishes can be entered, and is called one’s own', async () => {
  const fake = await openApp({ connections: [openAi], models: ['gpt-5.1', 'b'].map(model) });
  await fireEvent.click(await screen.findByRole('button', { name: 'Parameters' }));
  const read = await screen.findByRole('textbox', { name: 'Your price for a million tokens read' });
  const written = screen.getByRole('textbox', { name: 'Your price for a million tokens written' });
  await fireEvent.input(read, { target: { value: 'much' } });
  screen.getByText('A number of dollars, such as 0.25');
  await fireEvent.input(read, { target: { value: '0.25' } });
  await fireEvent.change(read);
  screen.getByText('Both numbers are needed.');
  await fireEvent.input(written, { target: { value: '$2' } });
  await fireEvent.change(written);
  await screen.findByText('Your price');
  expect(fake.calls.filter((c) => c.command === 'set_price').map((c) => c.args)).toEqual([{ connectionId: openAi.id, model: 'gpt-5.1', price: { input: 0.25, output: 2 } }]);
  await fireEvent.keyDown(screen.getByRole('dialog', { name: 'Parameters' }), { key: 'Escape' });
  await fireEvent.click(await screen.findByRole('button', { name: 'Model: gpt-5.1' }));
  const option = await screen.findByRole('option', { name: 'gpt-5.1' });
  expect(option.getAttribute('aria-description')).toContain('$0.25 / $2 per million tokens, your price');
  expect(option.textContent).toContain('your price');
});

test('what is known of a model is described, its last day too', () => {
  const known = { ...model('old'), contextTokens: 200_000, outputTokens: 64_000, inputPrice: 3, outputPrice: 15, retires: '2026-11-30' };
  expect(words.models.describe(known, false, null, false)).toBe('200k context, writes 64k at most, $3 / $15 per million tokens, switched off on 30 Nov 2026');
});

describe('a server that can fetch models', () => {
  const ollama: Connection = { ...openAi, id: 'connection-9', provider: 'ollama', name: 'Ollama', server: 'Ollama', key: null, origin: 'http://127.0.0.1:11434' };

  async function picker() {
    const fake = await openApp({ connections: [ollama] });
    await fireEvent.click(await screen.findByRole('button', { name: 'Model: qwen3:8b' }));
    return { fake, field: await screen.findByRole('combobox', { name: 'Filter models' }) };
  }

  test('fetches what it has not, says how far it is, and lists it then', async () => {
    const { fake, field } = await picker();
    await screen.findByRole('option', { name: 'qwen3:8b' });
    await type(field, 'gemma3:4b');
    await fireEvent.click(await screen.findByRole('option', { name: 'Fetch “gemma3:4b” with Ollama' }));
    expect(await screen.findByRole('progressbar', { name: 'Fetching gemma3:4b' })).toBeTruthy();
    await screen.findByRole('option', { name: 'gemma3:4b' });
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
    await waitFor(() => expect(status()).toBe('gemma3:4b is on this computer now'));
    expect(fake.calls.find((c) => c.command === 'pull_model')?.args).toEqual({ connectionId: 'connection-9', model: 'gemma3:4b' });
  });

  test('can be stopped', async () => {
    const { fake, field } = await picker();
    await screen.findByRole('option', { name: 'qwen3:8b' });
    await type(field, 'gemma3:4b');
    await fireEvent.click(await screen.findByRole('option', { name: /^Fetch/ }));
    await fireEvent.click(await screen.findByRole('button', { name: 'Stop fetching' }));
    await screen.findByRole('option', { name: /^Fetch/ });
    expect(fake.calls.find((c) => c.command === 'stop_job')?.args).toEqual({ kind: 'modelPull' });
    expect(screen.queryByRole('option', { name: 'gemma3:4b' })).toBeNull();
  });

  test('is not asked to fetch what it has, nor anybody else', () => {
    const offers = { [ollama.id]: { models: [model('a'), model('b:latest')], problem: null }, [openAi.id]: { models: [], problem: null } };
    const over = (filter: string) => fetchable([openAi, ollama], offers, filter).map((c) => c.connectionId);
    expect(['c', 'a', 'b', 'two words', ''].map(over)).toEqual([[ollama.id], [], [], [], []]);
    expect(fetchable([ollama], {}, 'c'), 'not before its list is there').toEqual([]);
  });

  test('says which models leave this computer all the same', async () => {
    await picker();
    const option = await screen.findByRole('option', { name: 'gpt-oss:120b-cloud' });
    expect(option.getAttribute('aria-description')).toContain('leaves this computer, passed on to ollama.com');
    expect(option.textContent).not.toContain('no charge');
  });
});

test('one model that two keys have used is in the list twice, by the names of the keys', async () => {
  const second: Connection = { ...openAi, id: 'connection-8', name: 'Spare' };
  const fake = await openApp({ connections: [openAi, second] });
  const invoke = fake.invoke.bind(fake);
  fake.invoke = (async (command: string, args: Record<string, unknown>) => (command === 'list_models' ? [model('gpt-5.1')] : invoke(command, args))) as typeof fake.invoke;
  marks.used(openAi.id, 'gpt-5.1', 2);
  marks.used(second.id, 'gpt-5.1', 1);
  await fireEvent.click(await screen.findByRole('button', { name: 'Model: gpt-5.1' }));
  await waitFor(() => expect(screen.getAllByRole('option', { name: 'gpt-5.1' })).toHaveLength(2));
  const said = screen.getAllByRole('option', { name: 'gpt-5.1' }).map((option) => option.textContent);
  expect(said.some((text) => text?.includes('Personal')) && said.some((text) => text?.includes('Spare'))).toBe(true);
});
