// Named states of the fake, for looking at screens: /?scene=offline
import type * as t from './bindings/types';
import { PROMPTS } from './fake-prompts';
import { LEAKS } from './fake-leaks';
import { APPLICATIONS } from './fake-lending';
import { CONNECTIONS, PRACTICE, SERVERS } from './fake-data';
import { unknownModel } from './unknown-model';
import { failure, type FakeOptions } from './fake';

const chat: FakeOptions = { connections: CONNECTIONS, conversations: 12, windowMs: 1500 };
const session = (code: t.ErrorCode): FakeOptions => ({ ...chat, history: { state: 'sessionOnly', reason: failure(code) } });
const turn = (code: t.ErrorCode, detail: string | null = null): FakeOptions => ({ ...chat, turn: failure(code, detail, 'OpenAI') });
const STEPS: readonly t.Step[] = [{ connectionId: 'connection-1', model: 'gpt-5.1' }, { connectionId: 'connection-2', model: 'claude-sonnet-4.5' }, { connectionId: 'connection-3', model: 'qwen3:8b' }];
const ROUTE: t.Route = { id: 1, name: 'Everyday', bySpeed: false, steps: [...STEPS], line: STEPS.map((step, n) => ({ ...step, rests: n === 0 ? 'busy' : null, waitMs: n === 0 ? 22_000 : null })) };
const wizard = (code: t.ErrorCode, detail: string | null = null, provider: string | null = 'OpenAI', stored = false): FakeOptions => ({
  handOver: failure(code, detail, provider),
  stored,
  windowMs: 300,
});

const many = (count: number): readonly t.Model[] =>
  Array.from({ length: count }, (_, n) => ({ ...unknownModel(`maker-${n % 7}/model-${n}`), reasons: n % 3 === 0, seesImages: n % 5 === 0 }));

const limited = (spent: number, cap: number): t.Spending => ({
  limits: { monthNano: cap * 1e9, dayNano: null, requestNano: null, requestsAMinute: null, tokensAMinute: null },
  dayNano: 0,
  monthNano: spent * 1e9,
  excessNano: null,
  nowMs: Date.UTC(2026, 10, 16),
});

export const SCENES: Record<string, FakeOptions> = {
  first: { servers: SERVERS, windowMs: 1500 },
  chat,
  prompts: { ...chat, prompts: PROMPTS },
  'models-500': { ...chat, models: many(500) },
  'models-50000': { ...chat, connections: CONNECTIONS.slice(0, 1), models: many(50_000) },
  sources: {
    ...chat,
    sources: [
      { url: 'https://gov.example/guide', host: 'gov.example', title: 'A guide to the Renters’ Rights Act' },
      { url: 'https://tenantadvice.example/wear', host: 'tenantadvice.example', title: 'Redecoration clauses and fair wear' },
      { url: 'https://legalforum.example/1', host: 'legalforum.example', title: '' },
    ],
  },
  guard: {
    ...chat,
    secrets: [
      { kind: 'stored', name: 'Work', lastFour: 'pRAA', file: 'compose.yml', line: 12 },
      { kind: 'password', name: null, lastFour: null, file: null, line: 2 },
    ],
    redacted: 'The worker can’t reach the provider. My compose file is attached, and I start it with\nDATABASE_URL=postgres://app:⟪password-1⟫@db/app',
    putBack: [
      { name: 'password-1', value: 'p4ss-demo' },
      { name: 'work-key', value: null },
    ],
  },
  leaks: { ...chat, leaks: LEAKS },
  applications: { ...chat, applications: APPLICATIONS },
  slow: { ...chat, stepMs: 120 },
  caps: { ...chat, spending: { 'connection-1': limited(5, 5), 'connection-2': limited(17.59, 20) } },
  practice: { connections: [PRACTICE] },
  locked: session('keychainLocked'),
  damaged: { boot: failure('historyDamaged', 'file is not a database') },
  newer: { boot: failure('historyNewer', 'schema 9') },
  offline: turn('offline'),
  rejected: turn('keyRejected', '401 invalid_api_key, req_8f2c…19'),
  broken: turn('brokenStream'),
  routes: {
    ...chat,
    routes: [ROUTE],
    passed: { route: 'Everyday', passed: [{ connectionId: 'connection-1', model: 'gpt-5.1', error: failure('busy', '429 rate_limit_exceeded', 'OpenAI'), ms: 300 }] },
  },
  'route-none': {
    ...turn('busy'),
    passed: { route: 'Everyday', passed: [
      { connectionId: 'connection-1', model: 'gpt-5.1', error: failure('noCredit', '429', 'OpenAI'), ms: 300 },
      { connectionId: 'connection-3', model: 'qwen3:8b', error: failure('unreachable', null, 'Ollama'), ms: 2 },
    ] },
  },
  refused: { ...chat, turn: { ...failure('requestRefused', '400 unsupported_value', 'OpenAI'), message: 'Unsupported value: temperature', refused: 'temperature' } },
  'wizard-rejected': wizard('keyRejected', '401 invalid_api_key, req_8f2c…19'),
  'wizard-credit': wizard('noCredit', '429 insufficient_quota', 'OpenAI', true),
  'wizard-unlisted': { handOver: { ...failure('addressNotFound', '404'), message: 'There is nothing at GET /models' }, windowMs: 300 },
  'wizard-public': { publicList: true, windowMs: 300 },
  'wizard-locked': wizard('keychainLocked'),
  'wizard-other': wizard('otherProvidersKey', null, 'Anthropic'),
};
