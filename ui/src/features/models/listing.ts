// The models of all connections as one filtered, grouped list.
import { words } from '../../app/messages';
import type { Connection, ConnectionId, Model } from '../../ipc/bindings/types';
import type { Offer } from '../../state/connections.svelte';

export interface Choice {
  connectionId: ConnectionId;
  model: Model;
  /** Runs on this computer: costs nothing. */
  free: boolean;
}

export interface Group {
  connection: Connection;
  title: string;
  offer: Offer | undefined;
  choices: readonly Choice[];
}

export function groups(
  list: readonly Connection[],
  offers: Readonly<Record<ConnectionId, Offer>>,
  filter: string,
  providerName: (c: Connection) => string,
): readonly Group[] {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return list.map((connection) => {
    const free = connection.key === null && isLoopback(connection.origin);
    const provider = providerName(connection);
    const offer = offers[connection.id];
    const choices = (offer?.models ?? [])
      .filter((model) => wanted.every((word) => `${model.id} ${provider} ${connection.name}`.toLowerCase().includes(word)))
      .map((model) => ({ connectionId: connection.id, model, free }));
    const title = free ? words.models.local(connection.name) : words.models.group(provider, connection.name);
    return { connection, title, offer, choices };
  });
}

function isLoopback(origin: string): boolean {
  return /^https?:\/\/(localhost|127\.|\[::1\])/.test(origin);
}
