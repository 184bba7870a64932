// Folders, tags, the archive and the trash; which folders are open, and which chats are selected.
import { SvelteSet } from 'svelte/reactivity';
import type { Attached, Boot, ChatChange, ConversationId, Folder, FolderId, FolderInput, Organised as Told, Tag } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { words } from '../words';
import { conversations } from './conversations.svelte';

export class Organised {
  folders: readonly Folder[] = $state.raw([]);
  tags: readonly Tag[] = $state.raw([]);
  archived = $state(0);
  trashed = $state(0);
  readonly open = new SvelteSet<FolderId>();
  readonly picked = new SvelteSet<ConversationId>();
  /** What is being dragged; over which place it is. */
  dragged: readonly ConversationId[] = $state.raw([]);
  /** The folder that is being dragged. */
  carried: FolderId | null = $state(null);
  over: string | null = $state(null);
  #listed = new Set<FolderId>();
  #glanced = new Set<FolderId>();

  load(boot: Boot): void {
    this.take(boot.organised);
    this.open.clear();
    this.picked.clear();
    this.#listed.clear();
    this.#glanced.clear();
  }

  take(told: Told): void {
    this.folders = told.folders;
    this.tags = told.tags;
    this.archived = told.archived;
    this.trashed = told.trashed;
  }

  folder(id: FolderId | null): Folder | undefined {
    return this.folders.find((folder) => folder.id === id);
  }

  /** Those right in it, or those that are in none. */
  inside(parent: FolderId | null): readonly Folder[] {
    return this.folders.filter((folder) => folder.parent === parent);
  }

  /** It and all that are in it, each below the one that it is in. */
  within(id: FolderId | null): readonly Folder[] {
    const folder = this.folder(id);
    return [...(folder ? [folder] : []), ...this.inside(id).flatMap((one) => this.within(one.id))];
  }

  /** By its own name and those of the folders it is in. */
  path(folder: Folder): string {
    return words.organise.path(this.names(folder));
  }

  /** The names of all that it is in, and its own. */
  names(folder: Folder): readonly string[] {
    const names = [folder.name];
    for (let above = this.folder(folder.parent); above; above = this.folder(above.parent)) names.unshift(above.name);
    return names;
  }

  /** Those that it may be put into: never itself, nor what is in it. */
  around(id: FolderId | null): readonly Folder[] {
    const own = new Set(id === null ? [] : this.within(id).map((folder) => folder.id));
    return this.within(null).filter((folder) => !own.has(folder.id));
  }

  /** Whether that would be another place for it, and a possible one. */
  canMove(id: FolderId, parent: FolderId | null): boolean {
    return this.folder(id)?.parent !== parent && (parent === null || this.around(id).some((folder) => folder.id === parent));
  }

  /** Puts a folder with all that is in it into another one, or into none, and opens that one. */
  async moveFolder(id: FolderId, parent: FolderId | null): Promise<void> {
    const folder = this.folder(id);
    if (!folder || !this.canMove(id, parent)) return;
    const { name, mark, systemPrompt, connectionId, model, route } = folder;
    await this.saveFolder({ id, parent, name, mark, systemPrompt, connectionId, model, route });
    if (parent !== null && !this.open.has(parent)) await this.toggle(parent);
  }

  tagNames(ids: readonly number[]): readonly string[] {
    return this.tags.filter((tag) => ids.includes(tag.id)).map((tag) => tag.name);
  }

  /** Opens or closes a folder; what is in it is fetched once. */
  async toggle(id: FolderId): Promise<void> {
    if (this.open.delete(id)) return;
    this.open.add(id);
    if (this.#listed.has(id)) return;
    this.#listed.add(id);
    try {
      for (let after = null, rows; ; after = { updatedMs: rows.at(-1)!.updatedMs, id: rows.at(-1)!.id }) {
        rows = await commands.list_shelf({ type: 'folder', folder: id }, after);
        // A page of what is listed already may be followed by one that is not.
        if (rows.length === 0) return;
        conversations.add(rows);
      }
    } catch (reason) {
      this.#listed.delete(id);
      this.open.delete(id);
      throw reason;
    }
  }

  /** The newest chats of folders that nobody has opened yet, which the list doesn’t have: one page of each. */
  async listRecent(): Promise<void> {
    for (const { id, chats } of this.folders) {
      if (chats === 0 || this.#listed.has(id) || this.#glanced.has(id)) continue;
      conversations.add(await commands.list_shelf({ type: 'folder', folder: id }, null));
      this.#glanced.add(id);
    }
  }

  /** A chat was begun in a folder: it is counted there, and the way to it is opened. */
  async began(id: FolderId): Promise<void> {
    this.folders = this.folders.map((folder) => (folder.id === id ? { ...folder, chats: folder.chats + 1 } : folder));
    for (let at = this.folder(id); at; at = this.folder(at.parent)) if (!this.open.has(at.id)) await this.toggle(at.id);
  }

  /** Does the same with some chats. */
  async change(ids: readonly ConversationId[], change: ChatChange): Promise<void> {
    const { rows, organised } = await commands.organise_conversations([...ids], change);
    this.take(organised);
    const kept = new Set(rows.map((row) => row.id));
    for (const row of rows) conversations.put(row);
    for (const id of ids) if (!kept.has(id) || change.type === 'trash') conversations.gone(id);
    if (change.type !== 'tag' && change.type !== 'untag') this.picked.clear();
  }

  async saveFolder(input: FolderInput): Promise<void> {
    this.take(await commands.save_folder(input));
  }

  /** Asks for files in a native window and puts them into a folder. Those that could not be are told. */
  async fileInFolder(id: FolderId): Promise<readonly Attached[]> {
    const { files, organised } = await commands.attach_to_folder(id);
    this.take(organised);
    return files;
  }

  async unfileFromFolder(id: FolderId, file: number): Promise<void> {
    this.take(await commands.detach_from_folder(id, file));
  }

  async removeFolder(id: FolderId): Promise<void> {
    const parent = this.folder(id)?.parent ?? null;
    this.take(await commands.remove_folder(id));
    conversations.moved(id, parent);
  }

  async emptyTrash(): Promise<void> {
    this.take(await commands.empty_trash());
  }

  pick(id: ConversationId, on = !this.picked.has(id)): void {
    if (on) this.picked.add(id);
    else this.picked.delete(id);
  }

  /** What an act on this chat is meant for: all that are selected, if it is among them. */
  meant(id: ConversationId): readonly ConversationId[] {
    return this.picked.has(id) ? [...this.picked] : [id];
  }
}

export const organised = new Organised();
