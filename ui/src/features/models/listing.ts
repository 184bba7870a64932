// The models of all connections as one filtered, grouped list.
import { unknownModel } from '../../ipc/unknown-model';
import { words } from '../../app/messages';
import type { Connection, ConnectionId, Model } from '../../ipc/bindings/types';
import type { Offer } from '../../state/connections.svelte';

export interface Choice {
  connectionId: ConnectionId;
  model: Model;
  /** Runs on this computer: costs nothing. */
  free: boolean;
  /** Not in any list: the person typed it. */
  typed?: true;
}

export interface Group {
  connection: Connection;
  title: string;
  offer: Offer | undefined;
  /** What fits the filter, as far as it is shown. */
  choices: readonly Choice[];
  /** How many fit the filter. */
  fitting: number;
  /** No context and no price of any: that is said once, and not in each row. */
  nothingKnown: boolean;
}

/** One choice a model, always the same: a row whose choice is another one would be drawn anew with each letter of the filter. */
const choices = new WeakMap<Model, Choice>();

function choiceOf(connectionId: ConnectionId, model: Model, free: boolean): Choice {
  const made = choices.get(model);
  if (made?.connectionId === connectionId && made.free === free) return made;
  const choice = { connectionId, model, free };
  choices.set(model, choice);
  return choice;
}

/** `room`: how many choices are shown at most, over all groups. */
export function groups(
  list: readonly Connection[],
  offers: Readonly<Record<ConnectionId, Offer>>,
  filter: string,
  room: number,
): readonly Group[] {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  let left = room;
  return list.map((connection) => {
    const free = connection.key === null && isLoopback(connection.origin);
    const offer = offers[connection.id];
    const around = ` ${connection.server} ${connection.name}`.toLowerCase();
    const fit: Choice[] = [];
    let fitting = 0;
    for (const model of offer?.models ?? []) {
      const id = model.id.toLowerCase();
      if (!wanted.every((word) => id.includes(word) || around.includes(word))) continue;
      fitting += 1;
      if (fit.length < left) fit.push(choiceOf(connection.id, model, free));
    }
    left -= fit.length;
    const title = free ? words.models.local(connection.name) : words.models.group(connection.server, connection.name);
    const nothingKnown = !free && fit.length > 1 && fit.every((c) => c.model.contextTokens === null && c.model.inputPrice === null);
    return { connection, title, offer, choices: fit, fitting, nothingKnown };
  });
}

/** What was typed, as a name: over the connection that is chosen first, and over every other one that lists no such model. */
export function typed(list: readonly Connection[], offers: Readonly<Record<ConnectionId, Offer>>, filter: string, chosen: ConnectionId | null): readonly Choice[] {
  const id = filter.trim();
  if (id === '' || /\s/.test(id)) return [];
  const sorted = [...list.filter((c) => c.id === chosen), ...list.filter((c) => c.id !== chosen)];
  return sorted
    .filter((c) => c.provider !== 'practice' && !offers[c.id]?.models?.some((m) => m.id === id))
    .map((c) => ({ connectionId: c.id, model: unknownModel(id), free: c.key === null && isLoopback(c.origin), typed: true as const }));
}


function isLoopback(origin: string): boolean {
  return /^https?:\/\/(localhost|127\.|\[::1\])/.test(origin);
}
