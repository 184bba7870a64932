// Files that go with the next message: native code reads, keeps and measures them; the page has their pixels and their names.
import type { Attached, FileKind, FileProblem } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import type { Conversation } from './conversation.svelte';

/** A file that was not attached. It is said where it would have been, until the person takes it away. */
export interface RefusedFile {
  readonly key: number;
  readonly name: string;
  readonly problem: FileProblem;
}

/** Bytes that are handed on from here; native code takes no more either. */
const MOST_BYTES = 50 * 1024 * 1024;
/** Files that are dropped at once. */
const MOST_FILES = 100;

let keys = 0;

const refused = (name: string, problem: FileProblem): RefusedFile => ({ key: (keys += 1), name, problem });

async function add(conversation: Conversation, ask: () => Promise<Attached[]>): Promise<number> {
  conversation.attaching += 1;
  try {
    const files = await ask();
    conversation.attachments = [...conversation.attachments, ...files.flatMap((f) => (f.type === 'attached' ? [f.attachment] : []))];
    conversation.refusedFiles = [...conversation.refusedFiles, ...files.flatMap((f) => (f.type === 'refused' ? [refused(f.name, f.problem)] : []))];
    return files.length;
  } finally {
    conversation.attaching -= 1;
  }
}

/** Asks for files in a native window. */
export const pickFiles = (conversation: Conversation): Promise<number> => add(conversation, () => commands.attach_files(conversation.id));

/** The clipboard’s picture or files, which the web engine keeps from the page. */
export const pasteFiles = (conversation: Conversation): Promise<number> => add(conversation, () => commands.attach_pasted(conversation.id));

/** Files that were dropped or pasted onto the page, one after the other: each is shown as soon as it is kept. */
export async function handFiles(conversation: Conversation, files: readonly File[]): Promise<number> {
  const kept = files.slice(0, MOST_FILES);
  const left = files.slice(MOST_FILES).map((file) => refused(file.name, 'tooMany'));
  conversation.refusedFiles = [...conversation.refusedFiles, ...left];
  for (const file of kept) {
    const known = problemOf(file);
    if (known) {
      conversation.refusedFiles = [...conversation.refusedFiles, refused(file.name, known)];
      continue;
    }
    await add(conversation, async () => {
      let bytes: Uint8Array;
      try {
        bytes = new Uint8Array(await file.arrayBuffer());
      } catch {
        return [{ type: 'refused', name: file.name, problem: 'unreadable' }];
      }
      return commands.attach_bytes(conversation.id, file.name, bytes);
    });
  }
  return files.length;
}

/** A text of more letters is attached where it is pasted. */
const LONG_PASTE = 10_000;
/** Native code attaches no longer text; it stays in the message. */
const MOST_TEXT = 1024 * 1024;

export const isLongPaste = (text: string): boolean => text.length > LONG_PASTE && text.length <= MOST_TEXT;

/** Attaches what was pasted; false if that can’t be done, and it belongs into the message. */
export async function attachText(conversation: Conversation, name: string, text: string): Promise<boolean> {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > MOST_TEXT) return false;
  conversation.attaching += 1;
  try {
    const [file] = await commands.attach_bytes(conversation.id, name, bytes);
    if (file?.type !== 'attached') return false;
    conversation.attachments = [...conversation.attachments, file.attachment];
    return true;
  } catch {
    return false;
  } finally {
    conversation.attaching -= 1;
  }
}

/** Takes an attached text off again, and gives what it says. */
export async function takeBack(conversation: Conversation, id: number): Promise<string> {
  const text = await commands.attached_text(conversation.id, id);
  await detach(conversation, id);
  return text;
}

/** What can be said of a file before its bytes are read. */
function problemOf(file: File): FileProblem | null {
  if (file.size > MOST_BYTES) return 'tooLarge';
  return file.size === 0 ? 'empty' : null;
}

export async function detach(conversation: Conversation, id: number): Promise<void> {
  await commands.detach_file(conversation.id, id);
  conversation.attachments = conversation.attachments.filter((file) => file.id !== id);
}

export function dismiss(conversation: Conversation, key: number): void {
  conversation.refusedFiles = conversation.refusedFiles.filter((file) => file.key !== key);
}

/** Takes off all files of a kind. */
export async function detachAll(conversation: Conversation, kind: FileKind): Promise<void> {
  for (const file of conversation.attachments) if (file.kind === kind) await detach(conversation, file.id);
}

/** Whether there is something to send, and nothing in its way. */
export const isSendable = (c: Conversation): boolean => (c.draft.trim() !== '' || c.attachments.length > 0) && c.refusedFiles.length === 0 && c.attaching === 0;
