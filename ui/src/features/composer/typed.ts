// What is being asked for while a message is typed: a prompt or an act by a slash, a model by an at sign.

export interface Asked {
  readonly kind: 'slash' | 'model';
  /** What follows the sign. */
  readonly text: string;
  /** Where the sign stands, and where what follows it ends. */
  readonly from: number;
  readonly to: number;
}

/** A slash begins a line; an at sign, a word. */
export function askedAt(text: string, caret: number): Asked | null {
  const before = text.slice(Math.max(0, caret - 80), caret);
  const slash = /(?:^|\n)\/([\p{L}\p{N}-]*)$/u.exec(before);
  if (slash && (slash.index > 0 || before.length === caret || slash[0].startsWith('\n'))) return { kind: 'slash', text: slash[1]!, from: caret - slash[1]!.length - 1, to: caret };
  const at = /(?:^|\s)@([^\s@]*)$/u.exec(before);
  if (at && (at.index > 0 || before.length === caret || /^\s/.test(at[0]))) return { kind: 'model', text: at[1]!, from: caret - at[1]!.length - 1, to: caret };
  return null;
}
