// Changing a key in five steps. Where one is follows from the keys that are there, so that whoever stops goes on at the same place.
import type { AppError, Check, Connection, KeySource, OldKeyCheck, RemovedKey } from '../../ipc/bindings/types';
import { commands } from '../../ipc/commands';
import { connections } from '../../state/connections.svelte';

export type Errand = KeySource | 'page' | 'check' | 'switch' | 'old' | 'forget' | 'leak';

export class Rotation {
  readonly id: string;
  errand: Errand | null = $state(null);
  problem: AppError | null = $state.raw(null);
  /** What the provider said of the new key. */
  check: Check | null = $state.raw(null);
  old: (OldKeyCheck & { atMs: number }) | null = $state.raw(null);
  openedMs: number | null = $state(null);
  finished = $state(false);
  #made = $state(false);
  #revoked = $state(false);

  constructor(id: string) {
    this.id = id;
  }

  get connection(): Connection | undefined {
    return connections.get(this.id);
  }

  get step(): 1 | 2 | 3 | 4 | 5 {
    if (this.connection?.next) return 3;
    if (this.finished || this.#revoked) return 5;
    if (this.connection?.old) return 4;
    return this.#made ? 2 : 1;
  }

  made(): void {
    this.#made = true;
  }

  async openPage(page: 'keys' | 'revoke'): Promise<void> {
    const { connection } = this;
    if (!connection) return;
    await this.#run('page', async () => {
      await commands.open_provider_page(connection.provider, page);
      this.openedMs = Date.now();
    });
  }

  handOver(source: KeySource): Promise<void> {
    return this.#run(source, async () => {
      const { provider } = this.connection!;
      const done = await commands.hand_over_key({ provider, address: null, source, replaces: this.id, next: true });
      this.check = done.check;
      if (done.connection) connections.put(done.connection);
      // There is no next key in memory only.
      else if (done.pending) await commands.drop_pending();
      if (!done.connection?.next && done.check.problem) throw done.check.problem;
    });
  }

  checkNext(): Promise<void> {
    return this.#run('check', async () => {
      this.check = await commands.check_next_key(this.id);
    });
  }

  switch(): Promise<void> {
    return this.#run('switch', async () => connections.put(await commands.switch_key(this.id)));
  }

  revoked(): Promise<void> {
    this.#revoked = true;
    return this.checkOld();
  }

  checkOld(): Promise<void> {
    return this.#run('old', async () => {
      this.old = { ...(await commands.check_old_key(this.id)), atMs: Date.now() };
    });
  }

  async leaked(): Promise<RemovedKey | null> {
    let removed: RemovedKey | null = null;
    await this.#run('leak', async () => {
      removed = await commands.remove_leaked_key(this.id);
      connections.put(removed.connection);
    });
    return removed;
  }

  forget(): Promise<void> {
    return this.#run('forget', async () => {
      connections.put(await commands.forget_old_key(this.id));
      this.finished = true;
    });
  }

  async #run(errand: Errand, act: () => Promise<unknown>): Promise<void> {
    this.errand = errand;
    this.problem = null;
    try {
      await act();
    } catch (reason) {
      this.problem = reason as AppError;
    } finally {
      this.errand = null;
    }
  }
}
