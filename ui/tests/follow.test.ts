import { describe, expect, test } from 'vitest';
import { Follow } from '../src/features/conversation/follow';

function at(top: number, distance: number): Follow {
  const follow = new Follow();
  follow.scrolled(top, distance);
  return follow;
}

describe('following', () => {
  test('is on at first', () => expect(new Follow().on).toBe(true));

  test('a turn of the wheel away lets go at once, within the 48 pixels too', () => {
    const follow = at(1000, 0);
    follow.wheel(-1);
    expect(follow.on).toBe(false);
    follow.scrolled(990, 10);
    expect(follow.on).toBe(false);
  });

  test('the wheel towards the end doesn’t', () => {
    const follow = at(1000, 0);
    follow.wheel(40);
    expect(follow.on).toBe(true);
  });

  test.each(['PageUp', 'Home', 'ArrowUp'])('%s lets go', (key) => {
    const follow = at(1000, 0);
    follow.key(key);
    expect(follow.on).toBe(false);
  });

  test('other keys don’t', () => {
    const follow = at(1000, 0);
    follow.key('a');
    follow.key('PageDown');
    expect(follow.on).toBe(true);
  });

  test('dragging the bar away lets go', () => {
    const follow = at(1000, 0);
    follow.scrolled(900, 100);
    expect(follow.on).toBe(false);
  });

  test('coming back within 48 pixels takes hold', () => {
    const follow = at(1000, 0);
    follow.letGo();
    follow.scrolled(500, 500);
    follow.scrolled(940, 60);
    expect(follow.on).toBe(false);
    follow.scrolled(953, 47);
    expect(follow.on).toBe(true);
  });

  test('the end itself takes hold, also when the page shrank', () => {
    const follow = at(1000, 0);
    follow.letGo();
    follow.scrolled(700, 0);
    expect(follow.on).toBe(true);
  });

  test('text that grows below doesn’t let go: nothing scrolled', () => {
    const follow = at(1000, 0);
    follow.scrolled(1000, 300);
    expect(follow.on).toBe(true);
  });

  test('jumping takes hold', () => {
    const follow = at(0, 900);
    follow.letGo();
    follow.jump();
    expect(follow.on).toBe(true);
  });
});
