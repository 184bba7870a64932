import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';
import { makeSheetsWith } from '../src/state/sheet';
import { Sheet } from '../src/ui/blocks';

makeSheetsWith((blocks) => new Sheet(blocks));

// The test page has no layout; what observes it has nothing to see.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

afterEach(() => cleanup());
