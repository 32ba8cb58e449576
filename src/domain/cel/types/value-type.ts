/** The type of an expression before it is evaluated: a name with its parameters, and the fields of an object. */
export interface ValueType {
  readonly name: string;
  readonly params: readonly ValueType[];
  readonly fields?: ReadonlyMap<string, ValueType>;
}

function plain(name: string): ValueType {
  return { name, params: [] };
}

export const dyn: ValueType = plain('dyn');
export const bool: ValueType = plain('bool');
export const int: ValueType = plain('int');
export const double: ValueType = plain('double');
export const string: ValueType = plain('string');
export const bytes: ValueType = plain('bytes');
export const nothing: ValueType = plain('null');
export const timestamp: ValueType = plain('timestamp');
export const duration: ValueType = plain('duration');
export const uint: ValueType = plain('uint');

/** What a mistake leaves: it fits everywhere, so that one mistake is told once. */
export const mistaken: ValueType = plain('!error!');

export function opaque(name: string): ValueType {
  return plain(name);
}

export function listOf(item: ValueType): ValueType {
  return { name: 'list', params: [item] };
}

export function mapOf(key: ValueType, value: ValueType): ValueType {
  return { name: 'map', params: [key, value] };
}

export function optionalOf(value: ValueType): ValueType {
  return { name: 'optional_type', params: [value] };
}

export function typeOf(value: ValueType): ValueType {
  return { name: 'type', params: [value] };
}

export function objectOf(name: string, fields: ReadonlyMap<string, ValueType>): ValueType {
  return { name, params: [], fields };
}

/** A parameter of a signature: one capital letter there, a number once it stands for one call. */
export function parameter(name: string): ValueType {
  return plain(`<${name}>`);
}

export function isParameter({ name }: ValueType): boolean {
  return name.startsWith('<');
}

export function isOpen({ name }: ValueType): boolean {
  return name === 'dyn' || name === '!error!';
}

export function isSameType(left: ValueType, right: ValueType): boolean {
  return (
    left === right ||
    (left.name === right.name &&
      left.params.length === right.params.length &&
      left.params.every((param, index) => isSameType(param, right.params[index] ?? dyn)))
  );
}

/** As messages name it. */
export function printType({ name, params }: ValueType): string {
  return params.length === 0 ? name : `${name}(${params.map((param) => printType(param)).join(', ')})`;
}
