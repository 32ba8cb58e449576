import {
  bool,
  bytes,
  double,
  duration,
  dyn,
  int,
  listOf,
  mapOf,
  nothing,
  string,
  timestamp,
  typeOf,
  uint,
} from './value-type.ts';
import type { ValueType } from './value-type.ts';

/** The names that an expression may read, those of macros before those around them. */
export interface TypeScope {
  readonly name: string;
  readonly type: ValueType;
  readonly outer: TypeScope | undefined;
}

const typeNames: ReadonlyMap<string, ValueType> = new Map([
  ...[bool, int, uint, double, string, bytes, dyn].map((type) => [type.name, type] as const),
  ['null_type', nothing],
  ['list', listOf(dyn)],
  ['map', mapOf(dyn, dyn)],
  ['type', typeOf(dyn)],
  ['google.protobuf.Timestamp', timestamp],
  ['google.protobuf.Duration', duration],
  ['timestamp', timestamp],
  ['duration', duration],
]);

export function scopeOf(variables: ReadonlyMap<string, ValueType>): TypeScope | undefined {
  let scope: TypeScope | undefined;
  for (const [name, type] of variables) {
    scope = { name, type, outer: scope };
  }
  return scope;
}

/** The type of a variable, or of a type that is named; undefined where nothing has the name. */
export function typeOfName(name: string, scope: TypeScope | undefined): ValueType | undefined {
  for (let here = scope; here !== undefined; here = here.outer) {
    if (here.name === name) {
      return here.type;
    }
  }
  const named = typeNames.get(name);
  return named === undefined ? undefined : typeOf(named);
}
