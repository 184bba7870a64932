// Adding a key, as a machine: four steps, one errand to the native side at a time, and what came of it.
import type { AppError, Connection, HandOver, KeySource, LocalServer, ProviderId, ProviderInfo } from '../../ipc/bindings/types';
import { commands } from '../../ipc/commands';
import { attempt } from '../../state/attempt';
import { boot } from '../../state/boot.svelte';
import { connections } from '../../state/connections.svelte';
import { conversations } from '../../state/conversations.svelte';
import { notices } from '../../state/notices.svelte';
import { place, type KeyErrand } from '../../state/place.svelte';
import { practise } from '../../state/practising';
import { keptAddress, type WizardSoFar } from '../../state/unfinished';
import { nanoOf } from '../../ui/amount';
import { words } from '../../words';
import { completes, hostOf, usableAddress } from './address';

export type Step = 1 | 2 | 3 | 4;
/** What native code is doing for us right now. */
export type Errand = KeySource | 'keychain' | 'session' | 'check' | 'connect' | 'practice';

const LOCAL: readonly ProviderId[] = ['ollama', 'lmStudio', 'llamaCpp', 'vllm'];

export class Wizard {
  step: Step = $state(1);
  choice: ProviderId = $state('openAi');
  address = $state('');
  addressBad = $state(false);
  servers: readonly LocalServer[] = $state.raw([]);
  looking = $state(false);
  lookedAgain = $state(false);
  errand: Errand | null = $state(null);
  handOver: HandOver | null = $state.raw(null);
  problem: AppError | null = $state.raw(null);
  newChats: { connectionId: string; model: string } | null = $state.raw(null);
  /** The name of a model, as the person knows it. */
  typedModel = $state('');
  readonly replaces: Connection | undefined;
  /** The address was said to need no key. */
  #keyless = $state(false);
  #source: KeySource = 'window';

  constructor(errand: KeyErrand, before?: WizardSoFar) {
    this.replaces = connections.get(errand.replaces);
    if (before) {
      const { step, choice, address, typedModel, keyless, handOver, problem, newChats } = before;
      Object.assign(this, { step, choice, address, typedModel, handOver, problem, newChats });
      this.#keyless = keyless;
    } else if (this.replaces) {
      this.choice = this.replaces.provider;
      this.address = this.replaces.address;
      this.step = 3;
    } else if (errand.source) {
      this.step = 3;
    }
  }

  /** What a page that takes this one's place goes on from. */
  get soFar(): WizardSoFar {
    const { step, choice, typedModel, handOver, problem, newChats } = this;
    const replaces = this.replaces?.id ?? null;
    return { step, choice, address: keptAddress(this.address), typedModel, keyless: this.#keyless, replaces, handOver, problem, newChats };
  }

  get provider(): ProviderInfo | undefined {
    return boot.provider(this.choice);
  }

  get isLocal(): boolean {
    return this.servers.some((s) => s.provider === this.choice) || LOCAL.includes(this.choice);
  }

  /** The person gives the address, or completes it. */
  get takesAddress(): boolean {
    return this.choice === 'other' || (this.provider?.template ?? null) !== null;
  }

  get isKeyless(): boolean {
    return this.isLocal || this.#keyless;
  }

  /** How the texts call the place that answers. */
  get name(): string {
    if (this.choice === 'other') return hostOf(this.address) ?? words.wizard.choose.other;
    return this.servers.find((s) => s.provider === this.choice)?.name ?? boot.providerName(this.choice);
  }

  get host(): string {
    const origin = this.handOver?.connection?.origin ?? this.provider?.origin ?? this.address;
    return hostOf(origin) ?? origin;
  }

  get waiting(): boolean {
    return this.errand !== null;
  }

  /** Shown only if at least one was found, or after a second look. */
  get shownServers(): readonly LocalServer[] {
    return this.lookedAgain || this.servers.some((s) => s.running) ? this.servers : [];
  }

  get looksLike(): ProviderInfo | undefined {
    const said = this.problem?.code === 'otherProvidersKey' ? this.problem.provider : null;
    return boot.providers.find((p) => p.id === said || p.name === said);
  }

  async look(again: boolean): Promise<void> {
    this.looking = true;
    try {
      this.servers = await commands.find_local_servers();
      if (again) {
        this.lookedAgain = true;
        notices.say(words.status.found(this.servers.filter((s) => s.running).length));
      }
    } catch {
      // Nothing found is the honest answer for a look that failed; the section stays away.
      this.servers = [];
    } finally {
      this.looking = false;
    }
  }

  choose(provider: ProviderId): void {
    this.#drop();
    this.choice = provider;
    this.addressBad = false;
    const template = this.provider?.template ?? null;
    // What another provider’s address was made of is no part of this one’s.
    if (template !== null && !completes(this.address, template)) this.address = template;
    else if (this.address.includes('{')) this.address = '';
  }

  async next(): Promise<void> {
    if (this.isLocal) return this.#run('connect', () => commands.connect_local(this.choice));
    if (this.takesAddress) {
      this.addressBad = usableAddress(this.address) === null || !completes(this.address, this.provider?.template ?? null);
      if (this.addressBad) return;
    }
    this.#drop();
    this.step = 2;
  }

  back(): void {
    this.#drop();
    if (this.step === 4) this.step = this.isLocal ? 1 : 3;
    else if (this.step === 3 && this.replaces) place.back();
    else if (this.step > 1) this.step = (this.step - 1) as Step;
  }

  async openKeyPage(): Promise<void> {
    await attempt(() => commands.open_provider_page(this.choice, 'keys'));
  }

  async openBilling(): Promise<void> {
    await attempt(() => commands.open_provider_page(this.choice, 'billing'));
  }

  async copyAddress(): Promise<boolean> {
    const copied = await attempt(() => commands.copy_key_page(this.choice));
    if (copied) notices.say(words.status.copied);
    return copied;
  }

  /** The key is at hand. */
  have(): void {
    this.#drop();
    this.step = 3;
  }

  connectWithoutKey(): Promise<void> {
    this.#keyless = true;
    return this.#run('connect', () => commands.connect_address(this.address.trim()));
  }

  handOverBy(source: KeySource): Promise<void> {
    this.#source = source;
    this.#keyless = false;
    const address = this.takesAddress ? this.address.trim() : null;
    const input = { provider: this.choice, address, source, replaces: this.replaces?.id ?? null, next: false };
    return this.#run(source, () => commands.hand_over_key(input));
  }

  keep(where: 'keychain' | 'session'): Promise<void> {
    const mayBePending = this.#mayBePending;
    // Without a key in native memory there is nothing to keep: begin again, natively.
    if (!this.handOver?.pending && !mayBePending) return this.handOverBy(this.#source);
    return this.#run(where, () => commands.keep_pending(where));
  }

  async checkAgain(): Promise<void> {
    const stored = this.handOver;
    if (!stored?.connection) {
      if (this.#keyless) return this.connectWithoutKey();
      return this.isLocal ? this.next() : this.handOverBy(this.#source);
    }
    const id = stored.connection.id;
    await this.#run('check', async () => ({ ...stored, check: await connections.check(id) }));
  }

  switchTo(provider: ProviderId): void {
    this.#drop();
    this.choice = provider;
    this.step = 3;
  }

  anotherKey(): void {
    this.#drop();
    this.step = 3;
  }

  changeAddress(): void {
    this.#drop();
    this.step = 1;
  }

  again(): void {
    this.#drop();
    this.choice = boot.providers[0]?.id ?? 'openAi';
    this.address = '';
    this.step = 1;
  }

  async nameIt(name: string): Promise<void> {
    const connection = this.handOver?.connection;
    if (!connection || name.trim() === '' || name.trim() === connection.name) return;
    if (!(await attempt(() => connections.rename(connection.id, name.trim())))) return;
    this.handOver = { ...this.handOver!, connection: connections.get(connection.id) ?? connection };
    notices.say(words.status.renamed);
  }

  /** A monthly limit for the new key, right from its first message. False if that is no amount. */
  async capIt(text: string): Promise<boolean> {
    const connection = this.handOver?.connection;
    const monthNano = nanoOf(text);
    if (!connection || monthNano === undefined) return monthNano !== undefined;
    await attempt(async () => {
      const { limits } = await commands.get_spending(connection.id);
      if (limits.monthNano !== monthNano) await commands.set_limits(connection.id, { ...limits, monthNano });
      notices.say(words.status.saved);
    });
    return true;
  }

  /** Keeps what has no list of models, if it isn’t kept yet, and begins with the model that was typed. */
  async startAnyway(): Promise<void> {
    if (!this.handOver?.connection) await this.#run('keychain', () => commands.keep_pending('keychain'));
    const connection = this.handOver?.connection;
    if (!connection) return;
    const model = this.typedModel.trim();
    if (model !== '') this.newChats = { connectionId: connection.id, model };
    await this.start();
  }

  /** Whether the models of what was connected are called as their owner calls them. */
  get asksForName(): boolean {
    const provider = this.handOver?.connection?.provider;
    return provider !== undefined && (boot.provider(provider)?.ownNames ?? false);
  }

  async start(): Promise<void> {
    const [connection, named] = [this.handOver?.connection, this.typedModel.trim()];
    if (connection && this.asksForName && named !== '') this.newChats = { connectionId: connection.id, model: named };
    const chosen = this.newChats;
    if (chosen) await attempt(() => conversations.chooseModelForNewChats(chosen.connectionId, chosen.model));
    boot.fresh = false;
    place.chat();
    conversations.newChat();
  }

  async practise(): Promise<void> {
    this.errand = 'practice';
    try {
      await practise();
    } catch (reason) {
      this.problem = reason as AppError;
    } finally {
      this.errand = null;
    }
  }

  leave(): void {
    this.#drop();
    place.back();
  }

  get #mayBePending(): boolean {
    return this.problem?.code.startsWith('keychain') ?? false;
  }

  async #run(errand: Errand, ask: () => Promise<HandOver>): Promise<void> {
    if (this.errand) return;
    this.errand = errand;
    if (this.step < 4) this.problem = null;
    notices.say('');
    try {
      const done = await ask();
      this.handOver = done;
      this.problem = done.check.problem;
      if (done.connection) connections.put(done.connection);
      if (done.connection && !this.problem) await this.#suggestModel(done.connection);
      // A step is done when what it is for is done: without a connection it is still to be taken.
      if (done.connection) this.step = 4;
      const kept = this.problem ? undefined : done.connection?.key?.keptIn;
      if (kept) notices.say(kept === 'keychain' ? words.status.stored : words.status.heldInMemory);
    } catch (reason) {
      const error = reason as AppError;
      if (error.code === 'cancelled') notices.say(words.status.cancelled);
      else this.problem = error;
    } finally {
      this.errand = null;
    }
  }

  async #suggestModel(connection: Connection): Promise<void> {
    const kept = conversations.forNewChats;
    const known = connections.get(kept.connectionId);
    if (known && known.provider !== 'practice' && kept.model !== null) {
      this.newChats = { connectionId: known.id, model: kept.model };
      return;
    }
    // What is listed there is what could be called so, and nothing that answers.
    if (boot.provider(connection.provider)?.ownNames) {
      this.newChats = null;
      return;
    }
    const first = (await connections.askModels(connection.id))[0]?.id ?? this.handOver?.check.models[0];
    this.newChats = first === undefined ? null : { connectionId: connection.id, model: first };
  }

  #drop(): void {
    if (this.handOver?.pending) void commands.drop_pending().catch(() => undefined);
    this.handOver = null;
    this.problem = null;
  }
}
