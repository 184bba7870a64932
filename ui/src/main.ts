import { mount } from 'svelte';
import App from './app/App.svelte';
import { boot } from './state/boot.svelte';
import { comeBack } from './state/come-back';
import { makeSheetsWith } from './state/sheet';
import { readWhereabouts } from './state/whereabouts';
import './styles/index.css';
import { Sheet } from './ui/blocks';
import { words } from './words';

makeSheetsWith((blocks) => new Sheet(blocks, words.chat.code));

// In a browser there is no native process: `vite dev` and `vite build --mode fake` play it in memory.
// Vite leaves this branch, and the module, out of a production build.
if ((import.meta.env.DEV || import.meta.env.MODE === 'fake') && !('__TAURI_INTERNALS__' in window)) {
  const { play } = await import('./ipc/fake-play');
  play();
}

const was = readWhereabouts();
void boot.load((told) => comeBack(told, was));
mount(App, { target: document.getElementById('app')! });
