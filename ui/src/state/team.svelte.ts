// The team whose file was accepted, and the most that it lets each of its connections do.
import type { ConnectionId, Team, TeamConnection } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { connections } from './connections.svelte';

class TeamState {
  view: Team | null = $state.raw(null);

  /** What the team says of a connection that was made of its file. */
  of(id: ConnectionId): TeamConnection | null {
    return this.view?.connections.find((one) => one.connectionId === id) ?? null;
  }

  async load(): Promise<void> {
    this.view = await commands.get_team();
  }

  /** Whether anything is new. What it changes of connections that are there is fetched by whoever shows them. */
  async choose(): Promise<boolean> {
    const before = this.view;
    this.view = await commands.choose_team_file();
    return this.view?.version !== before?.version || this.view?.name !== before?.name;
  }

  async setUp(name: string): Promise<void> {
    connections.put(await commands.set_up_team_connection(name));
    await this.load();
  }

  async leave(): Promise<void> {
    this.view = await commands.leave_team();
  }
}

export const team = new TeamState();
