// Names that others chose, such as those of models: characters that nobody can see, or that turn others around, are spelled
// out. No name of a model needs one; text that may is made readable natively.

const HIDDEN = /[\p{Cc}\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0000}-\u{e0fff}]/gu;

export function readable(name: string): string {
  return name.replace(HIDDEN, (character) => `⟦U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟧`);
}
