// What a page would look like if an attack had got through. Written from the contract of the renderer, not from its code.
const ELEMENTS = new Set(
  ('a blockquote br button code del details div em figcaption figure h2 h3 h4 h5 h6 hr img input kbd li mark ol p pre span strong sub summary sup table tbody ' +
    'td th thead tr ul math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom msub msup msubsup ' +
    'munder mover munderover mmultiscripts mprescripts none mtable mtr mtd menclose semantics annotation').split(' '),
);
const ATTRIBUTE = /^(on.*|style|id|name|srcset|srcdoc|action|formaction|ping|target|poster|background|.*:.*)$/;
const PICTURE = /^data:image\/(png|jpeg|gif|webp|svg\+xml);base64,[a-zA-Z0-9+/=]+$/;

const isStrange = (element) => {
  const math = element.closest('math') !== null;
  const home = math ? 'http://www.w3.org/1998/Math/MathML' : 'http://www.w3.org/1999/xhtml';
  if (!ELEMENTS.has(element.localName) || element.namespaceURI !== home) return true;
  for (const { name, value } of element.attributes) {
    if (ATTRIBUTE.test(name)) return true;
    if (name === 'href' && !(element.localName === 'a' && /^(https?:\/\/|mailto:)/.test(value))) return true;
    if (name === 'src' && !PICTURE.test(value)) return true;
  }
  return false;
};

/** Elements that no answer may have. */
const strangersIn = (root) => [...root.querySelectorAll('*')].filter(isStrange).map(outline);

const outline = (element) => element.outerHTML.slice(0, 200);

/** What stands in the page outside of any message, so that nothing can be added to it unseen. */
const surroundings = () => ({
  head: [...document.head.children].map((e) => (e.localName === 'title' ? 'title' : e.outerHTML)),
  body: [...document.body.children].map((e) => e.localName + '#' + e.id),
  odd: document.querySelectorAll('script, style, iframe, frame, object, embed, base, portal, dialog[open]').length,
});

/** Anything in an answer that has been taken out of its place. */
const coversIn = (root) =>
  [...root.querySelectorAll('*')]
    .filter((e) => ['fixed', 'absolute'].includes(getComputedStyle(e).position) && e.getClientRects().length > 0)
    .filter((e) => !root.contains(e.offsetParent))
    .map((e) => e.outerHTML.slice(0, 200));

const watch = () => {
  top.firedBy = [];
  top.violations = [];
  top.fired = (number) => top.firedBy.push(number);
  document.addEventListener('securitypolicyviolation', (event) => top.violations.push(event.effectiveDirective));
  // Messages far from the view leave the page, and half an answer may hold what the whole does not.
  top.seen = [];
  const look = (node) => node instanceof Element && node.closest('.prose') && top.seen.push(...[node, ...node.querySelectorAll('*')].filter(isStrange).map(outline));
  new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach(look))).observe(document.body, { childList: true, subtree: true });
};

const report = (root) => ({
  fired: [...new Set(top.firedBy)],
  violations: top.violations.length,
  strangers: [...[...root.querySelectorAll('.prose')].flatMap(strangersIn), ...top.seen],
  covers: [...root.querySelectorAll('.prose')].flatMap(coversIn),
  surroundings: surroundings(),
});
