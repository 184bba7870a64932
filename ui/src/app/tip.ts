// What a tooltip says of an element, if it says anything: what `data-tip` has, its name, or the whole of a shortened text.

export interface Tip {
  owner: Element;
  text: string;
  keys: readonly string[] | null;
}

/** More than this of a shortened text is read elsewhere. */
const LONGEST = 600;

/** As engines write them, and as they stand on keyboards. */
const SHOWN: Readonly<Record<string, string>> = { Control: 'Ctrl', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Delete: 'Del' };

export function tipOf(target: Element): Tip | null {
  const control = target.closest('button, a, [role="separator"]');
  const more = control instanceof HTMLElement ? control.dataset['tip'] : undefined;
  if (control && more) return { owner: control, text: more.slice(0, LONGEST), keys: keysOf(control) };
  const named = control?.getAttribute('aria-label') ?? null;
  if (control && named !== null && control.textContent?.trim() === '') return { owner: control, text: named, keys: keysOf(control) };
  const text = target.closest('.clip, .conv-title') ?? control?.querySelector('.clip, .conv-title') ?? null;
  if (text instanceof HTMLElement && text.scrollWidth > text.clientWidth) {
    return { owner: text, text: (text.textContent ?? '').trim().slice(0, LONGEST), keys: null };
  }
  const keys = control && keysOf(control);
  return control && keys && named !== null ? { owner: control, text: named, keys } : null;
}

function keysOf(control: Element): readonly string[] | null {
  const keys = control.getAttribute('aria-keyshortcuts')?.split(' ')[0];
  return keys ? keys.split('+').map((key) => SHOWN[key] ?? key) : null;
}
