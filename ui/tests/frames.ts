// Frames that come when a test says so.
import { afterEach, beforeEach, vi } from 'vitest';

/** For all the tests beside it: `next` is the frame so many milliseconds after the one before, `isAsked` whether somebody waits for one. */
export function framesByHand(): { next: (ms?: number) => void; isAsked: () => boolean } {
  let asked: FrameRequestCallback[] = [];
  let time = 0;
  beforeEach(() => {
    [asked, time] = [[], 0];
    vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => asked.push(run));
  });
  afterEach(() => void vi.unstubAllGlobals());
  return {
    next: (ms = 16) => {
      time += ms;
      asked.splice(0).forEach((run) => run(time));
    },
    isAsked: () => asked.length > 0,
  };
}
