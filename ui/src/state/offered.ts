// What all connections offer, for a list to choose one model from.
import type { Step } from '../ipc/bindings/types';
import { connections } from './connections.svelte';

/** Asks everybody; who offers nothing is simply not among the choices. */
export function askForOffers(): void {
  for (const connection of connections.list) void connections.askModels(connection.id);
}

/** By connection. The one that is chosen is among them, also where it is in no list. */
export function offered(chosen: Step | null): { connectionId: string; name: string; models: readonly string[] }[] {
  return connections.list.map((connection) => {
    const listed = (connections.offers[connection.id]?.models ?? []).map((model) => model.id);
    const own = chosen?.connectionId === connection.id && !listed.includes(chosen.model) ? [chosen.model] : [];
    return { connectionId: connection.id, name: connection.name, models: [...own, ...listed] };
  });
}
