// A model that refuses a parameter: the way on is to send without it, and the way back is to send it again.
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { waysOnFrom } from '../src/features/conversation/ways-on';
import { failure } from '../src/ipc/fake';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { openApp, press } from './open-app';

const refusal = { ...failure('requestRefused', '400', 'OpenAI'), message: 'no', refused: 'topP' as const };

test('what was refused can be left out, and sent again later', async () => {
  const fake = await openApp({ connections: CONNECTIONS, turn: refusal });
  await fireEvent.input(await screen.findByRole('textbox', { name: 'Message' }), { target: { value: 'Hello' } });
  await press('Send');
  await screen.findByText(/It names top-p, which was sent with your message/);
  await press('Send without top-p');
  await waitFor(() => expect(fake.calls.find((c) => c.command === 'try_again')?.args).toMatchObject({ without: 'topP', over: null }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull());
  expect(screen.queryByRole('button', { name: 'Send without top-p' })).toBeNull();
  await press('Parameters');
  await screen.findByText('gpt-5.1 refused top-p, so it isn’t sent.');
  await press('Send top-p again');
  await waitFor(() => expect(screen.queryByText(/refused top-p/)).toBeNull());
  expect(fake.calls.find((c) => c.command === 'send_parameter_again')?.args).toMatchObject({ model: 'gpt-5.1', parameter: 'topP' });
});

test('where nothing is named nothing is offered', () => {
  expect(waysOnFrom(failure('requestRefused'))).toEqual(['tryAgain']);
  // No other key of the provider’s helps against its rules or its borders.
  for (const code of ['notServed', 'moderated'] as const) expect(waysOnFrom(failure(code))).toEqual(['chooseModel', 'tryAgain']);
  expect(waysOnFrom(refusal)).toEqual(['without', 'tryAgain']);
});
