/** How often a value fell where. A value: `observe` gives another one. */
export interface Histogram {
  /** Upper bounds, each included in its bucket, ascending and finite. */
  readonly bounds: readonly number[];
  /** How often a value fell into each bucket, those below not counted in; the last is for what is above all bounds. */
  readonly counts: readonly number[];
  readonly sum: number;
}

/** Seconds from a millisecond to half a minute: for requests and decisions. */
export const durationBounds: readonly number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];

/** A histogram in which nothing has been seen yet. */
export function emptyHistogram(bounds: readonly number[]): Histogram {
  const isOrdered = bounds.every((bound, index) => Number.isFinite(bound) && bound > (bounds[index - 1] ?? -Infinity));
  if (!isOrdered) {
    throw new Error(`the bounds of a histogram ascend and are finite: ${bounds.join(', ')}`);
  }
  return { bounds, counts: Array.from({ length: bounds.length + 1 }, () => 0), sum: 0 };
}

/** The histogram with one more value in it. */
export function observe({ bounds, counts, sum }: Histogram, value: number): Histogram {
  if (Number.isNaN(value)) {
    throw new Error('a histogram takes numbers');
  }
  const fits = bounds.findIndex((bound) => value <= bound);
  const bucket = fits === -1 ? bounds.length : fits;
  return { bounds, counts: counts.map((count, index) => (index === bucket ? count + 1 : count)), sum: sum + value };
}
