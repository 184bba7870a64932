// Time that templates can read. Ticks only while something is shown that needs it.
import { createSubscriber } from 'svelte/reactivity';

function ticking(everyMs: number) {
  const subscribe = createSubscriber((update) => {
    const timer = setInterval(update, everyMs);
    return () => clearInterval(timer);
  });
  return () => {
    subscribe();
    return Date.now();
  };
}

/** For “1.2 s”. */
export const tenths = ticking(100);
/** For “22 seconds”. */
export const seconds = ticking(500);
/** For “2 minutes ago”. */
export const minutes = ticking(30_000);
