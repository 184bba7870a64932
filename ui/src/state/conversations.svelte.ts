// The list of conversations, and which one is shown.
import type { Boot, ConversationId, ConversationRow, Folder, FolderId, MessageId, Route } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { connections } from './connections.svelte';
import type { Chunk } from './chunk.svelte';
import { Conversation } from './conversation.svelte';
import { drafts } from './drafts';
import { Later } from './later';
import { NOTHING } from './parameters.svelte';
import { presets } from './presets.svelte';

/** Conversations kept ready after leaving them, with what they have on the page. Those that answer are always kept. */
const KEPT_READY = 6;
/** Up to here the conversation that is left stays on the page, so that nothing flickers. */
export const NOTICEABLY_LONG_MS = 200;

/** Where a message that was looked for comes to stand. */
const BELOW_THE_EDGE = 48;

const byTime = (rows: readonly ConversationRow[]): readonly ConversationRow[] => [...rows].sort((a, b) => b.updatedMs - a.updatedMs || b.id - a.id);

type Asked = Pick<Boot['newChat'], 'connectionId' | 'model' | 'route'>;

/** With what a new chat begins that nobody has begun: the preset for new chats, if there is one. */
function afresh(asked: Asked): Boot['newChat'] {
  const preset = presets.get(presets.byDefault);
  const of = preset?.model && connections.get(preset.connectionId) ? { connectionId: preset.connectionId, model: preset.model, route: preset.route } : asked;
  return { ...of, draft: '', attachments: [], parameters: preset?.parameters ?? NOTHING, systemPrompt: preset?.instructions ?? '', preset: preset?.id ?? null };
}

interface Wanted {
  readonly id: ConversationId;
  come: Promise<void>;
}

export class Conversations {
  rows: readonly ConversationRow[] = $state.raw([]);
  current: Conversation = $state.raw(new Conversation());
  /** Where the list goes on, as native counts; null at its end. */
  #last: ConversationRow | null = null;
  #listing = false;
  /** The conversation that is being fetched, while it takes noticeably long. */
  opening: ConversationId | null = $state(null);
  #ready = new Map<ConversationId, Conversation>();
  #forNewChats: Asked = { connectionId: null, model: null, route: null };
  /** The unsent new chat while another one is shown, with all that is still being read into it; null: nobody has begun one. */
  #unsent: Conversation | null = null;
  /** A new chat that was left while its first message was on its way: it may be refused yet. */
  #sending: Conversation | null = null;
  /** What was asked for last and is being fetched. */
  #wanted: Wanted | null = null;

  load(boot: Boot): void {
    this.rows = byTime([...boot.conversations, ...boot.pinned]);
    this.#last = boot.conversations.at(-1) ?? null;
    this.#forNewChats = boot.newChat;
    this.#unsent = null;
    this.#ready.clear();
    this.#sending = null;
    // What was open belongs to what was loaded before; its number may mean another conversation now.
    this.#want(null);
    this.current = this.#made(boot.newChat);
  }

  /** The last of those in no folder that are listed; null where all are. */
  get lastListed(): ConversationRow | null {
    return this.#last;
  }

  /** Lists the next ones below those that are listed, if there are any. */
  async listMore(): Promise<void> {
    const last = this.#last;
    if (last === null || this.#listing) return;
    this.#listing = true;
    try {
      const more = await commands.list_conversations(last);
      // What changed meanwhile is listed already, further up.
      if (this.#last !== last) return;
      this.#last = more.at(-1) ?? null;
      this.add(more);
    } catch {
      // The end of the list is reached again by scrolling.
    } finally {
      this.#listing = false;
    }
  }

  get forNewChats(): Asked {
    return this.#forNewChats;
  }

  /** Every one that is held here. */
  get all(): readonly Conversation[] {
    return [...new Set([this.current, ...this.#ready.values(), ...(this.#unsent ? [this.#unsent] : [])])];
  }

  /** The new chat begins in this folder, with what it has for new chats and nothing that another one had. */
  beginIn(folder: Folder): void {
    const { current } = this;
    if (current.id !== null) return;
    this.#leaveFolder();
    current.folder = folder.id;
    if (folder.systemPrompt !== '') current.systemPrompt = folder.systemPrompt;
    if (folder.model !== null && connections.get(folder.connectionId)) {
      current.connectionId = folder.connectionId;
      current.model = folder.model;
      current.route = folder.route;
    }
  }

  newChat(): void {
    this.#want(null);
    this.#begin();
    if (this.current.isEmpty) this.#leaveFolder();
  }

  /** What is typed stays; what it was to be asked with was of the folder. */
  #leaveFolder(): void {
    const { current } = this;
    if (current.id !== null || current.folder === null) return;
    const { draft: _, attachments: __, ...begun } = afresh(this.#forNewChats);
    Object.assign(current, begun, { folder: null });
  }

  #begin(): void {
    if (this.current.id === null && this.current.isEmpty && !this.current.turn && this.current.model) return;
    drafts.flush();
    const refused = this.#sending;
    this.#sending = null;
    if (refused?.id === null && refused.refusal) {
      this.#leave();
      this.current = refused;
      return;
    }
    this.#leave();
    this.current = this.#fresh();
  }

  #fresh(): Conversation {
    const fresh = this.#unsent ?? this.#made(afresh(this.#forNewChats));
    this.#unsent = null;
    if (fresh.model === null) Object.assign(fresh, this.#forNewChats);
    return fresh;
  }

  #made(begun: Boot['newChat']): Conversation {
    const fresh = new Conversation();
    const asked = begun.model === null ? this.#forNewChats : begun;
    fresh.connectionId = asked.connectionId;
    fresh.model = asked.model;
    fresh.route = asked.route;
    fresh.draft = begun.draft;
    fresh.attachments = begun.attachments;
    fresh.parameters = begun.parameters;
    fresh.systemPrompt = begun.systemPrompt;
    fresh.preset = begun.preset;
    return fresh;
  }

  /** Shows a conversation, once it is there. Asked for again in the meantime it is fetched once; another one takes its place. */
  open(id: ConversationId): Promise<void> {
    if (this.#wanted?.id === id) return this.#wanted.come;
    const ready = this.current.id === id ? this.current : this.#ready.get(id);
    if (ready) {
      this.#want(null);
      this.#turnTo(ready);
      return Promise.resolve();
    }
    drafts.flush();
    const wanted: Wanted = { id, come: Promise.resolve() };
    this.#want(wanted);
    return (wanted.come = this.#fetch(wanted));
  }

  /** Shows a conversation where this message stands, in its branch. */
  async openAt(message: MessageId): Promise<void> {
    drafts.flush();
    const from = this.current;
    const view = await commands.open_at_message(message);
    // Whoever went elsewhere meanwhile stays there.
    if (this.current !== from) return;
    const ready = this.current.id === view.id ? this.current : this.#ready.get(view.id);
    // What is being answered keeps its branch.
    if (ready && !ready.turn) ready.show(view);
    const shown = ready ?? Conversation.of(view);
    shown.place = { message, offset: BELOW_THE_EDGE };
    this.#want(null);
    this.#turnTo(shown);
    this.#ready.set(view.id, shown);
  }

  /** Fetches a conversation without showing it. */
  async fetch(id: ConversationId): Promise<Conversation> {
    const fetched = Conversation.of(await commands.open_conversation(id));
    this.#ready.set(id, fetched);
    return fetched;
  }

  async #fetch(wanted: Wanted): Promise<void> {
    const slow = new Later(() => {
      if (this.#wanted === wanted) this.opening = wanted.id;
    });
    slow.in(NOTICEABLY_LONG_MS);
    try {
      const opened = Conversation.of(await commands.open_conversation(wanted.id));
      if (this.#wanted !== wanted) return;
      this.#turnTo(opened);
      this.#ready.set(wanted.id, opened);
    } finally {
      slow.stop();
      if (this.#wanted === wanted) this.#want(null);
    }
  }

  #want(wanted: Wanted | null): void {
    this.#wanted = wanted;
    // Grey lines stay when one is asked for after another.
    this.opening = this.opening === null ? null : (wanted?.id ?? null);
  }

  #turnTo(conversation: Conversation): void {
    if (this.current === conversation) return;
    // What was typed until now belongs to the one that goes.
    drafts.flush();
    this.#leave();
    this.current = conversation;
  }

  /** Learns which messages come before what is loaded. */
  async outline(conversation: Conversation): Promise<void> {
    const { id, branch } = conversation;
    if (!conversation.hasEarlier || id === null) return;
    conversation.complete(await commands.outline_conversation(id), branch);
  }

  /** Fetches what these chunks lack. */
  async loadChunks(conversation: Conversation, chunks: readonly Chunk[]): Promise<void> {
    const ids = chunks.filter((chunk) => !chunk.messages).flatMap((chunk) => chunk.ids);
    if (conversation.id === null || ids.length === 0) return;
    conversation.fill(await commands.load_messages(conversation.id, ids));
  }

  async chooseVersion(conversation: Conversation, messageId: MessageId): Promise<void> {
    conversation.show(await commands.choose_version(messageId));
    conversation.refusal = null;
  }

  async chooseModel(conversation: Conversation, connectionId: string, model: string): Promise<void> {
    await commands.choose_model(conversation.id, connectionId, model);
    conversation.connectionId = connectionId;
    conversation.model = model;
    conversation.route = null;
    conversation.refusal = null;
    if (conversation.id === null) this.#forNewChats = { ...this.#forNewChats, connectionId, model, route: null };
  }

  /** The first of a route stands for it wherever one model is asked for. */
  async chooseRoute(conversation: Conversation, route: Route): Promise<void> {
    const first = route.steps[0];
    if (!first) return;
    await commands.choose_route(conversation.id, route.id);
    const chosen = { connectionId: first.connectionId, model: first.model, route: route.id };
    Object.assign(conversation, chosen);
    conversation.refusal = null;
    if (conversation.id === null) this.#forNewChats = { ...this.#forNewChats, ...chosen };
  }

  async chooseRouteForNewChats(route: Route): Promise<void> {
    const first = route.steps[0];
    if (!first) return;
    await commands.choose_route(null, route.id);
    const chosen = { connectionId: first.connectionId, model: first.model, route: route.id };
    this.#forNewChats = { ...this.#forNewChats, ...chosen };
    if (this.#unsent) Object.assign(this.#unsent, chosen);
    if (this.current.id === null) Object.assign(this.current, chosen);
  }

  async chooseModelForNewChats(connectionId: string, model: string): Promise<void> {
    await commands.choose_model(null, connectionId, model);
    this.#forNewChats = { ...this.#forNewChats, connectionId, model, route: null };
    if (this.#unsent) Object.assign(this.#unsent, { connectionId, model, route: null });
    if (this.current.id === null) {
      this.current.connectionId = connectionId;
      this.current.model = model;
      this.current.route = null;
    }
  }

  async setSystemPrompt(conversation: Conversation, text: string): Promise<void> {
    if (conversation.id === null) await commands.choose_preset(null, conversation.preset);
    await commands.set_system_prompt(conversation.id, text);
    conversation.systemPrompt = text;
  }

  async rename(id: ConversationId, title: string): Promise<void> {
    this.put(await commands.rename_conversation(id, title));
  }

  /** All of them are gone. */
  clear(): void {
    this.rows = [];
    this.#last = null;
    this.#ready.clear();
    this.#unsent = null;
    this.#want(null);
    this.current = this.#fresh();
  }

  /** It is in the trash, or nowhere. */
  gone(id: ConversationId): void {
    this.rows = this.rows.filter((row) => row.id !== id);
    if (this.#wanted?.id === id) this.#want(null);
    if (this.current.id === id) this.#begin();
    // After it was left, which keeps what is left.
    this.#ready.delete(id);
  }

  /** More rows that are in the lists; how many of them are new. */
  add(rows: readonly ConversationRow[]): number {
    const fresh = rows.filter((row) => !this.#has(row.id));
    if (fresh.length > 0) this.rows = byTime([...this.rows, ...fresh]);
    return fresh.length;
  }

  /** What was in a folder that is gone. */
  moved(from: FolderId, to: FolderId | null): void {
    this.rows = this.rows.map((row) => (row.folder === from ? { ...row, folder: to } : row));
    for (const shown of [this.current, ...this.#ready.values()]) if (shown.folder === from) shown.folder = to;
  }

  /** On top, by their number. */
  get pinned(): readonly ConversationRow[] {
    return this.rows.filter((row) => row.pinnedMs !== null && !row.archived).sort((a, b) => a.pinnedMs! - b.pinnedMs!);
  }

  row(id: ConversationId | null): ConversationRow | undefined {
    return this.rows.find((row) => row.id === id);
  }

  /** A row that changed, in its place: the newest first. */
  put(row: ConversationRow): void {
    const others = this.rows.filter((r) => r.id !== row.id);
    const at = others.findIndex((r) => r.updatedMs <= row.updatedMs);
    this.rows = at < 0 ? [...others, row] : [...others.slice(0, at), row, ...others.slice(at)];
    const shown = this.current.id === row.id ? this.current : this.#ready.get(row.id);
    if (shown) Object.assign(shown, { title: row.title, folder: row.folder, tags: row.tags });
  }

  /** A model has named it. */
  titled(id: ConversationId, title: string): void {
    const now = this.row(id);
    if (now) this.put({ ...now, title });
    else if (this.current.id === id) this.current.title = title;
  }

  /** A row that another window changed. What is older than what is listed here is no news. */
  changed(row: ConversationRow): void {
    if ((this.row(row.id)?.updatedMs ?? 0) <= row.updatedMs) this.put(row);
  }

  /** The row of a turn that ended. Its conversation may have been removed while it answered, or have got another name. */
  ended(row: ConversationRow): void {
    const now = this.rows.find((r) => r.id === row.id);
    if (now) this.put({ ...now, updatedMs: row.updatedMs, answering: row.answering });
  }

  #has(id: ConversationId): boolean {
    return this.rows.some((row) => row.id === id);
  }

  /** A new chat got its number. */
  keepReady(conversation: Conversation): void {
    if (conversation.id === null) return;
    this.#ready.set(conversation.id, conversation);
    // It may have been sent while another one was shown.
    if (this.#unsent === conversation) this.#unsent = null;
  }

  /** The one before or after, of those in the lists or of those that are shown. The archive is not among the lists. */
  neighbour(step: 1 | -1, rows: readonly ConversationRow[] = this.rows.filter((row) => !row.archived)): ConversationId | null {
    const from = this.#wanted?.id ?? this.current.id;
    const at = rows.findIndex((row) => row.id === from);
    return rows[at < 0 ? (step > 0 ? 0 : -1) : at + step]?.id ?? null;
  }

  #leave(): void {
    const left = this.current;
    if (left.id === null) {
      if (left.turn) {
        this.#sending = left;
        return;
      }
      this.#unsent = left;
      return;
    }
    this.#ready.delete(left.id);
    this.#ready.set(left.id, left);
    const settled = [...this.#ready].filter(([, c]) => !c.turn && !c.sendWhenOnline && !c.hasEdits && c.changing === null);
    for (const [id] of settled.slice(0, Math.max(0, settled.length - KEPT_READY))) this.#ready.delete(id);
  }
}

export const conversations = new Conversations();
