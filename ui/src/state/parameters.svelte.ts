// How answers are asked for: what the person wishes, what the model takes of it, and about what it costs.
import type { Effort, Estimate, Model, Parameter, Parameters, Step } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { connections } from './connections.svelte';
import { Later } from './later';
import { marks } from './marks.svelte';
import type { Conversation } from './conversation.svelte';
import { routes } from './routes.svelte';

/** Everything is left to the model. */
export const NOTHING: Parameters = { effort: null, temperature: null, topP: null, maxTokens: null, stop: [], seed: null, json: false, schema: null, verbosity: null, search: false, context: null, keepMinutes: null };

export const isNothing = (wished: Parameters): boolean => JSON.stringify(wished) === JSON.stringify(NOTHING);

/** The effort that is sent: what the model refuses is kept, hidden and not sent. */
export function effortOf(wished: Parameters, model: Model | null): Effort | null {
  return wished.effort !== null && model?.abilities.efforts.includes(wished.effort) ? wished.effort : null;
}

export function takesTemperature(wished: Parameters, model: Model | null): boolean {
  const sampling = model?.abilities.sampling ?? 'no';
  return sampling === 'yes' || (sampling === 'atNone' && effortOf(wished, model) === 'none');
}

/** Whether the answer may search the web: only where the model can. */
export const searches = (wished: Parameters, model: Model | null): boolean => wished.search && model !== null && model.abilities.search !== null;

/** Longer than a keystroke, shorter than a thought. */
const PAUSE = 250;

/** Who else may answer along the conversation's route; null where that isn't known yet. A step whose key is gone is never asked. */
function othersAlong({ route, connectionId, model }: Conversation): readonly Step[] | null {
  if (route === null) return [];
  const along = routes.get(route);
  return along?.steps.filter((step) => (step.connectionId !== connectionId || step.model !== model) && connections.get(step.connectionId)) ?? null;
}

/** The most that any of them may cost; null where that isn't known of one. */
function dearest(costs: readonly (number | null)[]): number | null {
  const known = costs.filter((nano) => nano !== null);
  return known.length === costs.length ? Math.max(...known) : null;
}

/** What is known of the model that a conversation asks, and of its next message. */
export class Asking {
  model: Model | null = $state.raw(null);
  estimate: Estimate | null = $state.raw(null);
  #asked = '';
  #weighing: Later | undefined;

  /** Looks up what the model can be told; what is known of another one is forgotten at once. */
  async describe(connectionId: string | null, model: string | null, sends = 0): Promise<void> {
    const of = `${connectionId}\n${model}`;
    // What it refuses may have been found out with the last message.
    const asked = `${of}\n${sends}`;
    if (asked === this.#asked) return;
    if (!this.#asked.startsWith(`${of}\n`)) this.model = null;
    this.#asked = asked;
    if (connectionId === null || model === null) return;
    try {
      const known = await commands.describe_model(connectionId, model);
      if (this.#asked === asked) this.model = known;
    } catch {
      // Then it is a model like any other that nobody knows: it gets the least.
    }
  }

  /** Lets a parameter be sent again that the model once refused. */
  async sendAgain(connectionId: string | null, model: string | null, parameter: Parameter): Promise<void> {
    if (connectionId === null || model === null) return;
    await commands.send_parameter_again(connectionId, model, parameter);
    this.model = await commands.describe_model(connectionId, model);
  }

  /** Estimates the next message, once the person pauses. */
  weigh(conversation: Conversation): void {
    this.#weighing?.stop();
    const { id, folder, connectionId, model, draft, attachments, parameters, route } = conversation;
    const others = othersAlong(conversation);
    // Another price, another bound.
    for (const step of [{ connectionId, model }, ...(others ?? [])]) void marks.priceOf(step.connectionId, step.model);
    if (connectionId === null || model === null || (draft.trim() === '' && attachments.length === 0)) {
      this.estimate = null;
      return;
    }
    this.#weighing = new Later(async () => {
      const bytes = new TextEncoder().encode(draft + (id === null ? conversation.systemPrompt : '')).length;
      // Native code knows which of the others search at all.
      const other = (step: Step) => commands.estimate_answer(id, folder, step.connectionId, step.model, bytes, parameters.maxTokens, parameters.search).then(({ atMostNano }) => atMostNano, () => null);
      try {
        const first = commands.estimate_answer(id, folder, connectionId, model, bytes, parameters.maxTokens, searches(parameters, this.model));
        const [estimate, ...rest] = await Promise.all([first, ...(others ?? []).map(other)]);
        const atMostNano = others === null ? null : dearest([estimate.atMostNano, ...rest]);
        if (conversation.draft === draft && conversation.attachments === attachments && conversation.route === route) this.estimate = { ...estimate, atMostNano };
      } catch {
        this.estimate = null;
      }
    });
    this.#weighing.in(PAUSE);
  }
}

/** Changes what is wished, and keeps it: with its conversation, or for the new chat that is not sent yet. */
export const setParameters = (conversation: Conversation, change: Partial<Parameters>): Promise<void> => keepParameters(conversation, { ...conversation.parameters, ...change });

export async function keepParameters(conversation: Conversation, wished: Parameters): Promise<void> {
  const before = conversation.parameters;
  conversation.parameters = wished;
  try {
    // What a new chat was begun with stands from then on, also where it is nothing.
    if (conversation.id === null) await commands.choose_preset(null, conversation.preset);
    await commands.set_parameters(conversation.id, conversation.parameters);
  } catch (reason) {
    conversation.parameters = before;
    throw reason;
  }
}
