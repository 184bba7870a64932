// Changing keys and counting money, as the fake plays them.
import type * as t from './bindings/types';
import { CONNECTIONS, keyFacts } from './fake-data';
import type { FakeOptions } from './fake';

interface Kept {
  all(): readonly t.Connection[];
  add(connection: t.Connection): void;
  get(id: t.ConnectionId): t.Connection | undefined;
  put(connection: t.Connection): void;
}

type Args = Record<string, unknown>;

/** One day of every model, some dearer than others. */
const day = (n: number): t.DayUse[] =>
  [
    ['connection-2', 'claude-sonnet-4.5', 1_000_000_000],
    ['connection-1', 'gpt-5.1', 250_000_000],
    ['connection-1', 'gpt-5-mini', 40_000_000],
    ['connection-3', 'qwen3:8b', 0],
  ].map(([connectionId, model, nano], m) => ({
    day: `2026-11-${String(n).padStart(2, '0')}`,
    connectionId: connectionId as string,
    model: model as string,
    nano: Math.round((nano as number) * (0.2 + ((n * 7 + m * 5) % 11) / 6)),
    unpriced: 0,
    requests: 3 + ((n + m) % 5),
    readTokens: 90_000 + ((n * 13) % 7) * 20_000,
    writtenTokens: 20_000 + ((n * 5) % 9) * 3_000,
  }));

const USAGE: t.Usage = {
  month: '2026-11',
  months: ['2026-11', '2026-10'],
  nowMs: Date.UTC(2026, 10, 20, 12),
  days: Array.from({ length: 20 }, (_, n) => day(n + 1)).flat(),
  medianMs: 480,
  mostMs: 1_900,
  tokensASecond: 71,
  applications: [{ name: 'VS Code, Continue', nano: 2_510_000_000, requests: 212 }],
  chats: [
    { id: 1, title: 'Retry with jitter in Rust', nano: 1_310_000_000, requests: 24 },
    { id: 99, title: null, nano: 420_000_000, requests: 3 },
  ],
};

const USES: readonly t.KeyUse[] = [
  { application: null, chats: 9, models: ['gpt-5.1'], lastMs: Date.now() - 240_000, requests: 24, nano: 110_000_000 },
  { application: 'VS Code, Continue', chats: 0, models: ['gpt-5.1', 'gpt-5-mini'], lastMs: Date.now() - 11_000_000, requests: 212, nano: 2_510_000_000 },
];

export const keyCommands = (kept: Kept, options: () => FakeOptions): Record<string, (args: Args) => unknown> => {
  const change = (a: Args, changed: (connection: t.Connection) => Partial<t.Connection>): t.Connection => {
    const connection = kept.get(a['connectionId'] as string)!;
    const after = { ...connection, ...changed(connection) };
    kept.put(after);
    return after;
  };
  return {
    compare_spending: () => options().comparison ?? ({ toldMonthNano: 3_200_000_000, monthNano: 3_120_000_000, limit: [20_000_000_000, 16_800_000_000], balance: [16_000_000_000, 'USD'], since: null, askedMs: Date.now() } satisfies t.Comparison),
    take_alarms: () => options().alarms?.splice(0) ?? [],
    set_upkeep: (a) => change(a, () => a['upkeep'] as t.UpkeepInput),
    check_next_key: () => ({ ms: 412, models: ['gpt-5.1', 'gpt-5-mini'], problem: null, proven: true }) satisfies t.Check,
    switch_key: (a) => change(a, ({ key, next }) => ({ key: next, next: null, old: key && { ...key, retiredMs: Date.now() } })),
    check_old_key: () => options().oldKey ?? ({ state: 'refused' } satisfies t.OldKeyCheck),
    forget_old_key: (a) => change(a, () => ({ old: null })),
    remove_leaked_key: (a) => {
      const connection = change(a, ({ key, next }) => ({ key: next, next: null, leaked: { ...(key ?? keyFacts('api', 'w7Qk')), retiredMs: Date.now() } }));
      return { connection, stopped: 1, tookMs: 204, isInKeychain: false } satisfies t.RemovedKey;
    },
    list_connections: () => kept.all(),
    get_team: () => options().team ?? null,
    choose_team_file: () => {
      const { nextTeam } = options();
      if (nextTeam) options().team = nextTeam;
      return options().team ?? null;
    },
    set_up_team_connection: (a) => {
      const { team } = options();
      const { name, origin } = team!.connections.find((one) => one.name === a['name'])!;
      const made: t.Connection = { ...CONNECTIONS[0]!, id: `team-${name}`, name, origin, key: { ...keyFacts('project', 't3Am'), keptIn: 'command' } };
      kept.add(made);
      options().team = { ...team!, connections: team!.connections.map((one) => (one.name === name ? { ...one, connectionId: made.id } : one)) };
      return made;
    },
    leave_team: () => (delete options().team, null),
    list_key_standings: () => kept.all().map(({ id }, n): t.KeyStanding => options().standings?.[id] ?? { connectionId: id, chats: n === 0 ? 9 : 0, applications: n === 0 ? ['VS Code, Continue', 'Aider'] : [], capReached: false, onHold: false }),
    list_key_uses: () => USES,
    save_key_report: () => undefined,
    get_usage: (a) => ({ ...USAGE, month: (a['month'] as string | null) ?? USAGE.month, ...options().usage }) satisfies t.Usage,
    export_usage: () => 754,
  };
};
