// The text of a prompt: its blanks, the prompts that it takes in, and what becomes of it when the blanks are filled.

/** A place that is filled when the prompt is used. */
export interface Blank {
  readonly name: string;
  readonly kind: 'text' | 'choice' | 'selection' | 'clipboard' | 'date';
  /** What stands in it at first. */
  readonly value: string;
  readonly choices: readonly string[];
}

/** Why a prompt can’t be put together; `by` are the slash names on the way there. */
export interface Tangle {
  readonly kind: 'circle' | 'missing' | 'tooLong';
  readonly by: readonly string[];
}

export type Whole = { readonly text: string; readonly tangle: null } | { readonly text: null; readonly tangle: Tangle };

/** Of a slash name, the prompt’s text. */
export type Find = (slash: string) => string | null;

/** Prompts that take each other in twice, and twice again, grow fast. */
const LONGEST = 1_000_000;

/** `{{/plain}}` takes in another prompt. */
const TAKES_IN = /\{\{\s*\/([\p{L}\p{N}-]+)\s*\}\}/gu;
/** `{{name}}`, `{{name:120}}`, `{{name:a|b}}` */
const BLANK = /\{\{\s*([\p{L}\p{N}][\p{L}\p{N} _-]*?)\s*(?::([^{}]*))?\}\}/gu;

/** Filled by themselves; in other programs’ libraries by other names. */
const OWN: Readonly<Record<string, Blank['kind']>> = { selection: 'selection', clipboard: 'clipboard', date: 'date', current_date: 'date' };

/** The text with all that it takes in. */
export function whole(text: string, find: Find, own: string | null = null): Whole {
  try {
    return { text: takeIn(text, find, own === null || own === '' ? [] : [own]), tangle: null };
  } catch (reason) {
    if (reason instanceof Tangled) return { text: null, tangle: reason.tangle };
    throw reason;
  }
}

class Tangled extends Error {
  constructor(readonly tangle: Tangle) {
    super(tangle.kind);
  }
}

function takeIn(text: string, find: Find, by: readonly string[]): string {
  let length = text.length;
  const taken = text.replace(TAKES_IN, (_, slash: string) => {
    const next = [...by, slash];
    if (by.includes(slash)) throw new Tangled({ kind: 'circle', by: next });
    const other = find(slash);
    if (other === null) throw new Tangled({ kind: 'missing', by: next });
    const part = takeIn(other, find, next);
    length += part.length;
    if (length > LONGEST) throw new Tangled({ kind: 'tooLong', by: next });
    return part;
  });
  return taken;
}

/** Each blank once, in the order of the text. */
export function blanksOf(text: string): readonly Blank[] {
  const blanks = new Map<string, Blank>();
  for (const [, name, rest] of text.matchAll(BLANK)) {
    if (blanks.has(name!)) continue;
    const own = OWN[name!.toLowerCase()];
    const choices = own ? [] : [...new Set((rest ?? '').split('|').map((choice) => choice.trim()))];
    const kind = own ?? (choices.length > 1 ? 'choice' : 'text');
    blanks.set(name!, { name: name!, kind, value: choices[0] ?? '', choices: kind === 'choice' ? choices : [] });
  }
  return [...blanks.values()];
}

/** What is filled in is taken as it is: marks in it mean nothing. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string => text.replace(BLANK, (mark, name: string) => values[name] ?? mark);

/** The text in pieces, to be shown with its blanks marked. */
export function pieces(text: string): readonly { readonly text: string; readonly blank: boolean }[] {
  const all: { text: string; blank: boolean }[] = [];
  let at = 0;
  for (const mark of text.matchAll(new RegExp(`${BLANK.source}|${TAKES_IN.source}`, 'gu'))) {
    if (mark.index > at) all.push({ text: text.slice(at, mark.index), blank: false });
    all.push({ text: mark[0], blank: true });
    at = mark.index + mark[0].length;
  }
  if (at < text.length) all.push({ text: text.slice(at), blank: false });
  return all;
}
