// Whether a route leads from this computer to somebody else's: that is said where it is made.
import type { Connection, Step } from '../../ipc/bindings/types';
import { isLoopback } from '../../ui/loopback';

/** A model name that only passes the question on, as Ollama calls it. */
const PASSED_ON = /[-:]cloud$/;

function isHere(step: Step, list: readonly Connection[]): boolean {
  const connection = list.find((c) => c.id === step.connectionId);
  return connection !== undefined && isLoopback(connection.origin) && !PASSED_ON.test(step.model);
}

/** A model of this computer, and the server that may be asked instead of it; in whatever order, since the quickest may come first. */
export function crossing(steps: readonly Step[], list: readonly Connection[]): { local: string; server: string } | null {
  const local = steps.find((step) => isHere(step, list));
  const other = steps.find((step) => !isHere(step, list));
  if (!local || !other) return null;
  return { local: local.model, server: list.find((c) => c.id === other.connectionId)?.server ?? other.model };
}
