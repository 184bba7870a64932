// Some messages that follow each other: what is loaded and shown together, so that a conversation may be of any length.
import type { MessageId, OutlineLine } from '../ipc/bindings/types';
import type { Message } from './message.svelte';

/** Messages in one chunk: few enough to be made within a frame or two. */
export const CHUNK = 4;

let made = 0;

export class Chunk {
  readonly key = (made += 1);
  ids: readonly MessageId[];
  /** null until they are fetched, and again when the reader is far away. */
  messages: readonly Message[] | null = $state.raw(null);
  /** On the page. What isn’t leaves a gap of its height. */
  shown = false;
  /** In pixels: guessed, then as it was when last shown. */
  height: number;

  constructor(ids: readonly MessageId[], messages: readonly Message[] | null, height: number) {
    this.ids = ids;
    this.messages = messages;
    this.height = height;
  }

  static of(messages: readonly Message[]): Chunk {
    return new Chunk(messages.map((m) => m.id), messages, messages.length * SOME_HEIGHT);
  }

  /** Keeps only the first `count` messages. */
  cut(count: number): void {
    this.ids = this.ids.slice(0, count);
    this.messages = this.messages?.slice(0, count) ?? null;
  }

  append(messages: readonly Message[]): void {
    this.ids = [...this.ids, ...messages.map((m) => m.id)];
    if (this.messages) this.messages = [...this.messages, ...messages];
  }
}

const SOME_HEIGHT = 240;

/** What isn’t loaded, in chunks. The last one may be short: what follows it is there already. */
export function chunksOf(lines: readonly OutlineLine[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < lines.length; at += CHUNK) {
    const some = lines.slice(at, at + CHUNK);
    chunks.push(new Chunk(some.map((l) => l.id), null, some.reduce((sum, l) => sum + guess(l.bytes), 0)));
  }
  return chunks;
}

/** Loaded messages, in chunks. */
export function chunked(messages: readonly Message[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < messages.length; at += CHUNK) chunks.push(Chunk.of(messages.slice(at, at + CHUNK)));
  return chunks;
}

/** About 75 letters a line of 24 pixels, and what stands around it. */
const guess = (bytes: number) => 80 + Math.ceil(bytes / 75) * 24;
