// What native code tells without having been asked.
import type { Job, JobKind, News, Reading, Take, Wanted } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { conversations } from './conversations.svelte';
import { tellAlarms } from './spending';

class NewsRoom {
  /** How far long work is, by its kind. */
  jobs: Readonly<Partial<Record<JobKind, Job>>> = $state.raw({});
  /** What the person asked for elsewhere and is not shown yet. */
  wanted: Wanted | null = $state.raw(null);
  readonly #ears = new Map<JobKind, (job: Job) => void>();
  #take: (take: Take) => void = () => undefined;
  #reading: (reading: Reading) => void = () => undefined;

  /** Listens from now on. A page that cannot hear asks when it needs to know. */
  listen(): void {
    void commands.watch_news((news) => this.#tell(news)).catch(() => undefined);
  }

  onJob(kind: JobKind, ear: (job: Job) => void): void {
    this.#ears.set(kind, ear);
  }

  /** What is wanted; once. */
  take(): Wanted | null {
    const { wanted } = this;
    this.wanted = null;
    return wanted;
  }

  onTake(ear: (take: Take) => void): void {
    this.#take = ear;
  }

  onReading(ear: (reading: Reading) => void): void {
    this.#reading = ear;
  }

  #tell(news: News): void {
    switch (news.type) {
      case 'job':
        this.jobs = { ...this.jobs, [news.job.kind]: news.job };
        this.#ears.get(news.job.kind)?.(news.job);
        break;
      case 'row':
        conversations.changed(news.row);
        break;
      case 'titled':
        conversations.titled(news.id, news.title);
        break;
      case 'alarms':
        tellAlarms(news.texts);
        break;
      case 'show':
        this.wanted = news.wanted;
        break;
      case 'take':
        this.#take(news.take);
        break;
      case 'reading':
        this.#reading(news.reading);
        break;
    }
  }
}

export const news = new NewsRoom();
