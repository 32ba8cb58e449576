import { ansiPalette } from '../../../adapters/terminal/palette.ts';
import { plainPalette, type Palette } from '../../../domain/palette.ts';

/** Colours where the stream wants them. */
export function paletteFor(colour: boolean): Palette {
  return colour ? ansiPalette : plainPalette;
}
