// The rules of the house, held by a test.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../src');

const files = (function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
})(src);

const code = files.filter((f) => /\.(ts|svelte)$/.test(f)).map((path) => ({ name: relative(src, path), path, text: readFileSync(path, 'utf8') }));

/** app -> features -> {state, ui} -> {words, ipc} -> bindings. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  main: ['main', 'app', 'features', 'state', 'ui', 'ipc', 'styles', 'words'],
  app: ['app', 'features', 'state', 'ui', 'ipc', 'words'],
  features: ['features', 'state', 'ui', 'ipc', 'words'],
  state: ['state', 'ipc', 'words'],
  ui: ['ui', 'ipc', 'words'],
  words: ['words'],
  ipc: ['ipc'],
};

const layerOf = (name: string): string => (name === 'words' ? name : name.includes('/') ? name.split('/')[0]! : 'main');

const importsOf = (text: string) => [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1]!);

describe.each(code)('$name', ({ name, path, text }) => {
  const imports = importsOf(text);
  // A catalogue is keyed by what has names, so it takes types from above; it runs nothing of them.
  const run = layerOf(name) === 'words' ? importsOf(text.replace(/^import type .*$/gm, '')) : imports;
  const own = run.filter((i) => i.startsWith('.')).map((i) => relative(src, resolve(dirname(path), i)));

  test('imports only downwards', () => {
    for (const target of own) expect(MAY_IMPORT[layerOf(name)], `${name} imports ${target}`).toContain(layerOf(target));
  });

  test('a feature doesn’t know another feature', () => {
    if (!name.startsWith('features/')) return;
    const home = name.split('/')[1];
    for (const target of own.filter((o) => o.startsWith('features/'))) expect(target.split('/')[1]).toBe(home);
  });

  test('only ipc knows Tauri', () => {
    if (!name.startsWith('ipc/')) expect(imports.filter((i) => i.startsWith('@tauri-apps/'))).toEqual([]);
  });

  test('only the fake and the two pages’ beginnings know the fake', () => {
    if (!/^(main|quick|ipc\/fake)/.test(name)) expect(own.filter((o) => o.startsWith('ipc/fake'))).toEqual([]);
  });

  test('only ui/blocks sets HTML', () => {
    if (name === 'ui/blocks.ts') return;
    expect(text).not.toMatch(/\{@html|\b(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|\bsetHTML/);
  });

  test('what is to happen later goes with its page', () => {
    // The end of an answer waits for the next task only.
    if (name.startsWith('state/') && name !== 'state/later.ts') expect(text.replace('setTimeout(() => {\n    if (conversation.turn === turn)', '')).not.toMatch(/set(Timeout|Interval)\(/);
  });

  test('the policy holds: no inline style or script, no eval', () => {
    expect(text).not.toMatch(/<style|\sstyle="|\beval\(|new Function\(|setAttribute\('style'/);
  });

  test('nothing here can hold a key: no password field', () => {
    expect(text).not.toMatch(/type="password"/);
  });

  // The vocabulary is generated from Rust; nobody reads it from top to bottom.
  if (name !== 'ipc/bindings/types.ts') test('at most 500 lines', () => expect(text.split('\n').length).toBeLessThanOrEqual(500));
});

test('quotes in texts are curly', () => {
  for (const { name, text } of code.filter((f) => layerOf(f.name) === 'words')) {
    const strings = [...text.matchAll(/`[^`]*`|'[^'\n]*'/g)].map((m) => m[0].slice(1, -1));
    for (const s of strings.filter((s) => s.includes(' '))) expect(s.replace(/\$\{[^}]*\}/g, ''), name).not.toMatch(/["]|\w'\w/);
  }
});

test('styles are at most 500 lines a file', () => {
  for (const f of files.filter((f) => f.endsWith('.css'))) expect(readFileSync(f, 'utf8').split('\n').length).toBeLessThanOrEqual(500);
});

// Whenever something comes after an element such a rule could match, the engine styles it anew, with all that is in it: 98 ms
// for a long code block.
test.each(['thread', 'prose', 'code', 'callouts'])('no rule in %s.css asks what comes last', (name) => {
  expect(readFileSync(join(src, `styles/${name}.css`), 'utf8')).not.toMatch(/:(last|only|nth-last)-/);
});

test('the table of commands calls each by its own name, one a line', () => {
  const table = readFileSync(join(src, 'ipc/commands.ts'), 'utf8').split('export const commands = {')[1]!;
  const lines = table.split('\n').filter((l) => /\b(call|hand)</.test(l));
  const native = readFileSync(join(src, '../../src-tauri/src/command_names.rs'), 'utf8').match(/^ {4}"/gm)!;
  expect(lines).toHaveLength(native.length);
  for (const line of lines) {
    const [, key, called] = /^ {2}(\w+): .*(?:call|hand)<.*?>\('(\w+)'/.exec(line) ?? [];
    expect(key).toBeDefined();
    expect(called).toBe(key);
  }
});
