// Ctrl and the wheel: larger and smaller text, one step a notch.
import type { TextStep } from '../ipc/bindings/types';

/** Wheels tell of a notch as some 50 to 120 pixels, touchpads of a few pixels at a time. */
const NOTCH_PX = 50;
/** So many lines or pages are one. */
const NOTCH_OTHER = 1;

export function zoomByWheel(step: (step: TextStep) => void): () => void {
  let gathered = 0;
  const onWheel = (event: WheelEvent) => {
    if (!event.ctrlKey || event.deltaY === 0) return;
    // The engine has a zoom of its own, which nobody would remember.
    event.preventDefault();
    if (Math.sign(gathered) !== Math.sign(event.deltaY)) gathered = 0;
    gathered += event.deltaY;
    if (Math.abs(gathered) < (event.deltaMode === 0 ? NOTCH_PX : NOTCH_OTHER)) return;
    step(gathered < 0 ? 'larger' : 'smaller');
    gathered = 0;
  };
  window.addEventListener('wheel', onWheel, { passive: false });
  return () => window.removeEventListener('wheel', onWheel);
}
