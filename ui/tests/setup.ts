import { cleanup, configure } from '@testing-library/svelte';
import { afterEach } from 'vitest';
import { closeFakes } from '../src/ipc/fake';
import { makeSheetsWith } from '../src/state/sheet';
import { Sheet } from '../src/ui/blocks';
import { words } from '../src/words';

// Waits end with what they wait for. This is for one that waits in vain; no machine is so slow.
configure({ asyncUtilTimeout: 60_000 });

makeSheetsWith((blocks) => new Sheet(blocks, words.chat.code));

// The test page has no layout; what observes it has nothing to see.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

// Nor does it know ranges that stand still.
globalThis.StaticRange ??= class {
  constructor(init: StaticRangeInit) {
    Object.assign(this, init);
  }
} as unknown as typeof StaticRange;

afterEach(() => {
  closeFakes();
  cleanup();
});
