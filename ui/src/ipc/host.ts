// The one door to the native process. Everything that crosses it is in commands.ts.
import { Channel, invoke } from '@tauri-apps/api/core';

export interface Host {
  invoke(command: string, args: Record<string, unknown>): Promise<unknown>;
  /** Bytes, which go as they are, and short facts about them. */
  hand(command: string, bytes: Uint8Array, facts: Record<string, string>): Promise<unknown>;
  /** What native code sends updates to; passed as an argument of a command. */
  channel(deliver: (update: unknown) => void): unknown;
}

const native: Host = {
  invoke: (command, args) => invoke(command, args),
  hand: (command, bytes, facts) => invoke(command, bytes, { headers: facts }),
  channel(deliver) {
    const channel = new Channel<unknown>();
    channel.onmessage = deliver;
    return channel;
  },
};

let current: Host = native;

/** Tests and `vite dev` put an in-memory host here. */
export function useHost(host: Host): void {
  current = host;
}

export function host(): Host {
  return current;
}
