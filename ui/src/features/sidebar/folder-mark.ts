/** The colours a folder can have; any other mark is a sign. */
export const COLOURS = ['c1', 'c2', 'c3', 'c4', 'c5'] as const;
export const isColour = (mark: string): boolean => COLOURS.some((colour) => colour === mark);
