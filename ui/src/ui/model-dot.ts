/** A model keeps its colour wherever it is named: one of the six of the charts, from its name. */
export function dotOf(model: string): string {
  let sum = 0;
  for (const letter of model) sum = (sum * 31 + letter.codePointAt(0)!) % 997;
  return `dot dot-${(sum % 6) + 1}`;
}
