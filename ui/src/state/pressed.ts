// What was pressed just now: what comes of it is said beside it.

/** A press and what it starts happen in one task, but for a frame or two. */
const JUST_NOW_MS = 150;

let last: { element: HTMLElement; at: number } | null = null;

/** Listens to every press in the page. */
export function notePresses(): () => void {
  const onClick = (event: Event) => {
    const element = (event.target as Element | null)?.closest<HTMLElement>('button, a, [role="option"]');
    last = element ? { element, at: performance.now() } : null;
  };
  document.addEventListener('click', onClick, true);
  return () => document.removeEventListener('click', onClick, true);
}

export function pressedNow(): HTMLElement | null {
  return last && performance.now() - last.at < JUST_NOW_MS ? last.element : null;
}
