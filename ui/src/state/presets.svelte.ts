// Ways to ask that have a name: chosen in a chat, and what new chats begin with.
import type { Parameters, Preset, PresetId, PresetInput } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { connections } from './connections.svelte';
import type { Conversation } from './conversation.svelte';
import { keepParameters, NOTHING } from './parameters.svelte';
import { routes } from './routes.svelte';

export class Presets {
  list: readonly Preset[] = $state.raw([]);
  /** What new chats begin with. */
  byDefault: PresetId | null = $state(null);

  load(list: readonly Preset[], byDefault: PresetId | null): void {
    this.list = list;
    this.byDefault = byDefault;
  }

  get(id: PresetId | null): Preset | null {
    return this.list.find((p) => p.id === id) ?? null;
  }

  async save(preset: PresetInput): Promise<Preset> {
    const kept = await commands.save_preset(preset);
    this.list = preset.id === null ? [...this.list, kept] : this.list.map((p) => (p.id === kept.id ? kept : p));
    return kept;
  }

  async remove(id: PresetId): Promise<void> {
    await commands.delete_preset(id);
    this.list = this.list.filter((p) => p.id !== id);
    if (this.byDefault === id) this.byDefault = null;
  }

  async makeDefault(id: PresetId | null): Promise<void> {
    await commands.set_default_preset(id);
    this.byDefault = id;
  }
}

export const presets = new Presets();

const same = (a: Parameters, b: Parameters) => (Object.keys(NOTHING) as (keyof Parameters)[]).every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));

/** Whether a chat asks otherwise than the preset that it goes by. */
export const isChanged = (c: Conversation, preset: Preset): boolean =>
  !same(c.parameters, preset.parameters) || c.systemPrompt !== preset.instructions || (preset.model !== null && (c.model !== preset.model || c.connectionId !== preset.connectionId || c.route !== preset.route));

/** Lets a chat go by a preset, or by none any more. What the person wrote into the instructions is never taken away. */
export async function choosePreset(c: Conversation, preset: PresetInput | null): Promise<void> {
  const before = presets.get(c.preset);
  const instructions = preset?.instructions || (before !== null && c.systemPrompt === before.instructions ? '' : c.systemPrompt);
  await commands.choose_preset(c.id, preset?.id ?? null);
  c.preset = preset?.id ?? null;
  await keepParameters(c, preset?.parameters ?? NOTHING);
  if (instructions !== c.systemPrompt) {
    await commands.set_system_prompt(c.id, instructions);
    c.systemPrompt = instructions;
  }
  // A key that was removed asks nothing.
  if (preset === null || preset.model === null || !connections.get(preset.connectionId)) return;
  const route = preset.route === null ? undefined : routes.get(preset.route);
  if (c.id !== null && route) await commands.choose_route(c.id, route.id);
  else if (c.id !== null) await commands.choose_model(c.id, preset.connectionId!, preset.model);
  c.connectionId = preset.connectionId;
  c.model = preset.model;
  c.route = route?.id ?? null;
}

/** Keeps how a chat asks under a name, and lets it go by that. */
export async function keepAsPreset(c: Conversation, id: PresetId | null, name: string, withModel: boolean): Promise<Preset> {
  const asked = withModel ? { connectionId: c.connectionId, model: c.model, route: c.route } : { connectionId: null, model: null, route: null };
  const kept = await presets.save({ id, name, ...asked, parameters: c.parameters, instructions: c.systemPrompt, favourite: presets.get(id)?.favourite ?? false });
  await commands.choose_preset(c.id, kept.id);
  c.preset = kept.id;
  return kept;
}
