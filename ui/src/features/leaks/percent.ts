import type { LeakRun } from '../../ipc/bindings/types';

/** How much of it is done: whole only at its end. */
export function percentOf(run: LeakRun): number {
  const all = run.allFiles + run.allObjects;
  return all === 0 ? 0 : Math.min(99, Math.floor((100 * (run.files + run.objects)) / all));
}
