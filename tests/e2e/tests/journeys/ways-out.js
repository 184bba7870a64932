// Every way a page has to make its engine open a connection, or to go somewhere else. Each is given an address.
const add = (tag, set) => {
  const element = document.createElement(tag);
  Object.assign(element, set);
  document.body.append(element);
  return element;
};

const ways = {
  fetch: (url) => fetch(url),
  fetchNoCors: (url) => fetch(url, { mode: 'no-cors', method: 'POST', body: 'leak' }),
  fetchKeepalive: (url) => fetch(url, { keepalive: true, mode: 'no-cors' }),
  request: (url) => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.send();
  },
  beacon: (url) => navigator.sendBeacon(url, 'leak'),
  socket: (url) => new WebSocket(url.replace('http', 'ws')),
  events: (url) => new EventSource(url),
  image: (url) => add('img', { src: url }),
  imageOffPage: (url) => (new Image().src = url),
  imageSet: (url) => add('img', { srcset: `${url} 2x` }),
  svgImage: (url) => add('div', { innerHTML: `<svg><image href="${url}"/></svg>` }),
  script: (url) => add('script', { src: url }),
  module: (url) => add('script', { type: 'module', src: url }),
  import: (url) => import(url),
  inlineScript: (url) => add('script', { textContent: `fetch('${url}')` }),
  handler: (url) => add('div', { innerHTML: `<img src="x" onerror="fetch('${url}')">` }),
  evaluated: (url) => new Function(`fetch('${url}')`)(),
  scriptAddress: (url) => (location.href = `javascript:fetch('${url}')`),
  style: (url) => add('link', { rel: 'stylesheet', href: url }),
  inlineStyle: (url) => add('style', { textContent: `@import url(${url}); body { background: url(${url}) }` }),
  background: (url) => (document.body.style.backgroundImage = `url(${url})`),
  font: (url) => new FontFace('leak', `url(${url})`).load(),
  preload: (url) => add('link', { rel: 'preload', as: 'image', href: url }),
  prefetch: (url) => add('link', { rel: 'prefetch', href: url }),
  preconnect: (url) => add('link', { rel: 'preconnect', href: url }),
  icon: (url) => add('link', { rel: 'icon', href: url }),
  manifest: (url) => add('link', { rel: 'manifest', href: url }),
  frame: (url) => add('iframe', { src: url }),
  frameWithPage: (url) => add('iframe', { srcdoc: `<img src="${url}"><script>fetch('${url}')</script>` }),
  framedData: (url) => add('iframe', { src: `data:text/html,<img src="${url}">` }),
  object: (url) => add('object', { data: url }),
  embed: (url) => add('embed', { src: url }),
  video: (url) => add('video', { src: url, poster: url, preload: 'auto' }),
  audio: (url) => add('audio', { src: url, preload: 'auto' }),
  worker: (url) => new Worker(url),
  workerFromBlob: (url) => new Worker(URL.createObjectURL(new Blob([`fetch('${url}')`]))),
  sharedWorker: (url) => new SharedWorker(url),
  serviceWorker: (url) => navigator.serviceWorker.register(url),
  base: (url) => add('base', { href: url }),
  refresh: (url) => add('meta', { httpEquiv: 'refresh', content: `0;url=${url}` }),
  window: (url) => window.open(url),
  link: (url) => add('a', { href: url }).click(),
  linkToWindow: (url) => add('a', { href: url, target: '_blank' }).click(),
  ping: (url) => add('a', { href: '#x', ping: url }).click(),
  download: (url) => add('a', { href: url, download: 'leak' }).click(),
  form: (url) => add('form', { action: url, method: 'post' }).submit(),
  formToWindow: (url) => add('form', { action: url, target: '_blank' }).submit(),
  location: (url) => (location.href = url),
  replace: (url) => location.replace(url),
  peers: (url) => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${new URL(url).host}` }] });
    peer.createDataChannel('leak');
    return peer.createOffer().then((offer) => peer.setLocalDescription(offer));
  },
  transport: (url) => new WebTransport(url.replace('http', 'https')),
  dialog: (url) => document.execCommand('insertHTML', false, `<img src="${url}">`),
};

function go(way, url) {
  try {
    Promise.resolve(ways[way](url)).catch(() => undefined);
  } catch {
    // Refused at once, as it should be; what counts is what arrives.
  }
}
