// Whether the keyboard has lost its place. What takes a while must not take it from where somebody has gone on meanwhile.

export function isFocusLost(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body;
}
