// The comparison that is on the page, for what stops it from outside.
import type { Comparison } from './comparison.svelte';

class Comparing {
  now: Comparison | null = $state.raw(null);
}

export const comparing = new Comparing();
