// Roles and names as far as the page's own markup goes: enough to find candidates, which are then asked for the real ones.
const TAGS = {
  A: (e) => (e.hasAttribute('href') ? 'link' : null),
  ARTICLE: () => 'article',
  BUTTON: () => 'button',
  DIALOG: () => 'dialog',
  FIGURE: () => 'figure',
  H1: () => 'heading',
  H2: () => 'heading',
  H3: () => 'heading',
  INPUT: (e) => ({ radio: 'radio', checkbox: 'checkbox', search: 'searchbox' })[e.type] ?? 'textbox',
  NAV: () => 'navigation',
  OL: () => 'list',
  TEXTAREA: () => 'textbox',
  UL: () => 'list',
};
const NAMED_BY_CONTENT = new Set(['button', 'link', 'heading', 'option', 'menuitem']);

const roleOf = (e) => e.getAttribute('role') ?? TAGS[e.tagName]?.(e) ?? null;

function textOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute('aria-hidden') === 'true') return '';
  return node.getAttribute('aria-label') ?? [...node.childNodes].map(textOf).join('');
}

function nameOf(e) {
  const label = e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent;
  const name = label ?? (NAMED_BY_CONTENT.has(roleOf(e)) ? [...e.childNodes].map(textOf).join('') : '');
  return name.replace(/\s+/g, ' ').trim();
}

function isThere(e) {
  if (e.closest('[inert], [aria-hidden="true"]') || !e.checkVisibility({ visibilityProperty: true })) return false;
  const modal = document.querySelector('dialog:modal');
  return !modal || modal.contains(e);
}

const everything = () => [...document.querySelectorAll('[role], ' + Object.keys(TAGS).join(', '))].filter(isThere);

function find(role, name, whole) {
  const fits = (e) => (whole ? nameOf(e) === name : nameOf(e).startsWith(name));
  return everything().findLast((e) => roleOf(e) === role && fits(e)) ?? null;
}

function listing() {
  const lines = everything().map((e) => `  ${roleOf(e)} “${nameOf(e)}”${e.disabled ? ' (disabled)' : ''}`);
  return lines.join('\n');
}
