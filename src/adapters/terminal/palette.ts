import type { Colour, Palette } from '../../domain/palette.ts';

const codes: { readonly [colour in Colour]: readonly [number, number] } = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  grey: [90, 39],
  bold: [1, 22],
};

/** ANSI colours for a terminal. */
export const ansiPalette: Palette = (colour, text) => {
  const [open, close] = codes[colour];
  return `\u001B[${open}m${text}\u001B[${close}m`;
};
