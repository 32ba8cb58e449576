import { CelDuration, CelTimestamp, printDuration, printTimestamp } from './time.ts';
import { type CelObject, CelUint } from './value.ts';

/** What `string(…)` and the clause `%s` write alike: unsigned numbers, moments and durations; undefined for all else. */
export function printObject(value: CelObject): string | undefined {
  if (value instanceof CelUint) {
    return String(value.value);
  }
  if (value instanceof CelTimestamp) {
    return printTimestamp(value);
  }
  return value instanceof CelDuration ? printDuration(value) : undefined;
}
