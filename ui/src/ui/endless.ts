// Words without an end, such as a file in base64: they are not broken into lines. Doing so takes the engine two seconds a
// frame for half a million letters, and a fifth of one where they stand in one line that scrolls by itself.

/** So many letters without a space are such a word. */
export const ENDLESS = 10_000;

const SPACE = /\s/;
/** What can scroll by itself. */
const BOXES = 'p, li, td, th, h2, h3, h4, h5, h6';

/** Marks what holds such words. */
export function markEndless(root: Element): void {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const { data } = node as Text;
    if (data.length >= ENDLESS && data.split(SPACE).some((word) => word.length >= ENDLESS)) mark(node);
  }
}

/** The same for a text that grows, which needs to be looked at from its end only. */
export function markEndlessEnd(node: ChildNode | null): void {
  if (!(node instanceof Text) || node.data.length < ENDLESS) return;
  if (!SPACE.test(node.data.slice(-ENDLESS))) mark(node);
}

const mark = (text: Node) => text.parentElement?.closest(BOXES)?.classList.add('is-endless');
