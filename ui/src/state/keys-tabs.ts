// The pages about keys, one beside the other.
import { words } from '../words';
import { place } from './place.svelte';

interface PageTab {
  name: string;
  here: boolean;
  go: () => void;
}

export function keysTabs(here: 'keys' | 'applications' | 'leaks'): PageTab[] {
  const w = words.leaks.tabs;
  return [
    { name: w.keys, here: here === 'keys', go: () => place.keys() },
    { name: words.lending.tab, here: here === 'applications', go: () => place.applications() },
    { name: w.leaks, here: here === 'leaks', go: () => place.leaks() },
  ];
}
