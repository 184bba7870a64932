// What native code tells without having been asked.
import type { Job, JobKind, News } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { conversations } from './conversations.svelte';

class NewsRoom {
  /** How far long work is, by its kind. */
  jobs: Readonly<Partial<Record<JobKind, Job>>> = $state.raw({});
  readonly #ears = new Map<JobKind, (job: Job) => void>();

  /** Listens from now on. A page that cannot hear asks when it needs to know. */
  listen(): void {
    void commands.watch_news((news) => this.#tell(news)).catch(() => undefined);
  }

  onJob(kind: JobKind, ear: (job: Job) => void): void {
    this.#ears.set(kind, ear);
  }

  #tell(news: News): void {
    if (news.type === 'titled') return conversations.titled(news.id, news.title);
    this.jobs = { ...this.jobs, [news.job.kind]: news.job };
    this.#ears.get(news.job.kind)?.(news.job);
  }
}

export const news = new NewsRoom();
