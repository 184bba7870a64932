// Which model is asked over a connection where nobody has named one.
import type { Connection } from '../ipc/bindings/types';
import { connections } from './connections.svelte';

/** The wanted one where it is offered, else the key’s own, else the first that it may ask. Null where it offers none. */
export async function modelOf(connection: Connection, wanted: string | null = null): Promise<string | null> {
  const { id, allowedModels, defaultModel } = connection;
  const offered = (await connections.askModels(id)).map((model) => model.id).filter((model) => allowedModels.length === 0 || allowedModels.includes(model));
  if (wanted !== null && offered.includes(wanted)) return wanted;
  return defaultModel ?? offered[0] ?? allowedModels[0] ?? null;
}
