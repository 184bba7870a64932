// The names that texts about a conversation need.
import type { MessageFacts } from '../../ipc/bindings/types';
import { boot } from '../../state/boot.svelte';
import { connections } from '../../state/connections.svelte';
import type { Conversation } from '../../state/conversation.svelte';
import { hasVersion } from '../../state/version';
import { readable } from '../../ui/readable';
import { words, type Setting } from '../../words';

export function settingOf(conversation: Conversation, facts?: MessageFacts): Setting {
  const connection = connections.get(conversation.connectionId);
  const said = facts?.error?.provider ?? conversation.problem?.provider;
  return {
    provider: said ?? connection?.server ?? words.chat.after.someProvider,
    connection: connection?.name ?? '',
    model: readable(facts?.model ?? conversation.model ?? ''),
    keychain: boot.keychainName,
    noVersion: connection !== undefined && !hasVersion(connection.address),
  };
}
