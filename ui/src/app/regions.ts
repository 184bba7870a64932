// F6 goes round the parts of the window, in the order of focus.

const ORDER = ['sidebar', 'topbar', 'conversation', 'banner', 'composer'];
const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

export function focusNextRegion(): void {
  const regions = ORDER.map((name) => document.querySelector<HTMLElement>(`[data-region="${name}"]`)).filter(
    (region): region is HTMLElement => region !== null && isShown(region),
  );
  // In an empty chat the banner and the composer are inside of the conversation: the innermost is where one is.
  const inside = document.activeElement?.closest('[data-region]');
  const here = regions.findIndex((region) => region === inside);
  for (let step = 1; step <= regions.length; step += 1) {
    const region = regions[(here + step) % regions.length];
    const goal = region?.dataset['region'] === 'conversation' && region.tabIndex === 0 ? region : region && firstIn(region);
    if (goal) {
      goal.focus();
      return;
    }
  }
}

export function focusComposer(): void {
  document.querySelector<HTMLElement>('[data-message-field]')?.focus();
}

/** To the message before or after; the conversation knows which that is. */
export function stepMessages(step: 1 | -1): void {
  document.querySelector('[data-region="conversation"]')?.dispatchEvent(new CustomEvent('step', { detail: step }));
}

/** To where the conversation ends, as the button does that stands there when it is out of sight. */
export function toLatest(): void {
  document.querySelector('[data-region="conversation"]')?.dispatchEvent(new CustomEvent('latest'));
}

/** Most of a view up or down, as the key does where the conversation has the focus. */
export function pageConversation(direction: 1 | -1): void {
  const conversation = document.querySelector('[data-region="conversation"]');
  if (conversation) conversation.scrollTop += direction * conversation.clientHeight * 0.9;
}

/** Whether that key has nothing to do where the focus is: in a Message that is still empty. */
export const isEmptyMessage = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement && target.value === '' && target.closest('[data-region="composer"]') !== null;

/** A wide window hides the buttons of a narrow one; what isn’t shown takes no focus. */
const firstIn = (region: HTMLElement) => [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].find(isShown);

const isShown = (element: HTMLElement) => element.getClientRects().length > 0 && element.closest('[inert]') === null;
