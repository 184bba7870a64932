// A leak check, played: nothing is looked at, and what it finds is given.
import type * as t from './bindings/types';
import type { FakeJobs } from './fake-jobs';

type Args = Record<string, unknown>;

const place = (number: number, shown: string, kind: t.LeakPlaceKind, more: Partial<t.LeakPlace> = {}): t.LeakPlace => ({ number, shown, line: null, kind, program: null, commit: null, date: null, file: null, branch: null, moreBranches: 0, ...more });
const key = (more: Partial<t.LeakedKey>): t.LeakedKey => ({ name: null, connectionId: null, maker: null, provider: null, kind: 'api', lastFour: null, movable: null, places: [], ...more });

/** As in the picture. */
export const LEAKS: readonly t.LeakedKey[] = [
  key({
    name: 'Personal',
    connectionId: 'connection-1',
    maker: 'OpenAI',
    provider: 'openAi',
    kind: 'project',
    lastFour: 'w7Qk',
    places: [
      place(0, 'shop/.env', 'looseFile', { line: 3 }),
      place(1, 'shop', 'gitHistory', { commit: '3f2a91c', date: '2026-05-14', file: '.env', branch: 'main', moreBranches: 2 }),
      place(2, '~/.zsh_history', 'shellHistory', { line: 8112 }),
    ],
  }),
  key({ maker: 'Anthropic', provider: 'anthropic', lastFour: '9fQA', movable: 3, places: [place(3, '~/.continue/config.yaml', 'program', { line: 7, program: 'Continue' })] }),
  key({ maker: 'OpenRouter', provider: 'openRouter', lastFour: '0c7e', movable: 4, places: [place(4, 'thesis/notebooks/test.ipynb', 'trackedFile', { line: 212 })] }),
];

const RUN: t.LeakRun = { isRunning: false, isWhole: true, isProof: true, lacksGit: false, at: 'thesis', folders: 2, stored: 3, unknown: 0, files: 48_210, allFiles: 48_210, objects: 90_114, allObjects: 90_114, commits: 31_402, bytes: 1_400_000_000, unreadable: 12, unreadableNames: ['shop/.cache/locked'], leftOut: 0, tookMs: 41_000, endedMs: Date.UTC(2026, 10, 15, 14, 10) };

export class FakeLeaks {
  readonly #found: readonly t.LeakedKey[];
  readonly #wait: (ms: number) => Promise<void>;
  readonly #jobs: FakeJobs;
  #folders: string[] = [];
  #run: t.LeakRun | null = null;
  #ignored = new Set<number>();
  #stopped = false;

  constructor(found: readonly t.LeakedKey[], wait: (ms: number) => Promise<void>, jobs: FakeJobs) {
    this.#found = found;
    this.#wait = wait;
    this.#jobs = jobs;
    jobs.onStop('leakCheck', () => (this.#stopped = true));
  }

  #view(): t.LeakCheck {
    const left = this.#found.map((key) => ({ ...key, places: key.places.filter((place) => !this.#ignored.has(place.number)) }));
    const keys = this.#run === null || (this.#run.isRunning && this.#run.files === 0) ? [] : left.filter((key) => key.places.length > 0);
    return { folders: this.#folders, repositories: this.#folders.length, shells: 3, programs: 23, forms: 12, run: this.#run, keys, ignored: this.#run === null ? 0 : this.#ignored.size };
  }

  #news(isRunning: boolean): void {
    this.#jobs.tell('leakCheck', isRunning, this.#run?.files ?? 0, RUN.allFiles);
  }

  async #play(): Promise<void> {
    for (const files of [0, 12_000, 29_870]) {
      if (this.#stopped) break;
      this.#run = { ...RUN, isRunning: true, isWhole: false, files, objects: 0, tookMs: files / 5 };
      this.#news(true);
      await this.#wait(5);
    }
    this.#run = this.#stopped ? { ...RUN, isWhole: false, files: 29_870, objects: 26_000 } : RUN;
    this.#news(false);
  }

  readonly commands: Record<string, (args: Args) => unknown> = {
    get_leak_check: () => this.#view(),
    choose_leak_folders: () => ((this.#folders = ['shop', 'thesis']), this.#view()),
    drop_leak_folder: (a) => ((this.#folders = this.#folders.filter((_, n) => n !== a['place'])), this.#view()),
    begin_leak_check: () => {
      this.#stopped = false;
      this.#run = { ...RUN, isRunning: true, isWhole: false, files: 0, objects: 0, tookMs: 0 };
      void this.#play();
      return this.#view();
    },
    ignore_leak: (a) => (this.#ignored.add(a['number'] as number), this.#view()),
    show_ignored_leaks: () => (this.#ignored.clear(), this.#view()),
    ignore_leak_in_git: () => this.#view(),
    keep_leaked_key: () => ({ connection: null, pending: false, clipboard: 'notUsed', check: { ms: 1, models: [], problem: null, proven: true }, replaced: false, cut: null }) satisfies t.HandOver,
    save_leak_report: () => undefined,
  };
}
