// A long text as it was typed, in parts of which only those near the view are laid out: a megabyte at once would stop the page
// for seconds, because the engine keeps its spaces and line ends one by one.

/** Texts up to this long are one part. */
export const LONG = 10_000;
/** The most letters of a part. */
export const PART = 2_000;
/** What fits in a row of the messages’ column, roughly. */
const ROW = 80;

export interface Part {
  text: string;
  /** How many rows it will take, before it is laid out. */
  rows: number;
}

/** Put one behind the other, the parts are the text. They end where a line does, else where a word does. */
export function parts(text: string): readonly Part[] {
  if (text.length <= LONG) return [partOf(text)];
  const all: Part[] = [];
  for (let from = 0; from < text.length; from += all.at(-1)!.text.length) all.push(partOf(firstOf(text.slice(from, from + PART + 1))));
  return all;
}

function firstOf(text: string): string {
  if (text.length <= PART) return text;
  const end = [text.lastIndexOf('\n', PART - 1), text.lastIndexOf(' ', PART - 1)].find((at) => at >= 0);
  if (end !== undefined) return text.slice(0, end + 1);
  // Not between the two halves of a letter.
  return text.slice(0, /^[\uDC00-\uDFFF]/.test(text.slice(PART)) ? PART - 1 : PART);
}

function partOf(text: string): Part {
  const rows = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / ROW)), 0);
  return { text, rows: text.endsWith('\n') ? rows - 1 : rows };
}
