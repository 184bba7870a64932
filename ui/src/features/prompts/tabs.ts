// Prompts and presets, one beside the other.
import { place } from '../../state/place.svelte';
import { words } from '../../words';

interface PageTab {
  name: string;
  here: boolean;
  go: () => void;
}

export const promptTabs = (here: 'prompts' | 'presets'): readonly PageTab[] => [
  { name: words.prompts.title, here: here === 'prompts', go: () => place.prompts() },
  { name: words.presets.title, here: here === 'presets', go: () => place.presets() },
];
