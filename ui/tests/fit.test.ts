import { fireEvent, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { fit } from '../src/ui/fit';
import { CONNECTIONS } from '../src/ipc/fake-data';
import { openApp, press } from './open-app';

afterEach(() => vi.restoreAllMocks());

const within = (top: number, bottom: number) => ({ top, bottom });

test.each([
  ['under a full chat', within(48, 800), within(650, 788), { side: 'above', room: 586, distance: 8 }],
  ['in the middle of an empty chat', within(48, 800), within(330, 470), { side: 'below', room: 314, distance: 8 }],
  ['lower than the middle', within(48, 800), within(430, 570), { side: 'above', room: 366, distance: 8 }],
  ['in a small window, where it lies over the composer', within(48, 480), within(160, 300), { side: 'below', room: 180, distance: -8 }],
  ['where the composer fills what is seen', within(48, 480), within(20, 500), { side: 'below', room: 180, distance: -208 }],
  ['in less than it needs', within(48, 148), within(60, 140), { side: 'above', room: 84, distance: -80 }],
])('the picker fits %s', (_name, area, anchor, is) => {
  const found = fit(area, anchor);
  expect(found).toEqual(is);
  const edge = found.side === 'above' ? anchor.top - found.distance - found.room : anchor.bottom + found.distance + found.room;
  expect(edge).toBeGreaterThanOrEqual(area.top);
  expect(edge).toBeLessThanOrEqual(area.bottom);
});

test('the picker of an empty chat goes where there is room, and again in another window', async () => {
  let composer = within(330, 470);
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    const { top, bottom } = this.classList.contains('chat') ? within(48, 800) : composer;
    return { top, bottom, left: 0, right: 0, x: 0, y: top, width: 0, height: bottom - top } as DOMRect;
  });
  await openApp({ connections: CONNECTIONS, conversations: 4 });
  await press('Model: gpt-5.1');
  const { style } = await screen.findByRole('dialog', { name: 'Choose a model' });
  expect([style.top, style.bottom, style.maxHeight]).toEqual(['calc(100% + 8px)', 'auto', '314px']);
  composer = within(430, 570);
  await fireEvent(window, new Event('resize'));
  expect([style.top, style.bottom, style.maxHeight]).toEqual(['auto', 'calc(100% + 8px)', '366px']);
});
