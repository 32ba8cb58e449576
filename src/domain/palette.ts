export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'grey' | 'bold';

/** Paints a text, or leaves it as it is: printing decides on meaning, the terminal on colour. */
export type Palette = (colour: Colour, text: string) => string;

/** For files, pipes and tests. */
export const plainPalette: Palette = (_colour, text) => text;
