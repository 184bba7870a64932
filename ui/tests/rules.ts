// The rules of all styles in the order in which the page reads them: which selector, under which condition, says what.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Rule {
  selector: string;
  /** The `@media` around it; empty for none. */
  media: string;
  declarations: ReadonlyMap<string, string>;
}

const folder = resolve(import.meta.dirname, '../src/styles');
const read = (name: string) => readFileSync(resolve(folder, name), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

const sheets = [...read('index.css').matchAll(/@import '\.\/([^']+)'/g)].map((found) => read(found[1]!));

/** Each selector of a list is a rule of its own. */
export const rules: readonly Rule[] = sheets.flatMap((text) => parse(text, ''));

/** What the last rule of exactly this selector says, as one that is equally particular and read later wins. */
export function said(selector: string, property: string, media = ''): string | undefined {
  return rules.findLast((rule) => rule.selector === selector && rule.media === media && rule.declarations.has(property))?.declarations.get(property);
}

function parse(text: string, media: string): Rule[] {
  const found: Rule[] = [];
  for (let at = 0; ; ) {
    const open = text.indexOf('{', at);
    if (open < 0) return found;
    const head = text.slice(at, open).split(';').at(-1)!.trim();
    const close = closing(text, open);
    const body = text.slice(open + 1, close);
    at = close + 1;
    if (head.startsWith('@media')) found.push(...parse(body, head.slice('@media'.length).trim()));
    else if (!head.startsWith('@')) found.push(...listed(head).map((selector) => ({ selector, media, declarations: declared(body) })));
  }
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}' && (depth -= 1) === 0) return at;
  }
  throw new Error('a rule that is not closed');
}

/** By the commas that stand outside of brackets. */
function listed(selectors: string): string[] {
  const found = [''];
  let depth = 0;
  for (const sign of selectors) {
    if ('(['.includes(sign)) depth += 1;
    if (')]'.includes(sign)) depth -= 1;
    if (sign === ',' && depth === 0) found.push('');
    else found[found.length - 1] += sign;
  }
  return found.map((selector) => selector.trim().replace(/\s+/g, ' '));
}

function declared(body: string): ReadonlyMap<string, string> {
  const parts = body.split(';').map((one) => one.split(/:(.*)/s));
  return new Map(parts.filter((one) => one.length > 1).map(([property, value]) => [property!.trim(), value!.trim()]));
}
