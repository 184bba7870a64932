// Raising what a key may spend, from where it was in the way. The desktop asks before it is done.
import type { Cap, ConnectionId, Limits } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';
import { notices } from './notices.svelte';

const DOLLAR = 1e9;
const FIELDS = { request: 'requestNano', day: 'dayNano', month: 'monthNano' } as const satisfies Record<Cap['span'], keyof Limits>;

/** Twice as much as before, and in any case enough for what is asked; whole dollars, so that it reads well. */
export function raised({ span, limitNano, spentNano, atMostNano }: Cap): Partial<Limits> {
  const enough = Math.max(2 * limitNano, spentNano + atMostNano);
  return { [FIELDS[span]]: Math.ceil(enough / DOLLAR) * DOLLAR };
}

export async function raiseCap(id: ConnectionId, cap: Cap): Promise<boolean> {
  const { limits } = await commands.get_spending(id);
  await commands.set_limits(id, { ...limits, ...raised(cap) });
  return true;
}

/** What was told natively is said in the window, too. */
export function tellAlarms(texts: readonly string[]): void {
  if (texts.length > 0) notices.show({ text: texts.join(' '), action: null });
}

/** What a person should hear of spending, said once: the desktop says it, too. */
export async function hearAlarms(): Promise<void> {
  try {
    tellAlarms(await commands.take_alarms());
  } catch {
    // What can’t be read now is told after the next answer.
  }
}
