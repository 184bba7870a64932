// Named states of the fake, for looking at screens: /?scene=offline
import type * as t from './bindings/types';
import { CONNECTIONS, PRACTICE, SERVERS } from './fake-data';
import { failure, type FakeOptions } from './fake';

const chat: FakeOptions = { connections: CONNECTIONS, conversations: 12, windowMs: 1500 };
const session = (code: t.ErrorCode): FakeOptions => ({ ...chat, history: { state: 'sessionOnly', reason: failure(code) } });
const turn = (code: t.ErrorCode, detail: string | null = null): FakeOptions => ({ ...chat, turn: failure(code, detail, 'OpenAI') });
const wizard = (code: t.ErrorCode, detail: string | null = null, provider: string | null = 'OpenAI', stored = false): FakeOptions => ({
  handOver: failure(code, detail, provider),
  stored,
  windowMs: 300,
});

export const SCENES: Record<string, FakeOptions> = {
  first: { servers: SERVERS, windowMs: 1500 },
  chat,
  slow: { ...chat, stepMs: 120 },
  practice: { connections: [PRACTICE] },
  locked: session('keychainLocked'),
  damaged: { boot: failure('historyDamaged', 'file is not a database') },
  newer: { boot: failure('historyNewer', 'schema 9') },
  offline: turn('offline'),
  rejected: turn('keyRejected', '401 invalid_api_key, req_8f2c…19'),
  broken: turn('brokenStream'),
  'wizard-rejected': wizard('keyRejected', '401 invalid_api_key, req_8f2c…19'),
  'wizard-credit': wizard('noCredit', '429 insufficient_quota', 'OpenAI', true),
  'wizard-unlisted': { handOver: { ...failure('addressNotFound', '404'), message: 'There is nothing at GET /models' }, windowMs: 300 },
  'wizard-public': { publicList: true, windowMs: 300 },
  'wizard-locked': wizard('keychainLocked'),
  'wizard-other': wizard('otherProvidersKey', null, 'Anthropic'),
};
