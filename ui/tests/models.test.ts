// The picker of models: short lists, long ones, none, and names that stand in no list.
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { groups, typed } from '../src/features/models/listing';
import type { Connection, Model } from '../src/ipc/bindings/types';
import { failure, type FakeOptions } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { unknownModel } from '../src/ipc/unknown-model';
import { readable } from '../src/ui/readable';
import { openApp } from './open-app';

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
