// A model that a server on this computer is told to fetch: one at a time, and whatever else is on the page.
import type { ConnectionId, Job } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { words } from '../words';
import { attempt } from './attempt';
import { connections } from './connections.svelte';
import { news } from './news.svelte';
import { notices } from './notices.svelte';

class Fetching {
  /** What it is called; null after the page was loaded again, when only that something is fetched is known. */
  model: string | null = $state(null);

  constructor() {
    news.onJob('modelPull', (job) => {
      if (!job.isRunning) this.#ask();
    });
  }

  /** How far it is; null where nothing is fetched. */
  get job(): Job | null {
    const job = news.jobs.modelPull;
    return job?.isRunning ? job : null;
  }

  /** Comes back when it is there, or is said not to be. */
  async begin(connectionId: ConnectionId, model: string): Promise<void> {
    this.model = model;
    const isThere = await attempt(() => commands.pull_model(connectionId, model));
    this.model = null;
    if (isThere) notices.show({ text: words.models.fetched(model), action: null });
  }

  stop(): Promise<void> {
    return commands.stop_job('modelPull');
  }

  /** What such servers offered before may no longer be all, and a list of it may be open. */
  #ask(): void {
    for (const { id, provider } of connections.list) {
      if (provider !== 'ollama') continue;
      connections.forget(id);
      void connections.askModels(id);
    }
  }
}

export const fetching = new Fetching();
