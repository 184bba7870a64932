// The faces of an answer. For each size, weight and slant the engine asks the system, some 10 ms every time: the first answer
// on the page would wait for all of them. So they are asked for one by one, while nobody waits.

/** Parts of an answer that have a face of their own, from the outside in. */
const FACES = [
  ['p', 'strong'],
  ['p', 'em'],
  ['p', 'code'],
  ['h2'],
  ['h3'],
  ['figure.code', 'pre', 'code'],
  ['figure.code', 'pre', 'code', 'span.c'],
  ['figure.code', 'figcaption.code-head', 'span.btn'],
  ['div.prose-table', 'table.table', 'th'],
  ['div.prose-table', 'table.table', 'td'],
  ['div.msg-foot'],
];
/** After the start, when the page stands. */
const WAIT_MS = 500;
/** Between two of them there is time for a key press. */
const PAUSE_MS = 50;

/** Begins to ask, with an element inside of `page`. Gives back what ends it. */
export function askForFaces(page: Element): () => void {
  const unseen = document.createElement('div');
  unseen.className = 'prose faces';
  unseen.setAttribute('aria-hidden', 'true');
  let asked = 0;
  let timer = setTimeout(next, WAIT_MS);
  function next() {
    // What is being written comes first.
    if (page.querySelector('[aria-busy="true"]')) return void (timer = setTimeout(next, WAIT_MS));
    const path = FACES[asked++];
    if (!path) return unseen.remove();
    unseen.replaceChildren(nested(path));
    if (!unseen.isConnected) page.append(unseen);
    timer = setTimeout(next, PAUSE_MS);
  }
  return () => {
    clearTimeout(timer);
    unseen.remove();
  };
}

function nested(path: readonly string[]): Node {
  return path.reduceRight<Node>((inner, part) => {
    const [tag, look] = part.split('.');
    const element = document.createElement(tag!);
    if (look) element.className = look;
    element.append(inner);
    return element;
  }, document.createTextNode('a'));
}
