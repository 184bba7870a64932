// Where the system forces its colours, or wants things to stand still, nothing is lost that is told by colour or movement.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isStill } from '../src/ui/motion';
import { rules, said, type Rule } from './rules';

const FORCED = '(forced-colors: active)';
const forced = rules.filter((rule) => rule.media === FORCED);
const plain = rules.filter((rule) => rule.media === '');
const isForced = (selector: string) => forced.some((rule) => rule.selector === selector);

/** What can be so or otherwise, by a selector of it. */
const STATE = /\[aria-(selected|current|checked|pressed|invalid)|:checked|\.is-|\.has-|-on\b|\.done\b|:focus|\[data-off/;
/** What the system takes away. */
const COLOUR = /^(background(-color)?|color|box-shadow|fill|stroke|border-color|text-shadow)$/;
const byColourAlone = ({ declarations }: Rule) => declarations.size > 0 && [...declarations.keys()].every((property) => COLOUR.test(property));

/** States that an icon, words or a shape tell as well. */
const TOLD_OTHERWISE: readonly RegExp[] = [
  /\.is-(ok|warn|danger|brass|accent)\b(?!.*fill)/,
  // A tick stands in it.
  /\.done\b/,
  // The line of the tree goes through it.
  /^\.tree-row:not\(\.is-path\)/,
  // An alert is its icon.
  /^\.attach-item\.is-bad > \.mono-tile$/,
  // Its words aren’t there yet, or its button is off.
  /^\.receipt > \.is-coming$/,
  /\[data-off\] \.glyph$/,
  // Nothing to see.
  /^\.is-marked-anew$/,
];

test('each state that is told by colour alone is told otherwise where colours are forced', () => {
  const states = plain.filter((rule) => STATE.test(rule.selector) && byColourAlone(rule) && !TOLD_OTHERWISE.some((one) => one.test(rule.selector)));
  expect(states.length).toBeGreaterThan(15);
  for (const { selector } of states) expect(isForced(selector), selector).toBe(true);
});

test('what is drawn by its ground is drawn in a colour of the system', () => {
  // This one only softens an edge.
  const drawn = plain.filter(({ selector, declarations }) => /::(before|after)$/.test(selector) && declarations.has('background') && selector !== '.dock::before');
  for (const { selector } of drawn) {
    const isNumber = selector.startsWith('.todo > li::before') || selector.startsWith('.todo > .done');
    expect(isForced(selector) || isNumber, selector).toBe(true);
  }
});

test.each(['.btn', '.chip', '.badge', '.card', '.pop', '.dialog', '.menu', '.composer', '.selbar', '.banner', '.bubble', '.toast', '.tip'])('%s has an edge', (selector) => {
  const border = said(selector, 'border', FORCED) ?? said(selector, 'border');
  expect(border).toMatch(/^1px solid/);
  expect(said(selector, 'border-color', FORCED) ?? said(selector, 'border', FORCED)).toContain('CanvasText');
});

test.each([
  '.switch', '.switch::before', '.check:checked', '.check:checked::before', '.radio:checked', '.meter-track', '.meter-fill', '.level', '.dot', '.dot-live',
  'mark', '::highlight(find)', '::highlight(find-current)', '.var', '.line.add', '.line.del', '.node-on', '.lane-on', ':focus-visible', '.quick-in:focus-within', '.btn[disabled]', '.menu-item:focus-visible',
])('%s has a rule for forced colours', (selector) => expect(isForced(selector)).toBe(true));

test('a ground of one’s own has the colour of words that goes with it', () => {
  const PAIRS: Record<string, string> = { SelectedItem: 'SelectedItemText', Mark: 'MarkText', ButtonText: 'ButtonFace', Highlight: 'HighlightText' };
  for (const { selector, declarations } of forced) {
    const ground = declarations.get('background') ?? declarations.get('background-color');
    if (!ground || !(ground in PAIRS) || /::(before|after)$|^\.(switch|check|dot)|\.kbd$/.test(selector)) continue;
    expect(declarations.get('color'), selector).toBe(PAIRS[ground]);
  }
});

test('the match that is gone to is told from the others by more than its colour, also where the system says which colours those are', () => {
  expect(said('::highlight(find-current)', 'text-decoration')).toMatch(/^underline/);
  expect(said('::highlight(find)', 'text-decoration')).toBeUndefined();
  // Not taken back there, and in colours of the system: others are not kept.
  expect(said('::highlight(find-current)', 'text-decoration', FORCED) ?? 'underline').toMatch(/^underline/);
  for (const name of ['find', 'find-current']) for (const property of ['background-color', 'color']) expect(said(`::highlight(${name})`, property, FORCED)).toMatch(/^(Mark|Highlight)(Text)?$/);
  expect(said('::highlight(find-current)', 'background-color', FORCED)).not.toBe(said('::highlight(find)', 'background-color', FORCED));
});

afterEach(() => delete document.documentElement.dataset['motion']);

test('nothing moves where nothing is to move: by the system’s wish, or by the person’s', () => {
  for (const [selector, media] of [['*', '(prefers-reduced-motion: reduce)'], [':root[data-motion="none"] *', '']] as const) {
    expect(said(selector, 'animation', media)).toBe('none !important');
    expect(said(selector, 'transition', media)).toBe('none !important');
    expect(said(selector, 'scroll-behavior', media)).toBe('auto !important');
  }
  // The caret blinks by a class, which these do not reach.
  const blinks = rules.filter((rule) => rule.selector.includes('.is-blinked'));
  expect(blinks.map(({ selector, media }) => [selector, media])).toEqual([[':root:not([data-motion="none"]) .has-caret.is-blinked::after', '(prefers-reduced-motion: no-preference)']]);
  expect(isStill()).toBe(false);
  document.documentElement.dataset['motion'] = 'none';
  expect(isStill()).toBe(true);
});

test('no script moves anything by itself', () => {
  const src = resolve(import.meta.dirname, '../src');
  for (const name of readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((one) => /\.(ts|svelte)$/.test(one))) {
    expect(readFileSync(join(src, name), 'utf8'), name).not.toMatch(/behavior: 'smooth'|\.animate\(|from 'svelte\/(transition|animate|motion)'/);
  }
});
