// Where an answer is painted. State hands patches on; what a sheet is made of belongs to ui/blocks.
import type { Patch } from '../ipc/bindings/types';

export interface Sheet {
  /** Its element, for its place on the page. */
  placed(): HTMLElement;
  readonly isEmpty: boolean;
  set live(on: boolean);
  take(patch: Patch): void;
  /** Runs when all that was taken so far is on the page. */
  whenDone(run: () => void): void;
  /** Nobody waits for what is not on the page yet; it comes all the same. */
  hurry(): void;
}

type MakeSheet = (blocks: readonly string[]) => Sheet;

let make: MakeSheet | null = null;

/** Called once, by main.ts. */
export function makeSheetsWith(maker: MakeSheet): void {
  make = maker;
}

export function newSheet(blocks: readonly string[]): Sheet {
  if (!make) throw new Error('main.ts has not said how to make a sheet');
  return make(blocks);
}
