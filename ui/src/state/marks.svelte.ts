// What the person has made of models: favourites, those that were used lately, and prices that nobody publishes.
import type { ConnectionId, Marks, Price } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';

const keyOf = (connectionId: ConnectionId, model: string) => `${connectionId}\n${model}`;

export class ModelMarks {
  #all: ReadonlyMap<string, Marks> = $state.raw(new Map());
  /** Those that were used lately, the latest first: made when it is asked for, and then only when they change. */
  readonly recent: readonly Marks[] = $derived([...this.#all.values()].filter((m) => m.usedMs !== null).sort((a, b) => b.usedMs! - a.usedMs!));
  /** Favourites, in the order they were made. */
  readonly starred: readonly Marks[] = $derived([...this.#all.values()].filter((m) => m.starredMs !== null).sort((a, b) => a.starredMs! - b.starredMs!));

  load(list: readonly Marks[]): void {
    this.#all = new Map(list.map((m) => [keyOf(m.connectionId, m.model), m]));
  }

  of(connectionId: ConnectionId | null, model: string | null): Marks | undefined {
    return connectionId === null || model === null ? undefined : this.#all.get(keyOf(connectionId, model));
  }

  priceOf(connectionId: ConnectionId | null, model: string | null): Price | null {
    return this.of(connectionId, model)?.price ?? null;
  }

  used(connectionId: ConnectionId | null, model: string, ms: number): void {
    if (connectionId !== null) this.#put(connectionId, model, { usedMs: ms });
  }

  /** True if it is a favourite then. */
  async star(connectionId: ConnectionId, model: string): Promise<boolean> {
    const starred = this.of(connectionId, model)?.starredMs == null;
    await commands.star_model(connectionId, model, starred);
    this.#put(connectionId, model, { starredMs: starred ? Date.now() : null });
    return starred;
  }

  async setPrice(connectionId: ConnectionId, model: string, price: Price | null): Promise<void> {
    await commands.set_price(connectionId, model, price);
    this.#put(connectionId, model, { price });
  }

  #put(connectionId: ConnectionId, model: string, change: Partial<Marks>): void {
    const before = this.of(connectionId, model) ?? { connectionId, model, starredMs: null, usedMs: null, price: null };
    this.#all = new Map(this.#all).set(keyOf(connectionId, model), { ...before, ...change });
  }
}

export const marks = new ModelMarks();
