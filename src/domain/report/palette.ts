/** The few colours in which the product speaks. */
export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'grey' | 'bold';

/** Paints a text, or leaves it as it is. */
export type Palette = (colour: Colour, text: string) => string;

/** For files, pipes and NO_COLOR. */
export function unpainted(_colour: Colour, text: string): string {
  return text;
}
