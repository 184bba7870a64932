// The native process, played in memory for `vite dev` and for tests. No key, no network, no disk.
// The page's address says which play: ?scene=chat, first, practice, offline, … (see fake-scenes.ts).
import { ANSWER, ANSWER_REASONING } from './bindings/fake-answer';
import type * as t from './bindings/types';
import { backgroundCommands, type Desktop } from './fake-background';
import { FakeHistory } from './fake-history';
import { BOOT, keyFacts, MODELS, NOTHING, SERVERS, upkeep } from './fake-data';
import { keyCommands } from './fake-keys';
import { fakeFile } from './fake-files';
import { FakeJobs } from './fake-jobs';
import { FakeLeaks } from './fake-leaks';
import { fakeSearch } from './fake-search';
import { FakeLending } from './fake-lending';
import { FakePrompts } from './fake-prompts';
import { quickCommands } from './fake-quick';
import { FakeVoice, type VoiceOptions } from './fake-voice';
import { unknownModel } from './unknown-model';
import type { Outgoing } from './commands';
import type { Host } from './host';

type Deliver = (update: unknown) => void;
type Args = Record<string, unknown>;

const PIXEL = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const failure = (code: t.ErrorCode, detail: string | null = null, provider: string | null = null): t.AppError => ({
  code,
  message: '',
  retryAfterMs: null,
  detail,
  provider,
  refused: null,
  cap: null,
});

export interface FakeOptions {
  /** What a person is told of spending, once. */
  alarms?: string[];
  /** What the check of an old key finds, instead of a refusal. */
  oldKey?: t.OldKeyCheck;
  usage?: Partial<t.Usage>;
  /** What keys have spent, by their connection. */
  spending?: Record<t.ConnectionId, t.Spending>;
  /** The most that an answer of each model may cost, instead of the same; any other's is unknown. */
  atMost?: Record<string, number>;
  /** What a provider has counted for a key. */
  comparison?: t.Comparison;
  /** The team whose file was accepted, and what the person picks next. */
  team?: t.Team;
  nextTeam?: t.Team;
  /** How keys stand, by their connection. */
  standings?: Record<t.ConnectionId, t.KeyStanding>;
  connections?: readonly t.Connection[];
  history?: t.HistoryState;
  boot?: t.AppError;
  fresh?: boolean;
  cameBack?: t.CameBack;
  /** Where the person was when the app was left. */
  whereabouts?: string;
  /** What the page before had begun. */
  unfinished?: string;
  /** How each turn ends, instead of well. */
  turn?: t.AppError;
  /** The pages that answers rest on. */
  sources?: readonly t.Source[];
  /** A model that is never asked in vain, because it can’t be asked at all. */
  failing?: string;
  /** What every answer says, instead of something long. */
  answer?: readonly string[];
  /** Why what is attached can’t go to the model. */
  inTheWay?: t.AppError;
  /** Why the first message is refused before it is saved. */
  refuse?: t.AppError;
  /** How each hand-over ends, instead of well. */
  handOver?: t.AppError;
  /** The failed hand-over stored the key all the same. */
  stored?: boolean;
  /** What every connection offers, instead of a few well-known ones. */
  models?: readonly t.Model[];
  /** The list of models comes without a key, too. */
  publicList?: boolean;
  /** Applications that a key is lent to; none is lending off. */
  applications?: readonly t.Application[];
  /** The keys that a leak check finds. */
  leaks?: readonly t.LeakedKey[];
  /** What the guard finds in every message, what the message becomes without it, and what its placeholders stand for. */
  secrets?: readonly t.Secret[];
  redacted?: string;
  putBack?: readonly t.PutBack[];
  routes?: readonly t.Route[];
  /** Who was passed by on the way to each answer. */
  passed?: t.RouteNote;
  servers?: readonly t.LocalServer[];
  conversations?: number;
  marks?: readonly t.Marks[];
  presets?: readonly t.Preset[];
  defaultPreset?: t.PresetId;
  prompts?: readonly t.Prompt[];
  /** What a file of prompts holds, and what lies in the clipboard as text. */
  promptFile?: readonly t.PromptInput[];
  clipboard?: string;
  /** What the desktop gives a program that nobody looks at. */
  desktop?: Desktop;
  /** What is selected in another window. */
  selection?: string;
  /** What the person picks, and what lies in the clipboard. */
  files?: readonly t.Attached[];
  pasted?: readonly t.Attached[];
  voice?: VoiceOptions;
  /** Between two patches. */
  stepMs?: number;
  /** No word of an answer comes before this. */
  firstWord?: Promise<void>;
  /** Before the native window answers. */
  windowMs?: number;
}

/** A server is there, but without a list of models. */
const UNLISTED = new Set<t.ErrorCode>(['addressNotFound', 'modelNotFound', 'nonsense', 'requestRefused', 'notServed', 'moderated']);

const NO_LIMITS: t.Limits = { monthNano: null, dayNano: null, requestNano: null, requestsAMinute: null, tokensAMinute: null };
const SPENDING: t.Spending = { limits: NO_LIMITS, dayNano: 0, monthNano: 0, excessNano: null, nowMs: Date.UTC(2026, 10, 15) };

/** Conversations listed at a time. */
const LISTED = 200;

const open = new Set<Fake>();

/** What they play stands still from here on: a test that is over takes its page with it. */
export function closeFakes(): void {
  for (const fake of open) fake.isOpen = false;
  open.clear();
}

export class Fake implements Host {
  readonly calls: { command: string; args: Args }[] = [];
  readonly history: FakeHistory;
  readonly leaks: FakeLeaks;
  readonly voice: FakeVoice;
  isOpen = true;
  #connections: t.Connection[];
  #stops = new Map<number, () => void>();
  #options: FakeOptions;
  #newChat: t.Boot['newChat'];
  #pending = false;
  #pendingAt: { provider: t.ProviderId; address: string | null; keyless: boolean } = { provider: 'openAi', address: null, keyless: false };
  #textSize = 100;
  #preferences: t.Preferences = { theme: 'system', density: 'comfortable', font: 'system', lineLength: 'comfortable', sendWith: 'enter', wrapCode: false, reduceMotion: false, hideFacts: false, ignoreSpelling: false, shortcuts: {}, notifyAnswers: false, notifyWithText: false, keepTrash: 'month' };
  #titles: t.Titles = { step: null, atMostNano: null, failure: null };
  #stopsSecrets = true;
  #fetched: readonly t.Model[] = [];
  readonly #spent: Record<t.ConnectionId, t.Spending> = {};
  #presets: t.Preset[];
  #refused = new Set<t.Parameter>();
  #routes: readonly t.Route[];

  constructor(options: FakeOptions = {}) {
    open.add(this);
    this.#options = options;
    this.#connections = [...(options.connections ?? [])];
    this.#routes = options.routes ?? [];
    const jobs = new FakeJobs((ms) => this.#wait(ms), (model) => this.#pulled(model));
    this.leaks = new FakeLeaks(options.leaks ?? [], (ms) => this.#wait(ms), jobs);
    this.voice = new FakeVoice(options.voice ?? {}, (news) => jobs.say(news));
    Object.assign(this.commands, jobs.commands, this.voice.commands, this.leaks.commands, new FakeLending(options.applications, () => this.#wait(options.windowMs)).commands);
    Object.assign(this.commands, new FakePrompts(options.prompts ?? [], options.promptFile ?? [], options.clipboard ?? '').commands);
    Object.assign(this.commands, backgroundCommands(options.desktop ?? { hotkey: 'works', tray: 'shown' }));
    this.history = new FakeHistory(options.conversations ?? 0);
    Object.assign(this.commands, quickCommands({
      model: () => (this.#connections.length > 0 ? this.#newChat.model : null),
      locked: options.history?.state === 'sessionOnly',
      preferences: () => this.#preferences,
      texts: { selection: () => this.#taken(options.selection), clipboard: () => this.#taken(options.clipboard) },
      ask: async (text, model, updates) => void (await this.invoke('send_message', { input: { conversationId: null, model, text, files: [], folder: null, secrets: 'ask', waiting: null }, updates })),
      stop: () => this.#stops.forEach((stop) => stop()),
    }));
    this.#presets = [...(options.presets ?? [])];
    const first = this.#connections[0];
    this.#newChat = { connectionId: first?.id ?? null, model: first ? (MODELS[first.provider]?.[0]?.id ?? null) : null, route: null, draft: '', attachments: [], parameters: NOTHING, systemPrompt: '', preset: null };
  }

  /** What is shaped like a key is not given. */
  #taken(text: string | undefined): string {
    if (!text) throw failure('clipboardEmpty');
    if (text.startsWith('sk-')) throw failure('secretsFound');
    return text;
  }

  channel(deliver: Deliver): unknown {
    return deliver;
  }

  async invoke(command: string, args: Args): Promise<unknown> {
    this.calls.push({ command, args });
    const act = this.commands[command];
    if (!act) throw failure('internal', `the fake has no ${command}`);
    return act(args);
  }

  async hand(command: string, bytes: Uint8Array, facts: Record<string, string>): Promise<unknown> {
    return this.invoke(command, { bytes, ...facts });
  }

  #spending(args: Args): t.Spending {
    const id = args['connectionId'] as string;
    return this.#spent[id] ?? this.#options.spending?.[id] ?? SPENDING;
  }

  #data(): t.Data {
    return { chats: this.history.rows().length, bytes: 9_400_000, stopsSecrets: this.#stopsSecrets };
  }

  #wait = (ms = 0) => new Promise<void>((done) => setTimeout(() => this.isOpen && done(), ms));

  #connection(provider: t.ProviderId, address: string | null, keyless: boolean): t.Connection {
    const info = BOOT.providers.find((p) => p.id === provider);
    const server = SERVERS.find((s) => s.provider === provider);
    const at = address ?? server?.address ?? `${info?.origin ?? 'https://api.example.org'}/v1`;
    return {
      id: `connection-${this.#connections.length + 1}`,
      provider,
      name: keyless ? (server?.name ?? 'Practice') : 'Personal',
      server: provider === 'other' ? new URL(at).host : (info?.name ?? server?.name ?? 'Practice'),
      origin: new URL(at).origin,
      address: at,
      ...upkeep(),
      key: keyless ? null : keyFacts(provider === 'openAi' ? 'project' : 'api', 'w7Qk'),
      createdMs: Date.now(),
      lastUsedMs: null,
    };
  }

  async #handOver(provider: t.ProviderId, address: string | null, keyless: boolean, replaces: string | null, next = false): Promise<t.HandOver> {
    await this.#wait(this.#options.windowMs);
    const { handOver: problem, stored } = this.#options;
    const unlisted = problem !== undefined && !stored && UNLISTED.has(problem.code);
    const pending = unlisted || (problem?.code.startsWith('keychain') ?? false);
    this.#pendingAt = { provider, address, keyless };
    if (problem && !stored && !pending) throw problem;
    this.#pending = pending;
    const check: t.Check = { ms: 312, models: problem ? [] : (MODELS[provider] ?? []).map((m) => m.id), problem: problem ?? null, proven: !keyless && !problem && !this.#options.publicList };
    if (pending) return { connection: null, pending, clipboard: 'left', check, replaced: false, cut: null };
    let connection = this.#connection(provider, address, keyless);
    const old = this.#connections.find((c) => c.id === replaces);
    if (old) connection = next ? { ...old, next: keyFacts('project', 'b2Lm') } : { ...old, key: connection.key, leaked: null };
    this.#connections = [...this.#connections.filter((c) => c.id !== connection.id), connection];
    return { connection, pending: false, clipboard: keyless ? 'notUsed' : 'cleared', check, replaced: Boolean(old), cut: null };
  }

  async #turn(started: { user: t.MessageView | null; answer: t.MessageView; row: t.ConversationRow }, deliver: Deliver): Promise<void> {
    const { answer, row } = started;
    const send = (update: t.TurnUpdate) => deliver(update);
    send({ type: 'started', conversation: { ...row, answering: true }, user: started.user, answer });
    void this.#stream(answer.facts, row, send);
  }

  async #stream(facts: t.MessageFacts, row: t.ConversationRow, send: (update: t.TurnUpdate) => void): Promise<void> {
    const step = this.#options.stepMs ?? 30;
    let stopped = false;
    this.#stops.set(facts.id, () => (stopped = true));
    const end = (change: Partial<t.MessageFacts>) => {
      this.#stops.delete(facts.id);
      const done = this.history.settle(facts.id, change);
      send({ type: 'ended', conversation: this.history.row(row.id, false), facts: done });
    };
    await this.#wait(step * 20);
    await this.#options.firstWord;
    if (this.#options.turn) return end({ status: 'failed', error: this.#options.turn, route: this.#options.passed ?? null });
    let tokens = 0;
    let reasoning = 0;
    const paint = (answer: t.Patch | null, thought: t.Patch | null) =>
      send({ type: 'painted', answer, reasoning: thought, reasoningMs: (reasoning += thought ? 900 : 0), answerTokens: (tokens += answer ? 6 : 0) });
    for (const [i, block] of (this.#options.answer ? [] : ANSWER_REASONING).entries()) {
      await this.#wait(step * 6);
      this.history.paint(facts.id, null, block);
      paint(null, { keep: i, grow: null, blocks: [block] });
    }
    for (const [i, block] of (this.#options.answer ?? ANSWER).entries()) {
      // A paragraph arrives word by word; anything else at once.
      const [open, close] = ['<p dir="auto">', '</p>'];
      const steps = block.startsWith(open) && !block.includes('<math') ? block.slice(open.length, -close.length).split(/(?<= )/) : [block];
      for (let n = 1; n <= steps.length; n += 1) {
        if (stopped) return end({ status: 'stopped', answerTokens: tokens });
        const so = steps.length > 1 ? open + steps.slice(0, n).join('') + close : block;
        paint({ keep: i, grow: null, blocks: [so] }, null);
        await this.#wait(step);
      }
      this.history.paint(facts.id, block, null);
    }
    end({ status: 'complete', finish: 'stop', promptTokens: 1284, answerTokens: 742, firstTokenMs: 420, cost: { nano: 9_025_000, from: 'prices' }, sources: [...(this.#options.sources ?? [])], searches: this.#options.sources ? 2 : null, reasoningMs: reasoning, route: this.#options.passed ?? null });
  }

  /** Tests may put their own in the place of one. */
  #pulled(model: string | null): void {
    if (model === null) throw failure('cancelled');
    if (model === 'nobody') throw failure('providerDown');
    this.#fetched = [unknownModel(model)];
  }

  readonly commands: Record<string, (args: Args) => unknown> = {
    boot: () => {
      if (this.#options.boot) throw this.#options.boot;
      const history = this.#options.history ?? { state: 'kept' };
      const fresh = this.#options.fresh ?? (this.#connections.length === 0 && this.history.rows().length === 0);
      const { cameBack = null, unfinished = null, whereabouts = '' } = this.#options;
      return { ...BOOT, history, fresh, cameBack, unfinished, whereabouts, connections: this.#connections, conversations: this.history.rows().slice(0, LISTED), preferences: this.#preferences, textSize: this.#textSize, pinned: this.history.pinned(), organised: this.history.organised(), marks: this.#options.marks ?? [], presets: this.#presets, defaultPreset: this.#options.defaultPreset ?? null, newChat: this.#newChat };
    },
    open_conversation: (a) => this.history.view(a['id'] as number),
    list_conversations: (a) => {
      const rows = this.history.rows();
      const at = rows.findIndex((row) => row.id === a['id']);
      return rows.slice(at + 1, at + 1 + LISTED);
    },
    outline_conversation: (a) => this.history.outline(a['id'] as number),
    load_messages: (a) => this.history.some(a['ids'] as number[]),
    find_in_conversation: (a) => this.history.find(a['id'] as number, a['text'] as string),
    search_messages: (a) => fakeSearch(this.history.said(), a['text'] as string, a['skip'] as number),
    open_at_message: (a) => this.history.openAt(a['messageId'] as number),
    rename_conversation: (a) => this.history.rename(a['id'] as number, a['title'] as string),
    organise_conversations: (a) => this.history.organise(a['ids'] as number[], a['change'] as t.ChatChange),
    list_shelf: (a) => this.history.shelf(a['shelf'] as t.ShelfInput, a['after'] as t.After | null, LISTED),
    attach_to_folder: (a) => this.history.fileInFolder(a['id'] as number, this.#options.files ?? []),
    detach_from_folder: (a) => this.history.unfileFromFolder(a['id'] as number, a['file'] as number),
    save_folder: (a) => this.history.saveFolder(a['input'] as t.FolderInput),
    remove_folder: (a) => this.history.removeFolder(a['id'] as number),
    empty_trash: async () => {
      await this.#wait(this.#options.windowMs);
      return this.history.emptyTrash();
    },
    set_system_prompt: () => undefined,
    set_parameters: () => undefined,
    estimate_answer: (a) => ({ tokens: Math.ceil((a['bytes'] as number) / 4) + 1_200, atMostNano: this.#options.atMost?.[(a['step'] as t.Step).model] ?? (this.#options.atMost ? null : a['search'] ? 70_000_000 : 40_000_000), files: this.history.draftFiles(a['conversationId'] as number | null).map((file) => ({ id: file.id, tokens: file.kind === 'picture' ? 765 : file.kind === 'audio' ? 5_920 : 9_200 })), inTheWay: this.#options.inTheWay ?? null }) satisfies t.Estimate,
    save_draft: () => undefined,
    save_queue: (a) => this.history.setQueue(a['conversationId'] as number, a['queue'] as t.Queued[]),
    attach_files: async (a) => {
      await this.#wait(this.#options.windowMs);
      return this.history.attach(a['conversationId'] as number | null, this.#options.files ?? [fakeFile('floor-plan.png'), fakeFile('tenancy-2026.pdf')]);
    },
    attach_pasted: (a) => this.history.attach(a['conversationId'] as number | null, this.#options.pasted ?? []),
    attach_bytes: (a) => {
      const name = decodeURIComponent(a['latchkey-name'] as string);
      const id = a['latchkey-conversation'] === undefined ? null : Number(a['latchkey-conversation']);
      const problem: t.Attached = { type: 'refused', name, problem: 'empty' };
      return (a['bytes'] as Uint8Array).length === 0 ? [problem] : this.history.attach(id, [fakeFile(name)]);
    },
    attached_text: (a) => this.history.draftFiles(a['conversationId'] as number | null).some((file) => file.id === a['id']) && 'Pasted words. '.repeat(1_000),
    write_down_attachment: (a) => this.history.writeDown(a['id'] as number),
    save_attachment: () => this.#wait(this.#options.windowMs),
    detach_file: (a) => this.history.detach(a['id'] as number),
    choose_model: (a) => this.history.chooseModel(a['conversationId'] as number | null, { connectionId: a['connectionId'] as string, model: a['model'] as string }),
    choose_version: (a) => this.history.chooseVersion(a['messageId'] as number),
    list_branches: (a) => this.history.tree(a['conversationId'] as number),
    remove_branch: async (a) => {
      await this.#wait(this.#options.windowMs);
      return this.history.removeBranch(a['messageId'] as number);
    },
    branch_conversation: (a) => this.history.fork(a['messageId'] as number, a['title'] as string),
    answer_text: (a) => this.history.plain(a['messageId'] as number),
    edit_answer: (a) => this.history.editAnswer(a['messageId'] as number, a['text'] as string),

    send_message: (a) => {
      const input = a['input'] as Outgoing;
      const { refuse, secrets } = this.#options;
      if (secrets && input.secrets === 'ask') throw failure('secretsFound');
      const text = secrets ? (this.#options.redacted ?? input.text) : input.text;
      if (input.model === this.#options.failing) throw failure('busy', null, 'Ollama');
      delete this.#options.refuse;
      if (refuse) throw refuse;
      if (input.conversationId !== null && input.waiting) this.history.setQueue(input.conversationId, input.waiting);
      return this.#turn(this.history.send(input.conversationId, text, input.model, input.files, input.folder), a['updates'] as Deliver);
    },
    edit_message: (a) => this.#turn(this.history.edit(a['messageId'] as number, a['text'] as string), a['updates'] as Deliver),
    try_again: (a) => {
      // What was refused is accepted without it.
      if (a['without'] !== null) {
        delete this.#options.turn;
        this.#refused.add(a['without'] as t.Parameter);
      }
      const over = a['over'] as t.Step | null;
      if (over !== null && over.model === this.#options.failing) throw failure('busy', null, 'Ollama');
      return this.#turn(this.history.again(a['messageId'] as number, over?.model), a['updates'] as Deliver);
    },
    find_secrets: () => this.#options.secrets ?? [],
    put_back: () => this.#options.putBack ?? [],
    get_data: () => this.#data(),
    show_data_folder: () => undefined,
    export_chats: (a) => (a['ids'] as number[] | null)?.length ?? this.history.rows().length,
    delete_all_chats: () => this.history.eraseAll(),
    set_guard: (a) => ((this.#stopsSecrets = a['on'] as boolean), this.#data()),
    get_titles: () => this.#titles,
    choose_titler: (a) => (this.#titles = { step: a['step'] as t.Step | null, atMostNano: 2_400_000, failure: null }),
    watch_answer: () => false,
    stop_turn: (a) => this.#stops.get(a['messageId'] as number)?.(),

    find_local_servers: () => this.#options.servers ?? [],
    connect_local: (a) => this.#handOver(a['provider'] as t.ProviderId, null, true, null),
    connect_address: (a) => this.#handOver('other', a['address'] as string, true, null),
    hand_over_key: (a) => {
      const input = a['input'] as t.HandOverInput;
      return this.#handOver(input.provider, input.address, false, input.replaces, input.next);
    },
    keep_pending: async (a) => {
      if (!this.#pending) throw failure('keyMissing');
      delete this.#options.handOver;
      const { provider, address, keyless } = this.#pendingAt;
      const done = await this.#handOver(provider, address, keyless, null);
      if (a['place'] !== 'session') return done;
      // Memory isn’t safe: where the key came from keeps it.
      const connection = { ...done.connection!, key: { ...done.connection!.key!, keptIn: 'session' as const } };
      return { ...done, connection, clipboard: 'left' };
    },
    drop_pending: () => void (this.#pending = false),
    check_connection: (a) => {
      const provider = this.#connections.find((c) => c.id === a['id'])?.provider ?? 'openAi';
      return { ms: 298, models: (MODELS[provider] ?? []).map((m) => m.id), problem: null, proven: !this.#options.publicList } satisfies t.Check;
    },
    rename_connection: (a) => {
      this.#connections = this.#connections.map((c) => (c.id === a['id'] ? { ...c, name: a['name'] as string } : c));
      return this.#connections.find((c) => c.id === a['id']);
    },
    remove_connection: (a) => void (this.#connections = this.#connections.filter((c) => c.id !== a['id'])),
    get_spending: (a) => this.#spending(a),
    set_limits: (a) => ((this.#spent[a['connectionId'] as string] = { ...this.#spending(a), limits: a['limits'] as t.Limits }), this.#spending(a)),
    accept_excess: (a) => ((this.#spent[a['connectionId'] as string] = { ...this.#spending(a), excessNano: null }), this.#spending(a)),
    ...keyCommands(
      { all: () => this.#connections, add: (made) => this.#connections.push(made), get: (id) => this.#connections.find((c) => c.id === id), put: (changed) => (this.#connections = this.#connections.map((c) => (c.id === changed.id ? changed : c))) },
      () => this.#options,
    ),
    list_models: (a) => [...(this.#options.models ?? MODELS[this.#connections.find((c) => c.id === a['connectionId'])?.provider ?? 'openAi'] ?? []), ...this.#fetched],
    describe_model: (a) => {
      const offered = this.#options.models ?? MODELS[this.#connections.find((c) => c.id === a['connectionId'])?.provider ?? 'openAi'] ?? [];
      const model = offered.find((m) => m.id === a['model']) ?? unknownModel(a['model'] as string);
      return { ...model, refused: [...this.#refused] };
    },
    save_preset: (a) => {
      const input = a['preset'] as t.PresetInput;
      const kept = { ...input, id: input.id ?? this.#presets.length + 1 };
      this.#presets = input.id === null ? [...this.#presets, kept] : this.#presets.map((p) => (p.id === kept.id ? kept : p));
      return kept;
    },
    delete_preset: (a) => void (this.#presets = this.#presets.filter((p) => p.id !== a['id'])),
    choose_preset: () => undefined,
    set_default_preset: () => undefined,
    star_model: () => undefined,
    set_price: () => undefined,
    send_parameter_again: (a) => void this.#refused.delete(a['parameter'] as t.Parameter),
    list_routes: () => this.#routes,
    save_route: (a) => {
      const { id, ...made } = a['input'] as t.RouteInput;
      const route: t.Route = { ...made, id: id ?? 1 + Math.max(0, ...this.#routes.map((r) => r.id)), line: made.steps.map((step) => ({ ...step, rests: null, waitMs: null })) };
      this.#routes = id === null ? [...this.#routes, route] : this.#routes.map((r) => (r.id === id ? route : r));
      return route.id;
    },
    remove_route: (a) => void (this.#routes = this.#routes.filter((r) => r.id !== a['id'])),
    choose_route: () => undefined,
    start_practice: () => {
      const connection = { ...this.#connection('practice', 'http://127.0.0.1:49152/v1', true), name: 'Practice' };
      this.#connections.push(connection);
      return connection;
    },
    keep_whereabouts: (a) => void (this.#options.whereabouts = a['whereabouts'] as string),
    keep_unfinished: (a) => void (this.#options.unfinished = a['unfinished'] as string),
    change_text_size: (a) => (this.#textSize = a['step'] === 'usual' ? 100 : this.#textSize + (a['step'] === 'larger' ? 10 : -10)),
    save_preferences: (a) => void (this.#preferences = a['preferences'] as t.Preferences),
    unlock_history: () => {
      delete this.#options.history;
      delete this.#options.boot;
      return { state: 'kept' } satisfies t.HistoryState;
    },
    begin_anew: () => void delete this.#options.boot,
    show_formatted: () => ['<p dir="auto">All of it.</p>'],
    open_link: () => undefined,
    open_provider_page: () => undefined,
    copy_key_page: () => undefined,
    copy_message: () => 0,
    copy_text: () => undefined,
    copy_rich_text: () => 0,
    load_picture: async () => {
      await this.#wait(this.#options.windowMs);
      return { dataUrl: PIXEL, width: 1, height: 1 };
    },
  };
}
