import type { Json } from '../../../domain/json.ts';
import { BrokenMessage, WireReader, bytesType, fixed64Type, varintType } from './wire-reader.ts';

const wireTypes: { readonly [type: string]: number } = { i: varintType, b: varintType, d: fixed64Type };

/** A value that is no message of the tables, as JSON writes it. Null for one that says nothing, as a time that is not set. */
export function readScalar(reader: WireReader, type: string, wireType: number): Json {
  if (wireType !== (wireTypes[type] ?? bytesType)) {
    throw new BrokenMessage(`proto: wrong wireType = ${wireType}`);
  }
  switch (type) {
    case 'i':
      return Number(BigInt.asIntN(64, reader.varint()));
    case 'b':
      return reader.varint() !== 0n;
    case 'd':
      return reader.double();
    default:
      return readBytes(reader.bytes(), type);
  }
}

function readBytes(bytes: Uint8Array, type: string): Json {
  switch (type) {
    case 's':
      return textOf(bytes);
    case 'B':
      return Buffer.from(bytes).toString('base64');
    case 't':
    case 'm':
      return timeOf(partsOf(bytes), type === 'm');
    default:
      return valueOf(partsOf(bytes), type);
  }
}

function valueOf({ numbers, texts }: Parts, type: string): Json {
  switch (type) {
    case 'q':
      return textOf(texts.get(1)?.[0]);
    case 'I':
      return numbers.get(1) === 1 ? textOf(texts.get(3)?.[0]) : (numbers.get(2) ?? 0);
    case 'E':
      return (texts.get(1) ?? []).map((text) => textOf(text));
    case 'R':
      return jsonOf(texts.get(1)?.[0]);
    default:
      throw new Error(`bug: no type ${type} of the protobuf tables`);
  }
}

interface Parts {
  readonly numbers: ReadonlyMap<number, number>;
  readonly texts: ReadonlyMap<number, readonly Uint8Array[]>;
}

/** The fields of one of the small messages that stand for a single value. */
function partsOf(bytes: Uint8Array): Parts {
  const numbers = new Map<number, number>();
  const texts = new Map<number, readonly Uint8Array[]>();
  const reader = new WireReader(bytes);
  while (!reader.isAtEnd) {
    const { number, type } = reader.tag();
    if (type === varintType) {
      numbers.set(number, Number(BigInt.asIntN(64, reader.varint())));
    } else if (type === bytesType) {
      texts.set(number, [...(texts.get(number) ?? []), reader.bytes()]);
    } else {
      reader.skip(type);
    }
  }
  return { numbers, texts };
}

function textOf(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : new TextDecoder().decode(bytes);
}

function jsonOf(bytes: Uint8Array | undefined): Json {
  if (bytes === undefined || bytes.length === 0) {
    return null;
  }
  try {
    return JSON.parse(textOf(bytes)) as Json;
  } catch {
    throw new BrokenMessage('a raw field holds no JSON');
  }
}

const latest = 253_402_300_799;

function timeOf({ numbers }: Parts, hasFraction: boolean): Json {
  const seconds = numbers.get(1);
  if (seconds === undefined) {
    return null;
  }
  if (seconds < 0 || seconds > latest) {
    throw new BrokenMessage('a time is out of range');
  }
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  const fraction = Math.floor((numbers.get(2) ?? 0) / 1000);
  return `${text}${hasFraction ? `.${String(fraction).padStart(6, '0')}` : ''}Z`;
}
