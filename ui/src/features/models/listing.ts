// The models of all connections as one filtered, grouped list: favourites, those that were used lately, then the rest.
import { unknownModel } from '../../ipc/unknown-model';
import type { Connection, ConnectionId, Marks, Model, Price } from '../../ipc/bindings/types';
import type { Offer } from '../../state/connections.svelte';
import type { Want } from '../../state/wants';
import { isLoopback } from '../../ui/loopback';
import { words } from '../../words';

export interface Choice {
  connectionId: ConnectionId;
  model: Model;
  /** Runs on this computer: costs nothing. */
  free: boolean;
  /** Not in any list: the person typed it. */
  typed?: true;
  /** Not on the server’s computer yet: it has to be fetched first. */
  absent?: true;
}

export interface Group {
  key: string;
  /** null: over several. */
  connection: Connection | null;
  title: string;
  offer: Offer | undefined;
  /** What fits the filter, as far as it is shown. */
  choices: readonly Choice[];
  /** How many fit the filter. */
  fitting: number;
  /** No context and no price of any: that is said once, and not in each row. */
  nothingKnown: boolean;
}

/** USD for a million tokens read. */
const CHEAP = 1;

const has: Record<Want, (model: Model, free: boolean, price: Price | null) => boolean> = {
  pictures: (m) => m.seesImages || m.takes.pictures === true,
  audio: (m) => m.takes.hears === true,
  reasons: (m) => m.reasons,
  documents: (m) => m.takes.documents,
  search: (m) => m.abilities.search !== null,
  priced: (m, free, price) => free || price !== null || m.inputPrice !== null,
  cheap: (m, free, price) => free || (price?.input ?? m.inputPrice ?? Infinity) <= CHEAP,
};

/** What is shown above all others, and what is wanted of each. */
export interface Order {
  starred: readonly Marks[];
  recent: readonly Marks[];
  priceOf: (connectionId: ConnectionId, model: string) => Price | null;
  wants: readonly Want[];
}

const NO_ORDER: Order = { starred: [], recent: [], priceOf: () => null, wants: [] };

/** More of them are no help. */
const RECENT = 5;

/** One choice a model, always the same: a row whose choice is another one would be drawn anew with each letter of the filter. */
const choices = new WeakMap<Model, Choice>();
/** Models that are marked and in no list, each once. */
const unlisted = new Map<string, Model>();

function choiceOf(connectionId: ConnectionId, model: Model, free: boolean): Choice {
  const made = choices.get(model);
  if (made?.connectionId === connectionId && made.free === free) return made;
  const choice = { connectionId, model, free };
  choices.set(model, choice);
  return choice;
}

const isFree = (connection: Connection) => connection.key === null && isLoopback(connection.origin);
/** What is passed on leaves this computer, and whoever answers it may want money. */
const costsNothing = (connection: Connection, model: Model) => isFree(connection) && model.passedTo === null;

/** `room`: how many choices are shown at most, over all groups. */
export function groups(
  list: readonly Connection[],
  offers: Readonly<Record<ConnectionId, Offer>>,
  filter: string,
  room: number,
  order: Order = NO_ORDER,
): readonly Group[] {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = new Set<Model>();
  let left = room;
  const fits = (connection: Connection, model: Model, around: string) => {
    const id = model.id.toLowerCase();
    if (!wanted.every((word) => id.includes(word) || around.includes(word))) return false;
    return order.wants.length === 0 || order.wants.every((want) => has[want](model, costsNothing(connection, model), order.priceOf(connection.id, model.id)));
  };

  /** Those of the marked that are there and fit, each where it comes first. */
  const top = (key: string, title: string, marked: readonly Marks[], most: number): Group => {
    const found: Choice[] = [];
    for (const { connectionId, model: id } of marked) {
      const connection = list.find((c) => c.id === connectionId);
      if (!connection || found.length >= Math.min(most, left)) continue;
      const offered = offers[connectionId]?.models;
      // Not before its list is there: it may be known by then.
      if (offered === undefined) continue;
      const model = offered?.find((m) => m.id === id) ?? unlistedModel(connectionId, id);
      if (shown.has(model) || !fits(connection, model, aroundOf(connection))) continue;
      shown.add(model);
      found.push(choiceOf(connectionId, model, costsNothing(connection, model)));
    }
    left -= found.length;
    return { key, connection: null, title, offer: undefined, choices: found, fitting: found.length, nothingKnown: false };
  };

  const above = [top('starred', words.models.favourites, order.starred, Infinity), top('recent', words.models.recent, order.recent, RECENT)];
  const below = list.map((connection) => {
    const free = isFree(connection);
    const offer = offers[connection.id];
    const around = aroundOf(connection);
    const fit: Choice[] = [];
    let fitting = 0;
    for (const model of offer?.models ?? []) {
      if (shown.has(model) || !fits(connection, model, around)) continue;
      fitting += 1;
      if (fit.length < left) fit.push(choiceOf(connection.id, model, costsNothing(connection, model)));
    }
    left -= fit.length;
    const title = free ? words.models.local(connection.name) : words.models.group(connection.server, connection.name);
    const nothingKnown = !free && fit.length > 1 && fit.every((c) => c.model.contextTokens === null && c.model.inputPrice === null && order.priceOf(connection.id, c.model.id) === null);
    return { key: connection.id, connection, title, offer, choices: fit, fitting, nothingKnown };
  });
  return [...above.filter((group) => group.choices.length > 0), ...below];
}

const aroundOf = (connection: Connection) => ` ${connection.server} ${connection.name}`.toLowerCase();

function unlistedModel(connectionId: ConnectionId, id: string): Model {
  const key = `${connectionId}\n${id}`;
  const made = unlisted.get(key) ?? unknownModel(id);
  unlisted.set(key, made);
  return made;
}

/** What was typed, as a name: over the connection that is chosen first, and over every other one that lists no such model. */
export function typed(list: readonly Connection[], offers: Readonly<Record<ConnectionId, Offer>>, filter: string, chosen: ConnectionId | null): readonly Choice[] {
  const id = filter.trim();
  if (id === '' || /\s/.test(id)) return [];
  const sorted = [...list.filter((c) => c.id === chosen), ...list.filter((c) => c.id !== chosen)];
  return sorted
    .filter((c) => c.provider !== 'practice' && !offers[c.id]?.models?.some((m) => m.id === id))
    .map((c) => ({ connectionId: c.id, model: unknownModel(id), free: isFree(c), typed: true as const }));
}

/** What was typed, as a model to fetch: over each server that can, answers, and has no such model. */
export function fetchable(list: readonly Connection[], offers: Readonly<Record<ConnectionId, Offer>>, filter: string): readonly Choice[] {
  const id = filter.trim();
  if (id === '' || /\s/.test(id)) return [];
  return list
    .filter((c) => c.provider === 'ollama' && offers[c.id]?.models?.every((m) => m.id !== id && m.id !== `${id}:latest`))
    .map((c) => ({ connectionId: c.id, model: unknownModel(id), free: isFree(c), typed: true as const, absent: true as const }));
}
