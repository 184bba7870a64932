// Trying everything out with answers that are made up on this computer.
import { commands } from '../ipc/commands';
import { boot } from './boot.svelte';
import { connections } from './connections.svelte';
import { conversations } from './conversations.svelte';
import { place } from './place.svelte';

/** Begins a new chat with made up answers, as all new ones are from then on. */
export async function practise(): Promise<void> {
  const connection = await commands.start_practice();
  connections.put(connection);
  const model = (await connections.askModels(connection.id))[0];
  if (model) await conversations.chooseModelForNewChats(connection.id, model.id);
  boot.fresh = false;
  place.chat();
  conversations.newChat();
}
