// What is written anew with every word stays where it is the same: a button that is being pressed, a selection, what was
// scrolled sideways or opened must not go because the sentence after it goes on.

/** What the page itself has put on an element since it came; never part of an answer's HTML. */
const OURS = /^(is|has)-/;

/** More differences than this between two elements, and one takes the other's place: each change in a paragraph of thousands of parts costs all of them. */
const MANY = 50;

/** Makes the content of `old` that of `fresh`, which is used up by it. */
export function become(old: Element, fresh: Element): void {
  let a = old.firstChild;
  let b = fresh.firstChild;
  while (a && b) {
    const nextA: ChildNode | null = a.nextSibling;
    const nextB: ChildNode | null = b.nextSibling;
    if (!a.isEqualNode(b)) replace(a, b);
    a = nextA;
    b = nextB;
  }
  while (a) {
    const next = a.nextSibling;
    a.remove();
    a = next;
  }
  while (b) {
    const next = b.nextSibling;
    old.append(b);
    b = next;
  }
}

function replace(a: ChildNode, b: ChildNode): void {
  if (a instanceof Text && b instanceof Text && b.data.startsWith(a.data)) return a.appendData(b.data.slice(a.data.length));
  if (!(a instanceof Element) || !(b instanceof Element) || !isAlike(a, b) || differsMuch(a, b)) return a.replaceWith(b);
  const [code, freshCode] = [a, b].map((element) => element.matches('figure') && element.querySelector('code'));
  if (!code || !freshCode) return become(a, b);
  // Its head has buttons that say what they did; only the lines of code change, and a diagram is drawn anew.
  const isHeadSame = a.querySelector('.code-head > span')?.textContent === b.querySelector('.code-head > span')?.textContent;
  if (isHeadSame && code.textContent === freshCode.textContent) return;
  if (!isHeadSame || a.matches('.diagram') || code.querySelector('.lines')) return a.replaceWith(b);
  become(code, freshCode);
}

function differsMuch(a: Element, b: Element): boolean {
  if (Math.max(a.childNodes.length, b.childNodes.length) <= MANY) return false;
  let differences = Math.abs(a.childNodes.length - b.childNodes.length);
  let [one, other] = [a.firstChild, b.firstChild];
  for (; one && other && differences <= MANY; [one, other] = [one.nextSibling, other.nextSibling]) if (!one.isEqualNode(other)) differences += 1;
  return differences > MANY;
}

function isAlike(a: Element, b: Element): boolean {
  const classes = (element: Element) => [...element.classList].filter((name) => !OURS.test(name)).join(' ');
  const rest = (element: Element) => [...element.attributes].filter(({ name }) => name !== 'class' && name !== 'data-n').map(({ name, value }) => `${name}=${value}`).sort().join('\n');
  return a.tagName === b.tagName && classes(a) === classes(b) && rest(a) === rest(b);
}

/** Makes one text of `before` and of the one after it: words in many pieces are laid out far slower than in one. */
export function joinText(before: ChildNode | null): void {
  const after = before?.nextSibling;
  if (!(before instanceof Text) || !(after instanceof Text)) return;
  before.appendData(after.data);
  after.remove();
}
