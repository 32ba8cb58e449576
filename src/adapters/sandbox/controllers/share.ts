import type { Json } from '../../../domain/json.ts';

/** A number, or a percentage of a whole, rounded; a quarter where nothing is said. */
export function shareOf(value: Json | undefined, whole: number, round: (part: number) => number): number {
  if (typeof value === 'number') {
    return value;
  }
  const percent = /^(\d+)%$/u.exec(typeof value === 'string' ? value : '25%')?.[1];
  return round((Number(percent ?? '25') * whole) / 100);
}
