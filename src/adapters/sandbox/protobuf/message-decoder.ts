import type { Json, JsonObject } from '../../../domain/json.ts';
import { messageType } from './message-types.ts';
import type { MessageField } from './message-types.ts';
import { readScalar } from './scalar-values.ts';
import { BrokenMessage, WireReader, bytesType } from './wire-reader.ts';

/** Deeper nesting is no object of the API but an attack. */
const deepest = 64;

/**
 * A message as the JSON that the API writes for it: fields without a value are left out, unknown fields skipped. Throws
 * BrokenMessage.
 */
export function decodeMessage(bytes: Uint8Array, typeName: string): JsonObject {
  return decodeAt(bytes, typeName, 0);
}

function decodeAt(bytes: Uint8Array, typeName: string, depth: number): JsonObject {
  const type = messageType(typeName);
  if (type === undefined) {
    throw new Error(`bug: no message ${typeName}`);
  }
  if (depth > deepest) {
    throw new BrokenMessage('proto: message is nested too deeply');
  }
  const parts: Parts = { single: new Map(), lists: new Map(), maps: new Map() };
  const reader = new WireReader(bytes);
  while (!reader.isAtEnd) {
    const { number, type: wireType } = reader.tag();
    const field = type.get(number);
    if (field === undefined) {
      reader.skip(wireType);
    } else {
      readField(parts, field, reader, { wireType, depth });
    }
  }
  const maps = [...parts.maps].map(([name, entries]) => [name, Object.fromEntries(entries)] as const);
  return Object.fromEntries([...parts.single, ...parts.lists, ...maps]);
}

/** The fields of a message as far as they are read. */
interface Parts {
  readonly single: Map<string, Json>;
  readonly lists: Map<string, Json[]>;
  readonly maps: Map<string, Map<string, Json>>;
}

interface Place {
  readonly wireType: number;
  readonly depth: number;
}

function readField(parts: Parts, field: MessageField, reader: WireReader, place: Place): void {
  const { name, type, form, keepsZero } = field;
  switch (form) {
    case 'inline':
      for (const [inner, value] of Object.entries(decodeAt(messageBytes(reader, place), type, place.depth + 1))) {
        parts.single.set(inner, value);
      }
      break;
    case 'repeated': {
      const list = parts.lists.get(name) ?? [];
      parts.lists.set(name, list);
      list.push(readValue(reader, type, place));
      break;
    }
    case 'map': {
      const entries = parts.maps.get(name) ?? new Map<string, Json>();
      parts.maps.set(name, entries);
      entries.set(...readEntry(messageBytes(reader, place), type, place.depth + 1));
      break;
    }
    case 'single': {
      const value = readValue(reader, type, place);
      if (keepsZero ? value !== null : !isZero(value)) {
        parts.single.set(name, value);
      }
      break;
    }
    default:
      throw new Error(`bug: no field of form ${String(form)}`);
  }
}

function isZero(value: Json): boolean {
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value === null || value === '' || value === 0 || value === false || isEmpty;
}

function readValue(reader: WireReader, type: string, place: Place): Json {
  return messageType(type) === undefined
    ? readScalar(reader, type, place.wireType)
    : decodeAt(messageBytes(reader, place), type, place.depth + 1);
}

function messageBytes(reader: WireReader, { wireType }: Place): Uint8Array {
  if (wireType !== bytesType) {
    throw new BrokenMessage(`proto: wrong wireType = ${wireType}`);
  }
  return reader.bytes();
}

/** An entry of a map: key in field 1, value in field 2; a value of zero may be left out. */
function readEntry(bytes: Uint8Array, type: string, depth: number): [string, Json] {
  const reader = new WireReader(bytes);
  let key = '';
  let value: Json | undefined;
  while (!reader.isAtEnd) {
    const { number, type: wireType } = reader.tag();
    if (number === 1) {
      key = new TextDecoder().decode(messageBytes(reader, { wireType, depth }));
    } else if (number === 2) {
      value = readValue(reader, type, { wireType, depth });
    } else {
      reader.skip(wireType);
    }
  }
  return [key, value ?? (messageType(type) === undefined ? '' : {})];
}
