// Where a menu goes: under what opened it, or over it where there is no room, and always inside of the window.

/** What a menu opens at: a button, or a point. */
export type Spot = Pick<DOMRect, 'top' | 'bottom' | 'left' | 'right'>;

const EDGE = 4;

export function placed(spot: Spot, size: Pick<DOMRect, 'width' | 'height'>): { top: number; left: number } {
  const below = spot.bottom + EDGE;
  const top = below + size.height > window.innerHeight ? Math.max(EDGE, spot.top - size.height - EDGE) : below;
  // A button's menu ends where the button ends; one at a point begins there.
  const wanted = spot.right > spot.left ? spot.right - size.width : spot.left;
  return { top, left: Math.max(EDGE, Math.min(wanted, window.innerWidth - size.width - EDGE)) };
}

export const pointAt = (x: number, y: number): Spot => ({ top: y, bottom: y, left: x, right: x });
