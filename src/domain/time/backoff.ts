/** How the pauses between attempts grow. */
export interface Growth {
  readonly firstMs: number;
  /** How many times as long as the one before each pause is. */
  readonly factor: number;
  readonly longestMs: number;
}

/** Beyond that many steps every growth has reached its longest pause. */
const mostSteps = 100;

/** The pause after attempt `attempt`, from 1. */
export function grownPause({ firstMs, factor, longestMs }: Growth, attempt: number): number {
  return Math.min(firstMs * factor ** Math.min(attempt - 1, mostSteps), longestMs);
}

/** The same with half of it left to chance (`random` from 0 to 1), so that those who failed together don't come back as one. */
export function backoffPause(growth: Growth, attempt: number, random: number): number {
  return grownPause(growth, attempt) * (0.5 + random / 2);
}
