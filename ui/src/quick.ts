// The page of the small window. It is a second one and not a part of the first, so that it is small and comes at once.
import { mount } from 'svelte';
import Tooltip from './app/Tooltip.svelte';
import QuickAsk from './features/quick/QuickAsk.svelte';
import { makeSheetsWith } from './state/sheet';
import './styles/index.css';
import { Sheet } from './ui/blocks';
import { words } from './words';

// As in main.ts.
if ((import.meta.env.DEV || import.meta.env.MODE === 'fake') && !('__TAURI_INTERNALS__' in window)) {
  const { play } = await import('./ipc/fake-play');
  play();
}

makeSheetsWith((blocks) => new Sheet(blocks, words.chat.code));
const target = document.getElementById('app')!;
mount(QuickAsk, { target });
// Where the window is narrow, some of its buttons are icons alone.
mount(Tooltip, { target });
