// Marks of sources in an answer, as models and native code write them: [2].

const MARK = /\[(\d{1,3})\]/;
const WORDS_ONLY = 'a, code, pre, math, svg';

/** Makes a link of every mark below this one that a source stands behind; other numbers stay what they are. */
export function cite(root: HTMLElement, sources: number): HTMLAnchorElement[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (text.data.includes('[') && !text.parentElement?.closest(WORDS_ONLY)) texts.push(text);
  }
  for (const text of texts) {
    const pieces = text.data.split(MARK);
    if (pieces.length < 2) continue;
    text.replaceWith(...pieces.map((piece, n) => (n % 2 === 0 ? piece : Number(piece) >= 1 && Number(piece) <= sources ? made(piece) : `[${piece}]`)));
  }
  return [...root.querySelectorAll<HTMLAnchorElement>('a.cite')];
}

function made(number: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.className = 'cite';
  link.href = '#';
  link.textContent = number;
  return link;
}
