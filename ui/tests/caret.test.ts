import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Sheet } from '../src/ui/blocks';

const patch = (keep: number, blocks: string[]) => ({ keep, grow: null, blocks });
const places = (sheet: Sheet) => [...sheet.element.querySelectorAll('.has-caret')];

function live(...blocks: string[]): Sheet {
  const sheet = new Sheet(blocks);
  sheet.live = true;
  return sheet;
}

describe('the caret stands', () => {
  test.each([
    ['in a paragraph', '<p>a <b>b</b></p>', 'p'],
    ['in the last item of a list', '<ul><li>a</li><li>b <i>c</i></li></ul>', 'li:last-child'],
    ['in a list of that item', '<ul><li>a</li><li>b<ul><li>c</li></ul>\n</li></ul>', 'li li'],
    ['in the paragraphs of an item', '<ol><li><p>a</p><p>b</p></li></ol>', 'p:last-child'],
    ['in what still grows of a long item', '<ul><li><p>a</p><div data-line=""><p>b</p></div></li></ul>', '[data-line] p'],
    ['in what is quoted', '<blockquote><p>a</p><ul><li>b</li></ul></blockquote>', 'li'],
  ])('%s', (_, html, place) => {
    const sheet = live('<p>before</p>', html);
    expect(places(sheet)).toEqual([sheet.element.querySelector(`.block:last-child ${place}`)]);
  });

  test.each(['<figure class="code"><pre><code></code></pre></figure>', '<ul><li>a<figure></figure></li></ul>', '<hr>'])('not in %s', (html) => {
    expect(places(live('<p>before</p>', html))).toEqual([]);
  });
});

test('it goes with what is written, and with the end of it', () => {
  const sheet = live('<p>a</p>');
  sheet.apply(patch(1, ['<p>b</p>']));
  expect(places(sheet).map((place) => place.textContent)).toEqual(['b']);
  sheet.apply(patch(1, ['<p>bc</p>']));
  expect(places(sheet).map((place) => place.textContent)).toEqual(['bc']);
  sheet.live = false;
  expect(places(sheet)).toEqual([]);
  sheet.apply(patch(2, ['<p>d</p>']));
  expect(places(sheet)).toEqual([]);
});

describe('it blinks', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const blinked = (sheet: Sheet) => sheet.element.querySelector('.is-blinked') !== null;

  test('while nothing is written, until the answer ends', () => {
    const sheet = live('<p>a</p>');
    for (let n = 0; n < 40; n++) {
      sheet.apply(patch(0, [`<p>${n}</p>`]));
      vi.advanceTimersByTime(33);
      expect(blinked(sheet)).toBe(false);
    }
    vi.advanceTimersByTime(1100);
    expect(blinked(sheet)).toBe(true);
    sheet.apply(patch(1, ['<p>b</p>']));
    expect(blinked(sheet)).toBe(false);
    vi.advanceTimersByTime(1100);
    expect(blinked(sheet)).toBe(true);
    sheet.live = false;
    expect(blinked(sheet)).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});
