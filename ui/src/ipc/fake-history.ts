// The fake's conversations: a list of messages each, with versions as siblings of one parent.
import { ANSWER } from './bindings/fake-answer';
import type * as t from './bindings/types';
import { NOTHING, QUESTION, TITLES } from './fake-data';
import type { Said } from './fake-search';

const DAY = 86_400_000;
const PAGE = 40;

/** In no list but that of all. */
const LOOSE: Omit<t.ConversationRow, 'id' | 'title' | 'updatedMs'> = { answering: false, folder: null, pinnedMs: null, archived: false, deletedMs: null, tags: [] };

interface Kept {
  row: t.ConversationRow;
  deleted: boolean;
  /** The shown branch. */
  branch: number[];
  queue: readonly t.Queued[];
}

export class FakeHistory {
  #kept = new Map<number, Kept>();
  #messages = new Map<number, t.MessageView & { conversation: number }>();
  #next = 1;
  #chosen = new Map<number, t.Step>();
  /** Files of drafts, by their numbers. */
  #drafts = new Map<number, { conversation: number | null; file: t.Attachment }>();
  #nextFile = 1;
  #folders: t.Folder[] = [];
  #tags: string[] = [];

  constructor(count: number) {
    const titles = Array.from({ length: count }, (_, i) => TITLES[i] ?? `Chat ${i + 1}`);
    titles.forEach((title, i) => {
      const id = i + 1;
      this.#kept.set(id, { row: { ...LOOSE, id, title, updatedMs: Date.now() - Math.max(0, i - 2) * DAY - i * 600_000 }, deleted: false, branch: [], queue: [] });
      const pairs = i === 2 ? 90 : 1;
      for (let n = 0; n < pairs; n += 1) {
        const parent = this.#last(id);
        const user = this.#add(id, 'user', pairs > 1 ? `Question ${n + 1}` : QUESTION, [], parent);
        const answer = this.#add(id, 'assistant', '', ANSWER, user.facts.id);
        this.#set(answer.facts.id, { status: 'complete', finish: 'stop', promptTokens: 1284, answerTokens: 742, firstTokenMs: 420, cost: { nano: 9_025_000, from: 'prices' } });
      }
    });
  }

  /** Those that are nowhere else. */
  rows(): t.ConversationRow[] {
    return this.#all((row) => row.folder === null && row.pinnedMs === null && !row.archived);
  }

  pinned(): t.ConversationRow[] {
    return this.#all((row) => row.pinnedMs !== null && !row.archived);
  }

  shelf(shelf: t.ShelfInput, after: t.After | null, limit: number): t.ConversationRow[] {
    if (shelf.type === 'trash') return [...this.#kept.values()].filter((k) => k.deleted).map((k) => ({ ...k.row, deletedMs: Date.now() }));
    const isBelow = (row: t.ConversationRow) => after === null || row.updatedMs < after.updatedMs || (row.updatedMs === after.updatedMs && row.id < after.id);
    return this.#all((row) => isBelow(row) && (shelf.type === 'archive' ? row.archived : row.folder === shelf.folder && !row.archived)).slice(0, limit);
  }

  organise(ids: readonly number[], change: t.ChatChange): t.Reorganised {
    for (const id of ids) {
      const kept = this.#get(id);
      const { tags } = kept.row;
      if (change.type === 'trash' || change.type === 'restore') kept.deleted = change.type === 'trash';
      else if (change.type === 'pin') kept.row = { ...kept.row, pinnedMs: Date.now() };
      else if (change.type === 'unpin') kept.row = { ...kept.row, pinnedMs: null };
      else if (change.type === 'move') kept.row = { ...kept.row, folder: change.folder };
      else if (change.type === 'archive' || change.type === 'unarchive') kept.row = { ...kept.row, archived: change.type === 'archive' };
      else if (change.type === 'tag') kept.row = { ...kept.row, tags: [...new Set([...tags, this.#tag(change.name)])] };
      else kept.row = { ...kept.row, tags: tags.filter((tag) => tag !== change.tag) };
    }
    return { rows: ids.map((id) => this.#get(id)).filter((k) => !k.deleted).map((k) => k.row), organised: this.organised() };
  }

  organised(): t.Organised {
    const all = [...this.#kept.values()];
    const here = all.filter((k) => !k.deleted).map((k) => k.row);
    const tags = this.#tags.map((name, at) => ({ id: at + 1, name, chats: here.filter((row) => row.tags.includes(at + 1)).length }));
    return {
      folders: this.#folders.map((folder) => ({ ...folder, chats: here.filter((row) => row.folder === folder.id && !row.archived).length })),
      tags: tags.filter((tag) => tag.chats > 0),
      archived: here.filter((row) => row.archived).length,
      trashed: all.length - here.length,
    };
  }

  saveFolder(input: t.FolderInput): t.Organised {
    const files = this.#folders.find((f) => f.id === input.id)?.files ?? [];
    const folder = { ...input, id: input.id ?? this.#folders.length + 1, files, chats: 0 };
    this.#folders = [...this.#folders.filter((f) => f.id !== folder.id), folder];
    return this.organised();
  }

  fileInFolder(id: number, files: readonly t.Attached[]): t.FolderFiled {
    const kept = files.flatMap((f) => (f.type === 'attached' ? [{ ...f.attachment, preview: null }] : []));
    this.#folders = this.#folders.map((f) => (f.id === id ? { ...f, files: [...f.files, ...kept] } : f));
    return { files: [...files], organised: this.organised() };
  }

  unfileFromFolder(id: number, file: number): t.Organised {
    this.#folders = this.#folders.map((f) => (f.id === id ? { ...f, files: f.files.filter((one) => one.id !== file) } : f));
    return this.organised();
  }

  removeFolder(id: number): t.Organised {
    const parent = this.#folders.find((f) => f.id === id)?.parent ?? null;
    this.#folders = this.#folders.filter((f) => f.id !== id).map((f) => (f.parent === id ? { ...f, parent } : f));
    for (const kept of this.#kept.values()) if (kept.row.folder === id) kept.row = { ...kept.row, folder: parent };
    return this.organised();
  }

  eraseAll(): t.Organised {
    this.#kept.clear();
    return this.organised();
  }

  emptyTrash(): t.Organised {
    for (const [id, kept] of this.#kept) if (kept.deleted) this.#kept.delete(id);
    return this.organised();
  }

  #tag(name: string): number {
    if (!this.#tags.includes(name)) this.#tags.push(name);
    return this.#tags.indexOf(name) + 1;
  }

  #all(which: (row: t.ConversationRow) => boolean): t.ConversationRow[] {
    return [...this.#kept.values()].filter((k) => !k.deleted && which(k.row)).map((k) => k.row).sort((a, b) => b.updatedMs - a.updatedMs);
  }

  row(id: number, answering: boolean): t.ConversationRow {
    const kept = this.#get(id);
    kept.row = { ...kept.row, answering };
    return kept.row;
  }

  chooseModel(id: number | null, step: t.Step): void {
    if (id !== null) this.#chosen.set(id, step);
  }

  view(id: number): t.ConversationView {
    const kept = this.#get(id);
    const shown = kept.branch.slice(-PAGE);
    return {
      id,
      title: kept.row.title,
      systemPrompt: '',
      parameters: NOTHING,
      preset: null,
      draft: '',
      attachments: this.draftFiles(id),
      queue: [...kept.queue],
      ...(this.#chosen.get(id) ?? { connectionId: 'connection-1', model: 'gpt-5.1' }),
      route: null,
      folder: kept.row.folder,
      tags: kept.row.tags,
      messages: shown.map((m) => this.#versioned(m)),
      hasEarlier: shown.length < kept.branch.length,
    };
  }

  setQueue(id: number, queue: readonly t.Queued[]): void {
    this.#get(id).queue = queue;
  }

  outline(id: number): t.OutlineLine[] {
    return this.#get(id).branch.map((m) => ({ id: m, bytes: this.plain(m).length }));
  }

  some(ids: readonly number[]): t.MessageView[] {
    return ids.map((id) => this.#versioned(id));
  }

  find(id: number, text: string): t.Found[] {
    const count = (message: number) => this.plain(message).toLowerCase().split(text.toLowerCase()).length - 1;
    return this.#get(id).branch.map((m) => ({ message: m, inReasoning: 0, inText: count(m) })).filter((f) => f.inText > 0);
  }

  /** Every message that can be found, the newest first. */
  said(): Said[] {
    const all = [...this.#messages.values()].filter((m) => !this.#get(m.conversation).deleted);
    return all.reverse().map((m) => ({
      conversationId: m.conversation,
      title: this.#get(m.conversation).row.title,
      messageId: m.facts.id,
      role: m.facts.role,
      model: m.facts.model,
      atMs: this.#get(m.conversation).row.updatedMs,
      text: this.plain(m.facts.id),
    }));
  }

  openAt(messageId: number): t.ConversationView {
    const { conversation } = this.#messages.get(messageId)!;
    return this.#get(conversation).branch.includes(messageId) ? this.view(conversation) : this.chooseVersion(messageId);
  }

  plain(id: number): string {
    const message = this.#messages.get(id)!;
    return message.text + message.blocks.join('\n').replace(/<figcaption.*?<\/figcaption>|<math.*?<\/math>|<[^>]*>/gs, '');
  }

  rename(id: number, title: string): t.ConversationRow {
    const kept = this.#get(id);
    kept.row = { ...kept.row, title };
    return kept.row;
  }

  attach(conversation: number | null, files: readonly t.Attached[]): t.Attached[] {
    return files.map((file) => {
      if (file.type === 'refused') return file;
      const attachment = { ...file.attachment, id: this.#nextFile++ };
      this.#drafts.set(attachment.id, { conversation, file: attachment });
      return { type: 'attached', attachment };
    });
  }

  detach(id: number): void {
    this.#drafts.delete(id);
  }

  /** Audio becomes its words, in the same place. */
  writeDown(id: number): t.WrittenDown {
    const draft = this.#drafts.get(id);
    if (!draft) throw new Error('no such file');
    const words: t.Attachment = { ...draft.file, name: `${draft.file.name}.txt`, kind: 'text', size: 1_200, audio: null, lengthMs: null };
    this.#drafts.set(id, { ...draft, file: words });
    return { attachment: words, nano: 18_500_000 };
  }

  draftFiles(conversation: number | null): t.Attachment[] {
    return [...this.#drafts.values()].filter((d) => d.conversation === conversation).map((d) => d.file);
  }

  send(id: number | null, text: string, model: string, files: readonly number[] = [], folder: number | null = null) {
    const at = id ?? this.#new(text, folder);
    const user = this.#add(at, 'user', text, [], this.#last(at));
    user.facts.attachments = files.map((file, n) => ({ ...this.#drafts.get(file)!.file, id: n + 1 }));
    files.forEach((file) => this.#drafts.delete(file));
    const answer = this.#add(at, 'assistant', '', [], user.facts.id, model);
    return { user, answer, row: this.#touch(at) };
  }

  edit(messageId: number, text: string) {
    const old = this.#messages.get(messageId)!;
    this.#cut(old.conversation, messageId);
    const user = this.#add(old.conversation, 'user', text, [], old.facts.parentId);
    user.facts.attachments = old.facts.attachments;
    const answer = this.#add(old.conversation, 'assistant', '', [], user.facts.id);
    return { user: this.#versioned(user.facts.id), answer, row: this.#touch(old.conversation) };
  }

  again(messageId: number, model?: string) {
    const old = this.#messages.get(messageId)!;
    this.#cut(old.conversation, messageId);
    const answer = this.#add(old.conversation, 'assistant', '', [], old.facts.parentId, model);
    return { user: null, answer: this.#versioned(answer.facts.id), row: this.#touch(old.conversation) };
  }

  chooseVersion(messageId: number): t.ConversationView {
    const chosen = this.#messages.get(messageId)!;
    const kept = this.#get(chosen.conversation);
    const at = kept.branch.findIndex((m) => this.#messages.get(m)!.facts.parentId === chosen.facts.parentId);
    kept.branch = [...kept.branch.slice(0, at), messageId];
    for (let tip: number | undefined = messageId; tip !== undefined; ) {
      const next = [...this.#messages.values()].filter((m) => m.facts.parentId === tip).pop()?.facts.id;
      if (next !== undefined) kept.branch.push(next);
      tip = next;
    }
    return this.view(chosen.conversation);
  }

  tree(id: number): t.TreeNode[] {
    const { branch } = this.#get(id);
    const of = [...this.#messages.values()].filter((m) => m.conversation === id);
    return of.map(({ facts }) => ({ id: facts.id, parentId: facts.parentId, role: facts.role, beginning: this.plain(facts.id).slice(0, 160), model: facts.model, status: facts.status, createdMs: facts.createdMs, cost: facts.cost, shown: branch.includes(facts.id) }));
  }

  /** All that follows goes with it. */
  removeBranch(messageId: number): t.ConversationView {
    const { conversation, facts } = this.#messages.get(messageId)!;
    const gone = new Set([messageId]);
    for (const m of this.#messages.values()) if (m.facts.parentId !== null && gone.has(m.facts.parentId)) gone.add(m.facts.id);
    gone.forEach((id) => this.#messages.delete(id));
    return this.#get(conversation).branch.includes(messageId) ? this.chooseVersion(facts.parentId!) : this.view(conversation);
  }

  fork(messageId: number, title: string): t.ConversationRow {
    const { conversation } = this.#messages.get(messageId)!;
    const id = this.#new(title, null);
    const { branch } = this.#get(conversation);
    let parent: number | null = null;
    for (const old of branch.slice(0, branch.indexOf(messageId) + 1)) {
      const { facts, text, blocks } = this.#messages.get(old)!;
      const copy = this.#add(id, facts.role, text, blocks, parent);
      copy.facts = { ...facts, id: copy.facts.id, parentId: parent };
      parent = copy.facts.id;
    }
    return this.row(id, false);
  }

  editAnswer(messageId: number, text: string): t.ConversationView {
    const old = this.#messages.get(messageId)!;
    const edited = this.#add(old.conversation, 'assistant', '', [`<p dir="auto">${text}</p>`], old.facts.parentId);
    edited.facts = { ...edited.facts, status: 'complete', finish: 'edited' };
    return this.chooseVersion(edited.facts.id);
  }

  paint(id: number, answer: string | null, reasoning: string | null): void {
    const message = this.#messages.get(id)!;
    if (answer !== null) message.blocks = [...message.blocks, answer];
    if (reasoning !== null) message.reasoning = [...message.reasoning, reasoning];
  }

  settle(id: number, change: Partial<t.MessageFacts>): t.MessageFacts {
    this.#set(id, change);
    return this.#versioned(id).facts;
  }

  #set(id: number, change: Partial<t.MessageFacts>): void {
    const message = this.#messages.get(id)!;
    message.facts = { ...message.facts, ...change };
  }

  #get(id: number): Kept {
    return this.#kept.get(id)!;
  }

  #last(id: number): number | null {
    return this.#get(id).branch.at(-1) ?? null;
  }

  #cut(id: number, from: number): void {
    const kept = this.#get(id);
    kept.branch = kept.branch.slice(0, kept.branch.indexOf(from));
  }

  #touch(id: number): t.ConversationRow {
    const kept = this.#get(id);
    kept.row = { ...kept.row, updatedMs: Date.now(), answering: true };
    return kept.row;
  }

  #new(text: string, folder: number | null): number {
    const id = Math.max(0, ...this.#kept.keys()) + 1;
    this.#kept.set(id, { row: { ...LOOSE, id, title: text.slice(0, 40), updatedMs: Date.now(), answering: true, folder }, deleted: false, branch: [], queue: [] });
    return id;
  }

  #add(conversation: number, role: 'user' | 'assistant', text: string, blocks: readonly string[], parentId: number | null, model = 'gpt-5.1') {
    const id = this.#next++;
    const message = {
      conversation,
      text,
      blocks: [...blocks],
      spelledOut: null,
      reasoning: [] as string[],
      facts: {
        id,
        role,
        parentId,
        status: role === 'user' ? 'complete' : 'streaming',
        finish: null,
        error: null,
        model: role === 'user' ? null : model,
        promptTokens: null,
        answerTokens: null,
        firstTokenMs: null,
        reasoningMs: null,
        skipped: 0,
        cost: null,
        searches: null,
        sources: [],
        route: null,
        attachments: [],
        createdMs: Date.now(),
        version: { index: 1, count: 1, previous: null, next: null },
      } as t.MessageFacts,
    };
    this.#messages.set(id, message);
    this.#get(conversation).branch.push(id);
    return message;
  }

  #versioned(id: number): t.MessageView {
    const message = this.#messages.get(id)!;
    const siblings = [...this.#messages.values()]
      .filter((m) => m.conversation === message.conversation && m.facts.parentId === message.facts.parentId)
      .map((m) => m.facts.id);
    const at = siblings.indexOf(id);
    const version = { index: at + 1, count: siblings.length, previous: siblings[at - 1] ?? null, next: siblings[at + 1] ?? null };
    return { text: message.text, spelledOut: null, blocks: message.blocks, reasoning: message.reasoning, facts: { ...message.facts, version } };
  }
}
