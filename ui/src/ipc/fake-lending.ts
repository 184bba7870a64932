// Lending keys to other programs, played in memory.
import type * as t from './bindings/types';

type Args = Record<string, unknown>;

const ADDRESS = 'http://127.0.0.1:23770';
const NO_LIMITS: t.Limits = { monthNano: null, dayNano: null, requestNano: null, requestsAMinute: null, tokensAMinute: null };

/** 16 November 2026, noon. */
const NOW = Date.UTC(2026, 10, 16, 12);

const application = (id: number, name: string, more: Partial<t.Application>): t.Application => ({
  id,
  name,
  kind: 'program',
  origin: null,
  connectionId: 'connection-1',
  models: [],
  limits: NO_LIMITS,
  singleUse: false,
  lastFour: 'k3Vd',
  expiresMs: null,
  lastUsedMs: null,
  dayNano: 0,
  monthNano: 0,
  requestsToday: 0,
  running: false,
  ...more,
});

const monthly = (dollars: number): t.Limits => ({ ...NO_LIMITS, monthNano: dollars * 1e9 });

/** Those of the picture. */
export const APPLICATIONS: readonly t.Application[] = [
  application(1, 'Aider', { kind: 'run', lastFour: null, connectionId: 'connection-2', models: ['claude-sonnet-4.5'], limits: monthly(5), monthNano: 1.84e9, requestsToday: 14, running: true, lastUsedMs: NOW - 120_000 }),
  application(2, 'VS Code, Continue', { models: ['gpt-5.1', 'gpt-5-mini'], limits: monthly(3), monthNano: 2.51e9, requestsToday: 3, expiresMs: Date.UTC(2027, 1, 1), lastUsedMs: NOW - 3_600_000 }),
  application(3, 'my-script.py', { models: ['gpt-5-mini'], limits: { ...NO_LIMITS, dayNano: 0.5e9 }, dayNano: 0.5e9, monthNano: 0.5e9, requestsToday: 61, expiresMs: Date.UTC(2026, 11, 12), lastUsedMs: NOW - 9_000_000 }),
  application(4, 'https://notes.example.org', { kind: 'page', origin: 'https://notes.example.org', connectionId: 'connection-3', models: ['qwen3:8b'], expiresMs: NOW + 6 * 86_400_000 }),
];

export class FakeLending {
  #on: boolean;
  #all: t.Application[];
  #wait: () => Promise<void>;

  constructor(applications: readonly t.Application[] | undefined, wait: () => Promise<void>) {
    this.#on = applications !== undefined;
    this.#all = [...(applications ?? [])];
    this.#wait = wait;
  }

  #view(): t.Lending {
    return { address: this.#on ? ADDRESS : null, trouble: null, applications: this.#all, nowMs: NOW };
  }

  readonly commands: Record<string, (args: Args) => unknown> = {
    get_lending: () => this.#view(),
    set_lending: async (a) => {
      if (a['on']) await this.#wait();
      this.#on = a['on'] as boolean;
      return this.#view();
    },
    add_application: async (a) => {
      await this.#wait();
      const { name, origin, ...input } = a['input'] as t.ApplicationInput;
      const id = 1 + Math.max(0, ...this.#all.map((one) => one.id));
      const made = application(id, name === '' ? (origin ?? '') : name, { ...input, origin, kind: origin === null ? 'program' : 'page' });
      this.#all = [...this.#all, made];
      return made;
    },
    change_application: async (a) => {
      const input = a['input'] as t.ApplicationInput;
      this.#all = this.#all.map((one) => (one.id === a['id'] ? { ...one, ...input, name: one.name } : one));
      return this.#view();
    },
    revoke_application: (a) => {
      this.#all = this.#all.filter((one) => one.id !== a['id']);
      return this.#view();
    },
    copy_token: () => undefined,
  };
}
