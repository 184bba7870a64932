// What the composer suggests.
import type { Connection, ConnectionId, Marks, Model, Prompt } from '../../ipc/bindings/types';
import { best } from '../../ui/fuzzy';
import type { IconName } from '../../ui/icons';
import type { Blank } from '../../state/prompt-text';
import { readable } from '../../ui/readable';
import { words } from '../../words';

/** A prompt whose blanks are to be filled before it is inserted. */
export interface Filling {
  readonly name: string;
  readonly text: string;
  readonly blanks: readonly Blank[];
  readonly insert: (text: string) => void;
}

/** An act that has a slash name. */
export interface SlashAct {
  readonly slash: string;
  readonly note: string;
  readonly icon: IconName;
  readonly run: () => void;
}

export type Pick = { readonly prompt: Prompt } | { readonly act: SlashAct } | { readonly connectionId: ConnectionId; readonly model: string };

export interface Item {
  readonly key: string;
  /** As it is found by. */
  readonly label: string;
  readonly name: string;
  readonly note: string;
  readonly icon: IconName | null;
  readonly pick: Pick;
}

export interface Suggested {
  readonly title: string;
  readonly items: readonly Item[];
}

const MOST = 8;

/** One line of what a prompt says. */
const gist = (text: string): string => text.slice(0, 200).replace(/\s+/g, ' ').trim();

/** What begins with what was typed comes before what only has its letters. */
function fitting<T>(typed: string, all: readonly T[], slashOf: (one: T) => string, nameOf: (one: T) => string): readonly T[] {
  const lower = typed.toLowerCase();
  const begins = all.filter((one) => slashOf(one).startsWith(lower));
  const others = lower === '' ? [] : best(typed, all, nameOf).filter((one) => !begins.includes(one));
  return [...begins, ...others].slice(0, MOST);
}

export function bySlash(typed: string, prompts: readonly Prompt[], acts: readonly SlashAct[]): readonly Suggested[] {
  const w = words.prompts;
  const ordered = [...prompts].sort((a, b) => Number(b.favourite) - Number(a.favourite) || a.name.localeCompare(b.name));
  const own = fitting(typed, ordered, (p) => p.slash || p.name.toLowerCase(), (p) => `${p.slash} ${p.name}`);
  const some = fitting(typed, acts, (act) => act.slash, (act) => act.slash);
  const begins = (group: Suggested) => Number(group.items[0]!.name.toLowerCase().startsWith(typed.toLowerCase()));
  return [
    { title: w.yours, items: own.map((prompt) => ({ key: `prompt-${prompt.id}`, label: `/${prompt.slash || prompt.name}`, name: prompt.slash || prompt.name, note: prompt.slash ? prompt.name : gist(prompt.text), icon: null, pick: { prompt } })) },
    { title: w.actions, items: some.map((act) => ({ key: `act-${act.slash}`, label: `/${act.slash}`, name: act.slash, note: act.note, icon: act.icon, pick: { act } })) },
  ]
    .filter((group) => group.items.length > 0)
    // What begins like it comes before what only has its letters.
    .sort((a, b) => begins(b) - begins(a));
}

export function byModel(typed: string, connections: readonly Connection[], offers: Readonly<Record<ConnectionId, { models: readonly Model[] | null }>>, marked: readonly Marks[]): readonly Suggested[] {
  const keyOf = (connectionId: ConnectionId, model: string) => `${connectionId}\n${model}`;
  const known = new Map<string, { connectionId: ConnectionId; model: string }>();
  for (const { connectionId, model } of marked) known.set(keyOf(connectionId, model), { connectionId, model });
  for (const { id } of connections) for (const { id: model } of offers[id]?.models ?? []) if (!known.has(keyOf(id, model))) known.set(keyOf(id, model), { connectionId: id, model });
  const name = (id: ConnectionId) => connections.find((connection) => connection.id === id)?.name;
  const here = [...known.values()].filter((one) => name(one.connectionId) !== undefined);
  const found = best(typed, here, (one) => one.model).slice(0, MOST);
  const items = found.map((one) => ({ key: keyOf(one.connectionId, one.model), label: readable(one.model), name: readable(one.model), note: name(one.connectionId) ?? '', icon: 'chip' as const, pick: one }));
  return items.length === 0 ? [] : [{ title: words.prompts.models, items }];
}
