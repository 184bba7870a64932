// Where answers can come from: addresses and their keys, and the models they offer.
import type { AppError, Check, Connection, ConnectionId, Model } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';

export interface Offer {
  models: readonly Model[] | null;
  problem: AppError | null;
}

export class Connections {
  list: readonly Connection[] = $state.raw([]);
  /** What each connection offers, as far as it was asked. */
  offers: Readonly<Record<ConnectionId, Offer>> = $state.raw({});

  load(list: readonly Connection[]): void {
    this.list = list;
    this.offers = {};
  }

  get(id: ConnectionId | null): Connection | undefined {
    return this.list.find((c) => c.id === id);
  }

  /** A new one, or a new state of a known one. */
  put(connection: Connection): void {
    const known = this.list.some((c) => c.id === connection.id);
    this.list = known ? this.list.map((c) => (c.id === connection.id ? connection : c)) : [...this.list, connection];
    this.forget(connection.id);
  }

  /** One has answered just now. What it offers is as it was. */
  used(id: ConnectionId | null, ms: number): void {
    this.list = this.list.map((c) => (c.id === id ? { ...c, lastUsedMs: Math.max(ms, c.lastUsedMs ?? 0) } : c));
  }

  async askModels(id: ConnectionId): Promise<readonly Model[]> {
    const known = this.offers[id]?.models;
    if (known) return known;
    try {
      const models = await commands.list_models(id);
      this.#offer(id, { models, problem: null });
      return models;
    } catch (reason) {
      this.#offer(id, { models: null, problem: reason as AppError });
      return [];
    }
  }

  /** What it offers is asked anew, when somebody wants to know. */
  forget(id: ConnectionId): void {
    const { [id]: _old, ...others } = this.offers;
    this.offers = others;
  }

  async check(id: ConnectionId): Promise<Check> {
    this.forget(id);
    return commands.check_connection(id);
  }

  async rename(id: ConnectionId, name: string): Promise<void> {
    this.put(await commands.rename_connection(id, name));
  }

  async remove(id: ConnectionId): Promise<void> {
    await commands.remove_connection(id);
    this.list = this.list.filter((c) => c.id !== id);
  }

  #offer(id: ConnectionId, offer: Offer): void {
    this.offers = { ...this.offers, [id]: offer };
  }
}

export const connections = new Connections();
