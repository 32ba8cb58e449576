import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';

/**
 * A value of the Common Expression Language: int is a bigint, double a number; what JavaScript has no form for is a
 * `CelObject`.
 */
export type CelValue = null | boolean | bigint | number | string | CelList | CelMap | CelObject;
export type CelList = readonly CelValue[];

/** A value that only its own functions know: uint, bytes, a time, an address. */
export abstract class CelObject {
  abstract readonly typeName: string;
  abstract equals(other: CelObject): boolean;
}

export abstract class CelMap {
  abstract readonly size: number;
  abstract get(key: CelValue): CelValue | undefined;
  abstract keys(): CelList;
}

/** An evaluation that ends in no value. `||` and `&&` take it back where their other side decides. */
export class CelError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CelError';
  }
}

/** An evaluation that went on too long. Nothing takes it back. */
export class CelBudgetError extends Error {
  constructor() {
    super('operation cancelled: actual cost limit exceeded');
    this.name = 'CelBudgetError';
  }
}

export function noOverload(): CelError {
  return new CelError('no such overload');
}

export class CelUint extends CelObject {
  readonly typeName = 'uint';
  readonly value: bigint;

  constructor(value: bigint) {
    super();
    if (value < 0n || value > 0xffff_ffff_ffff_ffffn) {
      throw new CelError('unsigned integer overflow');
    }
    this.value = value;
  }

  equals(other: CelObject): boolean {
    return other instanceof CelUint && other.value === this.value;
  }
}

export class CelBytes extends CelObject {
  readonly typeName = 'bytes';
  readonly bytes: readonly number[];

  constructor(bytes: readonly number[]) {
    super();
    this.bytes = bytes;
  }

  equals(other: CelObject): boolean {
    return other instanceof CelBytes && other.bytes.join() === this.bytes.join();
  }
}

export class CelType extends CelObject {
  readonly typeName = 'type';
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }

  equals(other: CelObject): boolean {
    return other instanceof CelType && other.name === this.name;
  }
}

export function isList(value: CelValue): value is CelList {
  return Array.isArray(value);
}

export function typeName(value: CelValue): string {
  if (value === null) {
    return 'null_type';
  }
  if (isList(value)) {
    return 'list';
  }
  if (value instanceof CelMap) {
    return 'map';
  }
  if (value instanceof CelObject) {
    return value.typeName;
  }
  if (typeof value === 'bigint') {
    return 'int';
  }
  if (typeof value === 'number') {
    return 'double';
  }
  return typeof value === 'boolean' ? 'bool' : 'string';
}

/** One text for every key that is equal to this one; numbers are equal across their types. */
function keyText(key: CelValue): string {
  if (typeof key === 'bigint' || key instanceof CelUint) {
    return `i${String(key instanceof CelUint ? key.value : key)}`;
  }
  if (typeof key === 'number') {
    return Number.isInteger(key) ? `i${BigInt(key)}` : `d${key}`;
  }
  if (typeof key === 'string') {
    return `s${key}`;
  }
  if (typeof key === 'boolean') {
    return `b${String(key)}`;
  }
  throw new CelError(`unsupported key type: ${typeName(key)}`);
}

/** A map from entries. */
export class EntryMap extends CelMap {
  readonly #entries = new Map<string, readonly [CelValue, CelValue]>();

  constructor(entries: readonly (readonly [key: CelValue, value: CelValue])[]) {
    super();
    for (const entry of entries) {
      const text = keyText(entry[0]);
      if (this.#entries.has(text)) {
        throw new CelError(`insert failed: key ${text.slice(1)} already exists`);
      }
      this.#entries.set(text, entry);
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: CelValue): CelValue | undefined {
    return this.#entries.get(keyText(key))?.[1];
  }

  keys(): CelList {
    return [...this.#entries.values()].map(([key]) => key);
  }
}

/** A JSON object as a map. Values are read when they are asked for. */
export class JsonMap extends CelMap {
  readonly json: JsonObject;
  readonly #read: (key: string, value: Json) => CelValue;

  constructor(json: JsonObject, read: (key: string, value: Json) => CelValue = readPlain) {
    super();
    this.json = json;
    this.#read = read;
  }

  get size(): number {
    return Object.keys(this.json).length;
  }

  get(key: CelValue): CelValue | undefined {
    if (typeof key !== 'string' || !Object.hasOwn(this.json, key)) {
      return undefined;
    }
    const value = this.json[key];
    return value === undefined ? undefined : this.#read(key, value);
  }

  keys(): CelList {
    return Object.keys(this.json);
  }
}

function readPlain(_: string, value: Json): CelValue {
  return fromJson(value);
}

const lists = new WeakMap<readonly Json[], CelList>();

/** A JSON value without a schema: a whole number is an int, any other a double. */
export function fromJson(value: Json): CelValue {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? BigInt(value) : value;
  }
  if (isJsonArray(value)) {
    const known = lists.get(value) ?? value.map((item) => fromJson(item));
    lists.set(value, known);
    return known;
  }
  return isJsonObject(value) ? new JsonMap(value) : value;
}

/** How much work an evaluation may still do. */
export class CelMeter {
  #left: number;

  constructor(limit: number) {
    this.#left = limit;
  }

  get left(): number {
    return Math.max(this.#left, 0);
  }

  charge(cost: number): void {
    this.#left -= cost;
    if (this.#left < 0) {
      throw new CelBudgetError();
    }
  }

  /** For walking over a text or list of this length. */
  chargeLength(length: number): void {
    this.charge(Math.ceil(length * 0.1));
  }
}
