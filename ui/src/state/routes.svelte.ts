// Routes: lists of models as one choice. What stands here is as it was when last asked; native code decides.
import type { Route, RouteId, RouteInput } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';

class Routes {
  list: readonly Route[] = $state.raw([]);
  /** When that was: waits count from here. */
  askedAt = $state(0);

  get(id: RouteId | null): Route | undefined {
    return this.list.find((route) => route.id === id);
  }

  async ask(): Promise<void> {
    this.list = await commands.list_routes();
    this.askedAt = Date.now();
  }

  async save(input: RouteInput): Promise<RouteId> {
    const id = await commands.save_route(input);
    await this.ask();
    return id;
  }

  async remove(id: RouteId): Promise<void> {
    await commands.remove_route(id);
    await this.ask();
  }
}

export const routes = new Routes();
