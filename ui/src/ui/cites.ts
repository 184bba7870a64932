// Marks of sources in an answer, as models and native code write them: [2].

const MARK = /\[(\d{1,3})\]/;
const WORDS_ONLY = 'a, code, pre, math, svg';

/** Makes a link of every mark below this one that a source stands behind; other numbers stay what they are. */
export function cite(root: HTMLElement, sources: number): HTMLAnchorElement[] {
  for (const text of textsOf(root)) {
    const pieces = text.data.split(MARK);
    const isMark = (piece: string, n: number) => n % 2 === 1 && Number(piece) >= 1 && Number(piece) <= sources;
    if (!pieces.some(isMark)) continue;
    text.replaceWith(...pieces.map((piece, n) => (n % 2 === 0 ? piece : isMark(piece, n) ? made(piece) : `[${piece}]`)));
  }
  return [...root.querySelectorAll<HTMLAnchorElement>('a.cite')];
}

/** Which source a mark is of, from 1. */
export const numberOf = (mark: HTMLAnchorElement): number => Number(mark.dataset['source']);

/** Where a mark may stand. Most answers have none, and long ones have a hundred thousand texts. */
function textsOf(root: HTMLElement): Text[] {
  if (!MARK.test(root.textContent ?? '')) return [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (text.data.includes('[') && !text.parentElement?.closest(WORDS_ONLY)) texts.push(text);
  }
  return texts;
}

/** The brackets are not seen, but they are words: “$3[2]” that is copied or looked for must not be $32. */
function made(number: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.className = 'cite';
  link.href = '#';
  link.dataset['source'] = number;
  link.append(bracket('['), number, bracket(']'));
  return link;
}

function bracket(sign: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'cite-bracket';
  element.textContent = sign;
  return element;
}
