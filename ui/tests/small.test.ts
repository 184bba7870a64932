// Small pure parts, as tables.
import { unknownModel } from '../src/ipc/unknown-model';
import { describe, expect, test } from 'vitest';
import { focusNextRegion } from '../src/app/regions';
import { shortcutOf } from '../src/app/shortcuts';
import { endingOf, type Came } from '../src/features/conversation/ending';
import { pauseTitle } from '../src/features/conversation/pause';
import { grouped } from '../src/features/sidebar/groups';
import { usableAddress } from '../src/features/wizard/address';
import type { MessageFacts } from '../src/ipc/bindings/types';
import { failure } from '../src/ipc/fake';
import { hasVersion } from '../src/state/version';
import { onAnswerClick } from '../src/ui/answer-clicks';
import { words } from '../src/words';
import { ago, dollars, quoted, span, tokens } from '../src/words/format';

describe('formats', () => {
  test.each([[400_000, '400k'], [1_000_000, '1M'], [1_048_576, '1M'], [512, '512'], [2_500_000, '2.5M']])('%i tokens are %s', (n, text) => expect(tokens(n)).toBe(text));
  test.each([[1.25, '$1.25'], [10, '$10'], [0.4, '$0.40'], [0.075, '$0.075'], [0, '$0']])('%f is %s', (n, text) => expect(dollars(n)).toBe(text));
  test.each([[6200, '6 s'], [0, '0 s'], [125_000, '2 min 5 s']])('%i ms is %s', (n, text) => expect(span(n)).toBe(text));
  test('an unknown price is unknown, never $0', () => {
    const model = unknownModel('m');
    expect(words.models.price(model)).toBe('–');
    expect(words.models.describe(model, false)).toBe('');
    expect(words.models.describe({ ...model, contextTokens: 400_000 }, true)).toBe('400k context, no charge');
  });
  test('ago', () => {
    const now = new Date(2026, 10, 20, 16, 0).getTime();
    expect(ago(now - 130_000, now)).toBe('2 minutes ago');
    expect(ago(new Date(2026, 10, 20, 9, 12).getTime(), now)).toBe('Today, 09:12');
    expect(ago(new Date(2026, 10, 19, 18, 20).getTime(), now)).toBe('Yesterday, 18:20');
    expect(ago(new Date(2026, 10, 3).getTime(), now)).toBe('3 November');
  });
  test('Status at the end', () => {
    const done = { status: 'complete', answerTokens: 742 } as MessageFacts;
    expect(words.status.ended(done)).toBe('Answer finished, 742 tokens');
    expect(words.status.ended({ ...done, answerTokens: null })).toBe('Answer finished');
    expect([0, 1, 2].map(words.status.copiedWithout)).toEqual(['Copied', 'Copied without 1 unreadable source mark', 'Copied without 2 unreadable source marks']);
  });
});

test('conversations are grouped by day', () => {
  const now = new Date(2026, 10, 20, 0, 5).getTime();
  const row = (id: number, y: number, m: number, d: number, h = 12) => ({ id, title: '', answering: false, folder: null, pinnedMs: null, archived: false, deletedMs: null, tags: [], updatedMs: new Date(y, m, d, h).getTime() });
  const groups = grouped([row(1, 2026, 10, 20, 0), row(2, 2026, 10, 19, 23), row(3, 2026, 10, 13), row(4, 2026, 10, 12)], now);
  expect(groups.map((g) => [g.title, g.rows.map((r) => r.id)])).toEqual([['Today', [1]], ['Yesterday', [2]], ['Last 7 days', [3]], ['Older', [4]]]);
});

test.each([
  ['https://api.example.org/v1', true],
  ['http://127.0.0.1:8080/v1', true],
  ['http://localhost:1234', true],
  ['http://[::1]:1234', true],
  ['http://example.org', false],
  ['http://localhost.example.org', false],
  ['https://user:pass@example.org', false],
  ['ftp://example.org', false],
  ['api.example.org', false],
  ['', false],
])('the address %s is usable: %s', (text, usable) => expect(usableAddress(text) !== null).toBe(usable));

describe('shortcuts', () => {
  const press = (code: string, change = {}) => ({ key: code, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, ...change });
  test.each([
    [press('KeyN', { ctrlKey: true }), false, 'newChat'],
    [press('KeyN', { metaKey: true }), true, 'newChat'],
    [press('KeyN', { ctrlKey: true }), true, null],
    [press('KeyC', { ctrlKey: true }), false, null],
    [press('KeyC', { ctrlKey: true, shiftKey: true }), false, 'copyLastAnswer'],
    [press('ArrowUp', { altKey: true }), false, 'previousChat'],
    [press('F6'), false, 'nextRegion'],
    [press('Escape', { isComposing: true }), false, null],
  ] as const)('%#', (p, mac, shortcut) => expect(shortcutOf(p, mac)).toBe(shortcut));
});

test('F6 passes over what isn’t shown', () => {
  document.body.innerHTML = '<nav data-region="sidebar"><a href="#">chats</a></nav><header data-region="topbar"><button>narrow</button><button>model</button></header>';
  const [narrow, model] = document.querySelectorAll('button');
  narrow!.getClientRects = () => [] as unknown as DOMRectList;
  document.querySelector<HTMLElement>('a')!.focus();
  focusNextRegion();
  expect(document.activeElement).toBe(model);
  focusNextRegion();
  expect(document.activeElement?.textContent).toBe('chats');
  document.body.replaceChildren();
});

test.each([
  ['with a banner that can be pressed', '<button>banner</button>', ['chats', 'model', 'chat', 'banner', 'composer', 'chats']],
  ['with one that can’t', '<p>banner</p>', ['chats', 'model', 'chat', 'composer', 'chats']],
])('F6 goes all the way round an empty chat, %s', (_name, banner, way) => {
  document.body.innerHTML = `<nav data-region="sidebar"><a href="#" title="chats"></a></nav><header data-region="topbar"><button>model</button></header>
    <div data-region="conversation" tabindex="0" title="chat"><div data-region="banner">${banner}</div><form data-region="composer"><textarea title="composer"></textarea></form></div>`;
  document.querySelector<HTMLElement>('a')!.focus();
  const been = way.map(() => {
    const here = document.activeElement as HTMLElement;
    focusNextRegion();
    return here.title || here.textContent;
  });
  expect(been).toEqual(way);
  document.body.replaceChildren();
});

describe('the end of an answer', () => {
  const setting = { provider: 'OpenAI', connection: 'Personal', model: 'm', keychain: 'k' };
  const facts = (change: Partial<MessageFacts>) => ({ status: 'complete', finish: 'stop', error: null, answerTokens: 214, ...change }) as MessageFacts;
  const [text, reasoning, nothing] = [{ text: true, reasoning: false }, { text: false, reasoning: true }, { text: false, reasoning: false }];
  test.each<[string, Partial<MessageFacts>, Came, string | undefined]>([
    ['well', {}, text, undefined],
    ['stopped', { status: 'stopped' }, text, 'Stopped by you after 214 tokens. OpenAI was told at once.'],
    ['stopped before anything came', { status: 'stopped' }, nothing, 'Stopped by you before anything came.'],
    ['broken', { status: 'interrupted', error: failure('brokenStream') }, text, 'The connection broke. What arrived is saved.'],
    ['broken at once', { status: 'interrupted', error: failure('brokenStream') }, nothing, 'The connection broke before anything arrived.'],
    ['silent', { status: 'interrupted', error: failure('idleStream') }, nothing, 'Nothing came for too long.'],
    ['cut', { finish: 'length', answerTokens: 4096 }, text, 'Cut at the limit, after 4,096 tokens.'],
    ['cut while it reasoned', { finish: 'length' }, reasoning, 'Cut at the limit while it was still reasoning. There is no answer.'],
    ['cut before a word', { finish: 'length' }, nothing, 'Cut at the limit before a word came.'],
    ['filtered', { finish: 'contentFilter' }, text, 'OpenAI stopped this answer: content filter.'],
    ['filtered before a word', { finish: 'contentFilter' }, nothing, 'OpenAI gave no answer: content filter.'],
    ['refused', { finish: 'refusal' }, text, 'The model refused.'],
    ['declined', { finish: 'declined' }, text, 'The model refused.'],
    ['refused without a word', { finish: 'refusal' }, nothing, 'The model refused, and said nothing else.'],
    ['only a tool', { finish: 'toolCalls' }, nothing, 'The model only asked for a tool, and Latchkey has none to offer. There is no answer.'],
    ['only reasoning', {}, reasoning, 'Only reasoning came, and no answer.'],
    ['empty', {}, nothing, 'Nothing came: OpenAI ended the answer without a word.'],
    ['closed', { status: 'interrupted' }, text, 'Latchkey was closed while this was being written. The last words before that may be missing.'],
    ['closed early', { status: 'interrupted' }, nothing, 'Latchkey was closed before an answer came.'],
  ])('%s', (_name, change, came, says) => {
    const ending = endingOf(facts(change), true, came, setting);
    expect(ending?.text).toBe(says);
    if (ending) expect(ending.leftOut).toBe(!came.text || change.finish === 'refusal');
  });

  test('a cut answer can go on', () => {
    expect(endingOf(facts({ finish: 'length' }), true, text, setting)?.act).toBe('continue');
    expect(endingOf(facts({ finish: 'length' }), true, reasoning, setting)?.act).toBe('tryAgain');
  });

  const refused = facts({ status: 'failed', error: { ...failure('requestRefused'), message: 'temperature must be 1' } });
  test('what arrived before a failure isn’t denied', () => {
    expect(endingOf(refused, true, nothing, setting)?.text).toBe('No answer.');
    expect(endingOf(refused, true, text, setting)?.text).toBe('It ended here. What arrived is saved.');
  });
  test('an earlier failure keeps the provider’s own words', () =>
    expect(endingOf(refused, false, nothing, setting)).toMatchObject({ text: 'OpenAI refused the request.', said: 'OpenAI: “temperature must be 1”' }));
});

test('a version in an address is known', () => {
  for (const address of ['https://api.example.org/v1', 'https://x.org/api/v3/', 'http://127.0.0.1:1/v1beta/openai', ' https://x.org/v1 ']) expect(hasVersion(address), address).toBe(true);
  for (const address of ['http://127.0.0.1:1234', 'https://x.org/api', 'v1', '']) expect(hasVersion(address), address).toBe(false);
});

test('a pause is said to be asked for only if it was', () => {
  const of = (code: 'busy' | 'providerDown', retryAfterMs: number | null) => pauseTitle({ ...failure(code), retryAfterMs }, 'OpenAI');
  expect(of('busy', 22_000)).toBe('OpenAI asks for a pause of 22 s');
  expect(of('busy', 0)).toBe('OpenAI is busy');
  expect(of('busy', null)).toBe('OpenAI is busy');
  expect(of('providerDown', null)).toBe('OpenAI reported a fault');
});

describe('somebody else’s words', () => {
  test.each([
    [' one\n\ttwo ', '“one\ntwo”'],
    ['one \t two\n\n\nthree', '“one two\nthree”'],
    ['x'.repeat(400), `“${'x'.repeat(300)}…”`],
    ['🔑'.repeat(301), `“${'🔑'.repeat(300)}…”`],
  ])('%#', (text, is) => expect(quoted(text)).toBe(is));
});

describe('clicks inside an answer', () => {
  const click = (html: string, on: string) => {
    const done: string[] = [];
    const box = document.createElement('div');
    box.innerHTML = html;
    box.addEventListener('click', (event) => {
      onAnswerClick(event, {
        openLink: (url) => done.push(`open ${url}`),
        copy: (text) => done.push(`copy ${text}`),
        zoom: () => done.push('zoom'),
        loadPicture: (id) => done.push(`load ${id}`),
        showFormatted: () => done.push('formatted'),
        hold: (_element, change) => change(),
        words: words.chat.code,
      });
      done.push(event.defaultPrevented ? 'stays' : 'moves');
    });
    document.body.append(box);
    box.querySelector<HTMLElement>(on)?.click();
    return { done, box };
  };
  test('a link is opened natively', () => expect(click('<a data-link href="https://a.example/x"><b>x</b></a>', 'b').done).toEqual(['open https://a.example/x', 'stays']));
  test('a link with its address in the mark', () => expect(click('<a data-link="https://a.example/">x</a>', 'a').done).toEqual(['open https://a.example/', 'stays']));
  test('an unmarked link goes nowhere', () => expect(click('<a href="https://a.example/">x</a>', 'a').done).toEqual(['stays']));
  test('code is copied as text', () => expect(click('<figure><button data-act="copy-code">c</button><pre><b>a</b> b</pre></figure>', 'button').done).toEqual(['copy a b', 'moves']));
  test('all of an answer can be shown formatted', () => expect(click('<p class="plain-note">a <button data-act="show-formatted">Show formatted</button></p>', 'button').done).toEqual(['formatted', 'moves']));
  test('a formula is copied as LaTeX', () => expect(click('<span class="math" data-tex="\\frac a b"><math></math><button data-act="copy-tex">c</button></span>', 'button').done).toEqual(['copy \\frac a b', 'moves']));
  test('a picture is asked for by its id', () => expect(click('<span class="blocked"><button data-act="load-picture" data-picture="0f">l</button></span>', 'button').done).toEqual(['load 0f', 'moves']));
  test('a picture in a link is asked for, and the link stays shut', () => expect(click('<a data-link href="https://a.example/"><span class="blocked"><button data-act="load-picture" data-picture="0f">l</button></span></a>', 'button').done).toEqual(['load 0f', 'stays']));
  test('a diagram shows its source', () => {
    const { box } = click('<figure class="diagram"><button data-act="show-source">s</button><pre>x</pre></figure>', 'button');
    expect(box.querySelector('figure')?.className).toBe('diagram is-source');
    expect(box.querySelector('button')?.getAttribute('aria-pressed')).toBe('true');
  });
  test('lines are wrapped', () => {
    const { box } = click('<figure><button data-act="wrap-lines">w</button><pre>x</pre></figure>', 'button');
    expect(box.querySelector('figure')?.className).toBe('is-wrapped');
    expect(box.querySelector('button')?.getAttribute('aria-pressed')).toBe('true');
  });
});
