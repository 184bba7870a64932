// Placeholders of secrets, as native code writes them: ⟪password-1⟫.

const PLACEHOLDER = /⟪([a-z0-9-]{1,80})⟫/;
const MADE = 'span.redact[data-name]';

/** A text in pieces: every second one is the name of a placeholder. */
export function split(text: string): string[] {
  return text.includes('⟪') ? text.split(PLACEHOLDER) : [text];
}

/** Makes an element of every placeholder below this one. Those that were made before are found again. */
export function mark(root: HTMLElement): HTMLElement[] {
  // Few answers have any, and looking at each text of a long one takes a frame.
  if (!root.textContent?.includes('⟪')) return [...root.querySelectorAll<HTMLElement>(MADE)];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) if (walker.currentNode.nodeValue?.includes('⟪')) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    const pieces = split(text.data);
    if (pieces.length < 2) continue;
    text.replaceWith(...pieces.map((piece, n) => (n % 2 === 0 ? piece : made(piece))));
  }
  return [...root.querySelectorAll<HTMLElement>(MADE)];
}

/** Shows what the placeholders stand for, or their names where that is not told. */
export function fill(marks: readonly HTMLElement[], values: ReadonlyMap<string, string>): void {
  for (const one of marks) {
    const name = one.dataset['name'] ?? '';
    const value = values.get(name);
    one.textContent = value ?? name;
    one.classList.toggle('redact-back', value !== undefined);
  }
}

function made(name: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'redact';
  element.dataset['name'] = name;
  element.textContent = name;
  return element;
}
