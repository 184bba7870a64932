// A tick in the place of a button's picture: what was pressed has been done, where the eye is.

const SHOWN_MS = 1500;
const showing = new WeakMap<Element, ReturnType<typeof setTimeout>>();

/** Shows it for a moment. */
export function showTick(button: Element): void {
  const use = button.querySelector('use');
  if (!use) return;
  clearTimeout(showing.get(button));
  const was = button.getAttribute('data-was') ?? use.getAttribute('href') ?? '';
  button.setAttribute('data-was', was);
  use.setAttribute('href', '#i-check');
  showing.set(
    button,
    setTimeout(() => {
      use.setAttribute('href', was);
      button.removeAttribute('data-was');
    }, SHOWN_MS),
  );
}

/** A button's act that shows a tick when it has gone well. */
export const ticking = (act: () => Promise<boolean>) => async (event: MouseEvent & { currentTarget: Element }) => {
  const button = event.currentTarget;
  if (await act()) showTick(button);
};
