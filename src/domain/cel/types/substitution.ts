import { dyn, isOpen, isParameter, isSameType, parameter } from './value-type.ts';
import type { ValueType } from './value-type.ts';

type Bindings = Map<string, ValueType>;

/** What the parameters of signatures stand for so far, as one expression is read from the inside to the outside. */
export class Substitution {
  #bindings: Bindings = new Map();
  #made = 0;

  /** A parameter that stands for nothing yet. */
  fresh(): ValueType {
    this.#made += 1;
    return parameter(String(this.#made));
  }

  /** The types with parameters of their own in place of those of a signature. */
  instance(types: readonly ValueType[]): readonly ValueType[] {
    const own = new Map<string, ValueType>();
    const replace = (type: ValueType): ValueType => {
      if (isParameter(type)) {
        const known = own.get(type.name) ?? this.fresh();
        own.set(type.name, known);
        return known;
      }
      return type.params.length === 0 ? type : { ...type, params: type.params.map((param) => replace(param)) };
    };
    return types.map((type) => replace(type));
  }

  /** The type with everything that is known put in; `closed`: what is not known is dyn. */
  resolve(type: ValueType, closed = false): ValueType {
    if (isParameter(type)) {
      const bound = this.#bindings.get(type.name);
      if (bound !== undefined) {
        return this.resolve(bound, closed);
      }
      return closed ? dyn : type;
    }
    return type.params.length === 0
      ? type
      : { ...type, params: type.params.map((param) => this.resolve(param, closed)) };
  }

  /** Whether values of these types may stand where those are wanted. What follows for parameters is kept only if so. */
  fits(given: readonly ValueType[], wanted: readonly ValueType[]): boolean {
    const bindings = new Map(this.#bindings);
    const isFitting =
      given.length === wanted.length && given.every((type, index) => assign(bindings, type, wanted[index] ?? dyn));
    if (isFitting) {
      this.#bindings = bindings;
    }
    return isFitting;
  }
}

function assign(bindings: Bindings, one: ValueType, other: ValueType): boolean {
  if (isParameter(other)) {
    const tried = bind(bindings, one, other);
    if (tried !== 'unbound') {
      return tried;
    }
  }
  if (isParameter(one)) {
    return bind(bindings, other, one) === true;
  }
  if (isOpen(one) || isOpen(other)) {
    return true;
  }
  if (one.name === 'null' || other.name === 'null') {
    return isNullable(one.name === 'null' ? other : one);
  }
  if (one.name === 'type') {
    return other.name === 'type';
  }
  return (
    one.name === other.name &&
    one.params.length === other.params.length &&
    one.params.every((param, index) => assign(bindings, param, other.params[index] ?? dyn))
  );
}

const neverNull = new Set(['bool', 'int', 'uint', 'double', 'string', 'bytes', 'list', 'map', 'type']);

function isNullable({ name }: ValueType): boolean {
  return !neverNull.has(name);
}

/** Whether the type may be what the parameter stands for; `unbound` where it refers to itself. */
function bind(bindings: Bindings, type: ValueType, param: ValueType): boolean | 'unbound' {
  if (isSameType(type, param)) {
    return true;
  }
  const bound = bindings.get(param.name);
  if (bound === undefined) {
    if (refersTo(bindings, type, param)) {
      return 'unbound';
    }
    bindings.set(param.name, type);
    return true;
  }
  if (isSameType(type, bound)) {
    return true;
  }
  if (!assign(bindings, type, bound)) {
    return false;
  }
  const wider = isWider(type, bound) ? type : bound;
  if (!refersTo(bindings, wider, param)) {
    bindings.set(param.name, wider);
  }
  return true;
}

function refersTo(bindings: Bindings, type: ValueType, param: ValueType): boolean {
  if (type.name === param.name) {
    return true;
  }
  const bound = isParameter(type) ? bindings.get(type.name) : undefined;
  return bound === undefined
    ? type.params.some((inner) => refersTo(bindings, inner, param))
    : refersTo(bindings, bound, param);
}

/** Whether the first says less than the second, or the same. */
export function isWider(one: ValueType, other: ValueType): boolean {
  if (isOpen(one) || isParameter(one)) {
    return true;
  }
  if (isOpen(other) || isParameter(other) || one.name !== other.name) {
    return false;
  }
  return one.params.every((param, index) => isWider(param, other.params[index] ?? dyn));
}
