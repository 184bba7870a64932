// Whether the window is narrow, as the styles say (styles/narrow.css). Not by `matchMedia`: where the text is larger, WebKit counts
// the rem of its queries in larger pixels than those of the styles, and between the two the page would be half of each.

/** Tells it now and whenever it changes, until what is given back is called. */
export function watchNarrow(tell: (narrow: boolean) => void): () => void {
  const look = () => tell(getComputedStyle(document.documentElement).getPropertyValue('--is-narrow').trim() === '1');
  look();
  addEventListener('resize', look);
  return () => removeEventListener('resize', look);
}
