// A button that is disabled while its act runs loses the focus, and nothing tells: it gets it back when it may be pressed again.

export function keepFocus(): () => void {
  let focused: Element | null = null;
  const onFocus = (event: FocusEvent) => (focused = event.target as Element);
  const watch = new MutationObserver((changes) => {
    for (const { target } of changes) {
      const isBack = target === focused && target instanceof HTMLElement && !target.matches(':disabled');
      // Whoever has gone elsewhere in the meantime stays there.
      if (isBack && document.activeElement === document.body) target.focus({ preventScroll: true });
    }
  });
  document.addEventListener('focusin', onFocus);
  watch.observe(document.body, { subtree: true, attributes: true, attributeFilter: ['disabled'] });
  return () => {
    document.removeEventListener('focusin', onFocus);
    watch.disconnect();
  };
}
