// Raising what a key may spend, from where it was in the way. The desktop asks before it is done.
import type { Cap, ConnectionId, Limits } from '../ipc/bindings/types';
import { commands } from '../ipc/commands';

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
