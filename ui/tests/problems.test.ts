import { describe, expect, test } from 'vitest';
import { waysOn as waysOnInChat } from '../src/features/conversation/ways-on';
import { waysOn } from '../src/features/wizard/ways-on';
import type { ErrorCode } from '../src/ipc/bindings/types';
import { failure } from '../src/ipc/fake';
import { problemIn, problems, wizardProblemIn } from '../src/words';

const setting = { provider: 'OpenAI', connection: 'Personal', model: 'gpt-5.1', keychain: 'GNOME Keyring' };
const inWizard = { ...setting, stored: false, looksLike: 'Anthropic' };
// Record<ErrorCode, …> makes the compiler check that every code has its text; these check the texts.
const codes = Object.keys(problems) as ErrorCode[];


describe.each(codes)('%s', (code) => {
  const texts = [problemIn(failure(code), setting), wizardProblemIn(failure(code), inWizard)];

  test('says what happened and what is safe or next', () => {
    for (const { title, body } of texts) {
      expect(title.length).toBeGreaterThan(5);
      expect(body.length).toBeGreaterThan(5);
      expect(body).toMatch(/[.]$/);
      expect(title).not.toMatch(/[.!]$/);
    }
  });

  test('is calm and well set: no exclamation mark, no “oops”, no straight quotes, nothing undefined', () => {
    for (const { title, body } of texts) expect(`${title} ${body}`).not.toMatch(/[!'"]|oops|undefined|null/i);
  });

  test('leaves a way on', () => {
    expect(waysOnInChat(code).length).toBeGreaterThan(0);
    const all = { stored: true, pending: false, keyless: false, otherAddress: false, looksLike: true, keyPage: true, billing: true, nativeWindows: true };
    expect(waysOn(code, all).length).toBeGreaterThan(0);
    const bare = { stored: false, pending: true, keyless: false, otherAddress: true, looksLike: false, keyPage: false, billing: false, nativeWindows: false };
    expect(waysOn(code, bare).length).toBeGreaterThan(0);
  });
});

test('where a save failed, nothing says that all is saved: the last words on the page may not be', () => {
  for (const code of ['diskFull', 'historyFailed'] as const) {
    expect(problemIn(failure(code), setting).body).toMatch(/saved before/);
    expect(problemIn(failure(code), setting).body).not.toMatch(/everything|up to now/i);
  }
});

test('a code this page doesn’t know is a fault, not a crash', () => {
  expect(problemIn(failure('fromTheFuture' as ErrorCode), setting).title).toBe('Something in Latchkey failed');
});

test('the copy of the contract, word for word', () => {
  const wizard = (code: ErrorCode) => wizardProblemIn(failure(code), inWizard);
  expect(wizard('clipboardEmpty').body).toBe('Latchkey looked for one piece without spaces, as long as this provider’s keys are. The clipboard was left as it was.');
  expect(wizard('keyRejected')).toMatchObject({ title: 'OpenAI doesn’t accept this key', body: 'It may be mistyped, revoked or from another provider. Nothing was stored.' });
  expect(wizard('adminKey').title).toBe('That’s an admin key, so it wasn’t kept');
  expect(wizard('otherProvidersKey').title).toBe('That looks like an Anthropic key');
  expect(wizard('noCredit').title).toBe('No credit left');
  expect(problemIn(failure('brokenStream'), setting)).toMatchObject({ title: 'The connection broke', body: 'Whatever arrived is saved.' });
  expect(problemIn(failure('keyRejected'), setting).title).toBe('OpenAI doesn’t accept “Personal”');
  expect(problemIn(failure('keyRevoked'), setting).title).toBe('OpenAI no longer accepts “Personal”');
});
