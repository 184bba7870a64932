// A long text as it was typed is shown by its beginning: all of it is laid out only for somebody who wants to read it. The engine
// keeps its spaces and line ends one by one, so that a megabyte stops the page for seconds.

/** Texts up to this many letters are shown whole. */
const LONG = 10_000;
/** The most letters of a beginning. */
const BEGINNING = 2_000;

/** How a long text begins, to the end of a line or else of a word; null for one that is not long. */
export function beginningOf(text: string): string | null {
  if (text.length <= LONG) return null;
  const most = text.slice(0, BEGINNING);
  const end = Math.max(most.lastIndexOf('\n'), most.lastIndexOf(' '));
  if (end > BEGINNING / 2) return most.slice(0, end);
  // Not between the two halves of a letter.
  return /[\uD800-\uDBFF]$/.test(most) ? most.slice(0, -1) : most;
}
