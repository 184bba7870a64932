// Which keys are listed, and in which order: what was chosen stays while the program runs.
import type { Connection, KeyStanding } from '../../ipc/bindings/types';
import { isDue } from '../../state/upkeep';
import { words } from '../../words';

/** What a person may have to see to, the most pressing first. */
export const STATES = ['leaked', 'onHold', 'capReached', 'due', 'next', 'unused', 'fine'] as const;
export type KeyState = (typeof STATES)[number];

export const ORDERS = ['added', 'name', 'provider', 'label', 'state'] as const;
export type Order = (typeof ORDERS)[number];

/** All of them, those in a state, of a provider or with a label. */
export type Show = 'all' | 'attention' | `state:${KeyState}` | `provider:${string}` | `label:${string}`;

export type Standings = Readonly<Record<string, KeyStanding>>;

export function stateOf(connection: Connection, standing: KeyStanding | undefined, now: number): KeyState {
  if (connection.leaked && !connection.key) return 'leaked';
  if (standing?.onHold) return 'onHold';
  if (standing?.capReached) return 'capReached';
  if (isDue(connection, now)) return 'due';
  if (connection.next || connection.old) return 'next';
  return connection.lastUsedMs === null ? 'unused' : 'fine';
}

const needsCare = (state: KeyState): boolean => state !== 'unused' && state !== 'fine';

/** Everything on a card that a person would type to find it. */
function text({ name, server, label, origin, key }: Connection): string {
  return [name, server, label, origin, key ? `${words.keys.kindOf(key)} ${key.lastFour}` : words.keys.keyless].join(' ').toLowerCase();
}

export class Listing {
  typed = $state('');
  show: Show = $state('all');
  order: Order = $state('added');

  get narrows(): boolean {
    return this.typed.trim() !== '' || this.show !== 'all';
  }

  clear(): void {
    this.typed = '';
    this.show = 'all';
  }

  of(list: readonly Connection[], standings: Standings, now: number): readonly Connection[] {
    const asked = this.typed.toLowerCase().split(/\s+/);
    const state = (connection: Connection) => stateOf(connection, standings[connection.id], now);
    const fits = list.filter((connection) => this.#shows(connection, state(connection)) && asked.every((word) => text(connection).includes(word)));
    const by: Record<Order, (a: Connection, b: Connection) => number> = {
      added: () => 0,
      name: (a, b) => a.name.localeCompare(b.name),
      provider: (a, b) => a.server.localeCompare(b.server),
      // Those without one come last.
      label: (a, b) => Number(a.label === '') - Number(b.label === '') || a.label.localeCompare(b.label),
      state: (a, b) => STATES.indexOf(state(a)) - STATES.indexOf(state(b)),
    };
    return fits.sort((a, b) => by[this.order](a, b) || by.name(a, b) * Number(this.order !== 'added'));
  }

  #shows({ server, label }: Connection, state: KeyState): boolean {
    const { show } = this;
    if (show === 'all') return true;
    if (show === 'attention') return needsCare(state);
    return [`state:${state}`, `provider:${server}`, `label:${label}`].includes(show);
  }
}

export const listing = new Listing();

/** Each once, in the order of the alphabet. */
export const different = (values: readonly string[]): readonly string[] => [...new Set(values)].filter((value) => value !== '').sort((a, b) => a.localeCompare(b));
