import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../src/ipc/bindings/types';
import { failure } from '../src/ipc/fake';
import { CONNECTIONS, SERVERS } from '../src/ipc/fake-data';
import { button, commandsOf, heading, openApp, press, status } from './open-app';

const toHandOver = async () => {
  await press('Continue');
  await heading('Get a key from OpenAI');
  await press('I have the key');
  await heading('Hand over the key');
};
const step = () => within(screen.getByRole('list', { name: 'Steps' })).getAllByRole('listitem').findIndex((i) => i.getAttribute('aria-current') === 'step') + 1;

describe('the first start', () => {
  test('goes from the provider to the first chat, by the names of the contract', async () => {
    const fake = await openApp({ servers: SERVERS });
    const group = await screen.findByRole('radiogroup', { name: 'Provider' });
    await within(group).findByRole('radio', { name: 'Ollama' });
    expect(within(group).getAllByRole('radio').map((r) => r.getAttribute('aria-label'))).toEqual(['OpenAI', 'Anthropic', 'Google', 'Mistral', 'OpenRouter', 'Other address', 'Ollama']);
    expect((screen.getByRole('radio', { name: 'OpenAI' }) as HTMLInputElement).checked).toBe(true);
    expect(step()).toBe(1);
    await button('Practise without a key');
    await button('Look again');

    await press('Continue');
    await heading('Get a key from OpenAI');
    expect(step()).toBe(2);
    await press('Open the key page');
    await press('Copy address');
    await waitFor(() => expect(status()).toBe('Copied'));
    await button('Back');

    await press('I have the key');
    await heading('Hand over the key');
    expect(step()).toBe(3);
    for (const way of ['Type key in a native window', 'Import from environment', 'Choose a .env file']) await button(way);
    await press('Paste key from clipboard');

    await heading('The key works');
    expect(step()).toBe(4);
    expect((screen.getByRole('textbox', { name: 'Key name' }) as HTMLInputElement).value).toBe('Personal');
    await button('Add another key');
    await press('Model for new chats: gpt-5.1');
    await screen.findByRole('dialog', { name: 'Choose a model' });
    await fireEvent.click(await screen.findByRole('option', { name: 'gpt-5-mini' }));
    await button('Model for new chats: gpt-5-mini');
    await press('Start chatting');

    await screen.findByRole('textbox', { name: 'Message' });
    await button('Model: gpt-5-mini');
    expect(commandsOf(fake)).toContain('choose_model');
    expect(fake.calls.find((c) => c.command === 'hand_over_key')?.args).toEqual({
      input: { provider: 'openAi', address: null, source: 'clipboard', replaces: null, next: false },
    });
  });

  test('waits for the native window with everything disabled', async () => {
    await openApp({ windowMs: 60 });
    await toHandOver();
    const type = (await button('Type key in a native window')) as HTMLButtonElement;
    await fireEvent.click(type);
    await screen.findByText('Waiting for the native window');
    expect(type.disabled).toBe(true);
    expect((screen.getByRole('button', { name: 'Back' }) as HTMLButtonElement).disabled).toBe(true);
    await heading('The key works');
  });

  test('a refusal in the native window comes back quietly', async () => {
    await openApp({ handOver: failure('cancelled') });
    await toHandOver();
    await press('Type key in a native window');
    await waitFor(() => expect(status()).toBe('Cancelled. Nothing was changed.'));
    await heading('Hand over the key');
    expect(screen.queryByRole('alert')).toBeNull();
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Type key in a native window'));
  });

  test('practising needs no key', async () => {
    await openApp({});
    await press('Practise without a key');
    await screen.findByText('You’re practising');
    await button('Show me a table and some code See how answers look');
    await button('Add key');
  });

  test('nothing found: the section is absent, until one looks again', async () => {
    await openApp({ servers: SERVERS.map((s) => ({ ...s, running: false })) });
    await button('Look again');
    expect(screen.queryByText('Found on this computer')).toBeNull();
    await press('Look again');
    await screen.findByText('Local servers that don’t answer now');
    expect(screen.queryByText('Found on this computer')).toBeNull();
    expect(screen.getAllByText('Not running')).toHaveLength(2);
  });

  test('a local server needs no key', async () => {
    await openApp({ servers: SERVERS });
    await fireEvent.click(await screen.findByRole('radio', { name: 'Ollama' }));
    await press('Continue');
    await heading('Ollama works');
  });

  test('another address is asked for and looked at', async () => {
    const fake = await openApp({});
    await fireEvent.click(await screen.findByRole('radio', { name: 'Other address' }));
    const field = await screen.findByRole('textbox', { name: 'Address' });
    await press('Continue');
    await screen.findByRole('alert');
    await fireEvent.input(field, { target: { value: 'https://api.example.org/v1' } });
    await press('Continue');
    await heading('Get a key from api.example.org');
    await press('It needs no key');
    await heading('api.example.org works');
    expect(commandsOf(fake)).toContain('connect_address');
  });
});

test('arrowing past “Other address” stays with the radios; a click goes on in its field', async () => {
  await openApp({});
  const other = await screen.findByRole('radio', { name: 'Other address' });
  other.focus();
  await fireEvent.click(other, { detail: 0 });
  await screen.findByRole('textbox', { name: 'Address' });
  expect(document.activeElement).toBe(other);
  await fireEvent.click(screen.getByRole('radio', { name: 'OpenAI' }));
  await fireEvent.click(other, { detail: 1 });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Address' })));
});

test('the second click of a double click does nothing', async () => {
  await openApp({});
  const go = await button('Continue');
  await fireEvent.click(go, { detail: 1 });
  await fireEvent.click(await button('I have the key'), { detail: 2 });
  await heading('Get a key from OpenAI');
  expect(step()).toBe(2);
});

describe('when it doesn’t work', () => {
  test('a hand-over that failed is not ticked, and can be tried again where the reason stands', async () => {
    const fake = await openApp({ handOver: failure('clipboardEmpty') });
    await toHandOver();
    const paste = await button('Paste key from clipboard');
    paste.focus();
    await fireEvent.click(paste);
    await screen.findByRole('alert');
    await heading('Hand over the key');
    expect(step()).toBe(3);
    expect(screen.getAllByRole('button', { name: 'Paste key from clipboard' })).toHaveLength(1);
    await waitFor(() => expect(document.activeElement).toBe(paste));
    fake.commands['hand_over_key'] = () => {
      throw failure('cancelled');
    };
    await press('Paste key from clipboard');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  test('a server that doesn’t answer is said at the step that asked for it', async () => {
    await openApp({ servers: SERVERS, handOver: failure('unreachable') });
    await fireEvent.click(await screen.findByRole('radio', { name: 'Ollama' }));
    await press('Continue');
    await screen.findByRole('alert');
    expect(step()).toBe(1);
    await fireEvent.click(screen.getByRole('radio', { name: 'OpenAI' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  test.each<[ErrorCode, string, string[]]>([
    ['keyRejected', 'OpenAI doesn’t accept this key', ['Paste key from clipboard', 'Type key in a native window']],
    ['clipboardEmpty', 'No key on the clipboard', ['Paste key from clipboard', 'Type key in a native window']],
    ['adminKey', 'That’s an admin key, so it wasn’t kept', ['Open the key page', 'Back']],
    ['keychainLocked', 'The keychain is locked', ['Unlock the keychain', 'This session only']],
    ['keychainAbsent', 'No keychain on this desktop', ['This session only']],
  ])('%s', async (code, title, ways) => {
    await openApp({ handOver: failure(code, 'detail 401') });
    await toHandOver();
    await press('Paste key from clipboard');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain(title);
    expect(alert.textContent).toContain('detail 401');
    for (const way of ways) await button(way);
    await button('Practise without a key');
  });

  test('no credit: stored, so one may start anyway or check again', async () => {
    await openApp({ handOver: failure('noCredit', null, 'OpenAI'), stored: true });
    await toHandOver();
    await press('Paste key from clipboard');
    await button('Start anyway');
    await button('Open OpenAI billing');
    await press('Check again');
    await heading('The key works');
  });

  test('another provider’s key: switch', async () => {
    await openApp({ handOver: failure('otherProvidersKey', null, 'anthropic') });
    await toHandOver();
    await press('Paste key from clipboard');
    await press('Switch to Anthropic');
    await heading('Hand over the key');
    expect(screen.getByRole('img', { name: /clipboard/ }).textContent).toContain('Anthropic');
  });

  test('unlocking keeps the key that native memory still holds', async () => {
    const fake = await openApp({ handOver: failure('keychainLocked') });
    await toHandOver();
    await press('Paste key from clipboard');
    await press('Unlock the keychain');
    await heading('The key works');
    expect(commandsOf(fake).filter((c) => c === 'hand_over_key')).toHaveLength(1);
    expect(commandsOf(fake)).toContain('keep_pending');
  });
});

describe('a server without a list of models', () => {
  const list = { ...failure('addressNotFound', '404'), message: 'There is nothing at GET /models' };
  async function at(address: string, button: string) {
    const fake = await openApp({ handOver: list });
    await fireEvent.click(await screen.findByRole('radio', { name: 'Other address' }));
    await fireEvent.input(await screen.findByRole('textbox', { name: 'Address' }), { target: { value: address } });
    await press('Continue');
    if (button !== 'It needs no key') await press('I have the key');
    await press(button);
    return { fake, alert: await screen.findByRole('alert') };
  }

  test.each(['Paste key from clipboard', 'It needs no key'])('can be used by the name of a model: %s', async (way) => {
    const { fake, alert } = await at('http://127.0.0.1:8080', way);
    expect(alert.textContent).toContain('There is nothing at GET /models');
    expect(alert.textContent).toContain('Most addresses end in /v1, and this one doesn’t.');
    expect(alert.textContent).toContain('you can start anyway');
    await fireEvent.input(await screen.findByRole('textbox', { name: 'Name of a model, if you know one' }), { target: { value: ' house-model ' } });
    await press('Start anyway');
    await button('Model: house-model');
    expect(commandsOf(fake)).toContain('keep_pending');
  });

  test('an address with a version gets no hint about it', async () => {
    const { alert } = await at('http://127.0.0.1:1234/v1', 'It needs no key');
    expect(alert.textContent).not.toContain('/v1');
    await press('Check again');
    await screen.findByRole('alert');
  });
});

test('a list that anybody gets doesn’t show that a key works', async () => {
  await openApp({ publicList: true });
  await toHandOver();
  await press('Paste key from clipboard');
  await heading('The key is kept');
  await screen.findByText(/nothing has shown yet that the key works/);
  expect(screen.queryByText(/The key works/)).toBeNull();
});

test('a key in memory is not called stored', async () => {
  await openApp({ handOver: failure('keychainLocked') });
  await toHandOver();
  await press('Paste key from clipboard');
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('isn’t kept yet');
  expect(alert.textContent).not.toContain('asking for its password');
  await press('This session only');
  await screen.findByText('Memory only. It’s gone when you quit.');
  await screen.findByText('Left as it was');
  expect(status()).toBe('The key is held in memory until you quit');
});

test('with keys already there is a way back', async () => {
  await openApp({ connections: CONNECTIONS });
  await fireEvent.click(await screen.findByRole('link', { name: 'Keys & providers' }));
  await press('Add key');
  await press('Back to Latchkey');
  await heading('Keys & providers');
});

test('a key is replaced by handing over another, for that connection', async () => {
  const fake = await openApp({ connections: CONNECTIONS });
  await fireEvent.click(await screen.findByRole('link', { name: 'Keys & providers' }));
  await screen.findByRole('article', { name: 'Key Personal' });
  await press('More for Personal');
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Replace key' }));
  await heading('Hand over the key');
  await press('Paste key from clipboard');
  await heading('The new key works');
  expect(fake.calls.find((c) => c.command === 'hand_over_key')?.args).toMatchObject({ input: { replaces: 'connection-1' } });
});

test('revoking says what it doesn’t do', async () => {
  await openApp({ connections: CONNECTIONS });
  await fireEvent.click(await screen.findByRole('link', { name: 'Keys & providers' }));
  await press('Revoke key Work');
  await screen.findByText('This removes the key from this computer. It still works until you revoke it at Anthropic.');
  await button('Open the key page');
  expect(screen.queryByRole('article', { name: 'Key Work' })).toBeNull();
});

test('every provider can be found by its name, and is as good as the first five', async () => {
  await openApp({ windowMs: 0 });
  const field = await screen.findByRole('searchbox', { name: 'Find a provider' });
  expect(screen.queryByRole('radio', { name: 'Groq' })).toBeNull();
  await fireEvent.input(field, { target: { value: 'nobody' } });
  await screen.findByText(/No provider of that name/);
  await fireEvent.input(field, { target: { value: 'GRO' } });
  await fireEvent.click(await screen.findByRole('radio', { name: 'Groq' }));
  await fireEvent.input(field, { target: { value: '' } });
  expect((screen.getByRole('radio', { name: 'Groq' }) as HTMLInputElement).checked).toBe(true);
  await press('Continue');
  await screen.findByRole('heading', { name: 'Get a key from Groq' });
});

test('an address that holds a name of one’s own is completed, and only so', async () => {
  const app = await openApp({ windowMs: 0 });
  await fireEvent.input(await screen.findByRole('searchbox', { name: 'Find a provider' }), { target: { value: 'azure' } });
  await fireEvent.click(await screen.findByRole('radio', { name: 'Azure OpenAI' }));
  const field = screen.getByRole('textbox', { name: 'Address' }) as HTMLInputElement;
  expect(field.value).toBe('https://{resource}.openai.azure.com/openai/v1');
  for (const odd of [field.value, 'https://evil.example/openai/v1', 'https://a.evil.example/x.openai.azure.com/openai/v1']) {
    await fireEvent.input(field, { target: { value: odd } });
    await press('Continue');
    expect(field.getAttribute('aria-invalid'), odd).toBe('true');
  }
  await fireEvent.input(field, { target: { value: 'https://my-house.openai.azure.com/openai/v1' } });
  await press('Continue');
  await press('I have the key');
  await press('Paste key from clipboard');
  const asked = app.calls.find((call) => call.command === 'hand_over_key');
  expect(asked?.args['input']).toMatchObject({ provider: 'azure', address: 'https://my-house.openai.azure.com/openai/v1' });
  // Its list tells the models that there are, and not what they were called here.
  await heading('The key works');
  await button('Model for new chats: none');
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Name of your deployment' }), { target: { value: 'our-gpt-5' } });
  await press('Start chatting');
  await button('Model: our-gpt-5');
});

test('the address of another server is asked for right below its choice, before other providers are looked for', async () => {
  await openApp({});
  await fireEvent.click(await screen.findByRole('radio', { name: 'Other address' }));
  const [address, find] = [screen.getByRole('textbox', { name: 'Address' }), screen.getByRole('searchbox')];
  expect(address.compareDocumentPosition(find) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});
