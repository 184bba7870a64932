// Long work, played: its news, its end, and the fetching of a model.
import type * as t from './bindings/types';

type Args = Record<string, unknown>;

export class FakeJobs {
  readonly #wait: (ms: number) => Promise<void>;
  readonly #pulled: (model: string | null) => void;
  readonly #stops = new Map<t.JobKind, () => void>();
  #hear: (news: t.News) => void = () => undefined;

  say(news: t.News): void {
    this.#hear(news);
  }

  /** `pulled` hears of a model that has come, and of null where it was stopped before. */
  constructor(wait: (ms: number) => Promise<void>, pulled: (model: string | null) => void) {
    this.#wait = wait;
    this.#pulled = pulled;
  }

  tell(kind: t.JobKind, isRunning: boolean, done: number, all: number): void {
    this.#hear({ type: 'job', job: { kind, isRunning, done, all, results: 0 } });
  }

  onStop(kind: t.JobKind, stop: () => void): void {
    this.#stops.set(kind, stop);
  }

  async #pull(model: string): Promise<void> {
    let stopped = false;
    this.onStop('modelPull', () => (stopped = true));
    for (const share of [0, 0.4, 0.9]) {
      if (stopped) break;
      this.tell('modelPull', true, share * 5_200_000_000, share === 0 ? 0 : 5_200_000_000);
      await this.#wait(5);
    }
    try {
      this.#pulled(stopped ? null : model);
    } finally {
      this.tell('modelPull', false, 0, 0);
    }
  }

  readonly commands: Record<string, (args: Args) => unknown> = {
    watch_news: (a) => void (this.#hear = a['news'] as (news: t.News) => void),
    stop_job: (a) => void this.#stops.get(a['kind'] as t.JobKind)?.(),
    pull_model: (a) => this.#pull(a['model'] as string),
  };
}
