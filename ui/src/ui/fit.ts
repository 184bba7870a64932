// Where a pop-up finds room around the composer: in an empty chat that stands in the middle, and what lies outside
// of the chat’s box is cut off.

/** Between the picker and what it belongs to, and the edge of the chat: --sp-2. */
const GAP = 8;
/** The filter, the foot, and two models between them. Where less is free, the picker lies over the composer too. */
const LEAST = 180;

type Sides = Pick<DOMRect, 'top' | 'bottom'>;

export interface Fit {
  side: 'above' | 'below';
  /** The most it may be high. */
  room: number;
  /** From the far edge of what it belongs to; negative where it lies over that. */
  distance: number;
}

/** Goes to the side with more room, and takes no more than there is. */
export function fit(area: Sides, anchor: Sides): Fit {
  const above = anchor.top - area.top - 2 * GAP;
  const below = area.bottom - anchor.bottom - 2 * GAP;
  const free = Math.max(above, below);
  const room = Math.max(0, Math.min(Math.max(free, LEAST), area.bottom - area.top - 2 * GAP));
  return { side: above >= below ? 'above' : 'below', room, distance: GAP - Math.max(0, room - free) };
}

/** Puts the picker there, before it is painted. */
export function fitIntoChat(pop: HTMLElement): void {
  const area = pop.closest('.chat')?.getBoundingClientRect();
  const anchor = pop.parentElement?.getBoundingClientRect();
  if (!area || !anchor) return;
  const { side, room, distance } = fit(area, anchor);
  const place = `calc(100% + ${distance}px)`;
  pop.style.bottom = side === 'above' ? place : 'auto';
  pop.style.top = side === 'below' ? place : 'auto';
  pop.style.maxHeight = `${room}px`;
}
