import { CelError, isList, noOverload } from './value.ts';
import type { CelList, CelMeter, CelValue } from './value.ts';
import { CelObject } from './value.ts';

/** A function over values; of a method the receiver is the first of them. Throws `CelError`. */
export type CelFunction = (args: CelList, meter: CelMeter) => CelValue;

/** A value with methods of its own. */
export abstract class CelReceiver extends CelObject {
  /** Throws `CelError` on a method that it doesn't have. */
  abstract call(method: string, args: CelList): CelValue;
}

export function textOf(value: CelValue | undefined): string {
  if (typeof value !== 'string') {
    throw noOverload();
  }
  return value;
}

export function intOf(value: CelValue | undefined): bigint {
  if (typeof value !== 'bigint') {
    throw noOverload();
  }
  return value;
}

export function listOf(value: CelValue | undefined): CelList {
  if (value === undefined || !isList(value)) {
    throw noOverload();
  }
  return value;
}

/** An argument that may be left out, but not be of another type. */
export function optionalInt(value: CelValue | undefined): number | undefined {
  return value === undefined ? undefined : Number(intOf(value));
}

/** Text as an array of its characters, as CEL counts them. */
export function chars(value: CelValue | undefined): readonly string[] {
  return Array.from(textOf(value));
}

export function failure(message: string): CelError {
  return new CelError(message);
}
