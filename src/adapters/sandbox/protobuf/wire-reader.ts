/** A body that is no message of its type. */
export class BrokenMessage extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BrokenMessage';
  }
}

/** Wire types of the protocol buffers encoding. */
export const varintType = 0;
export const fixed64Type = 1;
export const bytesType = 2;
const fixed32Type = 5;

const longestVarint = 10;

/** Reads the fields of one protobuf message, each once, in the order of the wire. Every length is checked. */
export class WireReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  tag(): { readonly number: number; readonly type: number } {
    const key = Number(this.varint());
    const number = Math.floor(key / 8);
    if (number === 0 || !Number.isSafeInteger(key)) {
      throw new BrokenMessage(`proto: illegal tag ${number} (wire type ${key % 8})`);
    }
    return { number, type: key % 8 };
  }

  varint(): bigint {
    let value = 0n;
    for (let index = 0; index < longestVarint; index += 1) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) {
        throw new BrokenMessage('unexpected EOF');
      }
      this.#at += 1;
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) {
        return BigInt.asUintN(64, value);
      }
    }
    throw new BrokenMessage('proto: integer overflow');
  }

  bytes(): Uint8Array {
    return this.#take(Number(this.varint()));
  }

  double(): number {
    const bytes = this.#take(8);
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
  }

  skip(type: number): void {
    switch (type) {
      case varintType:
        this.varint();
        break;
      case fixed64Type:
        this.#take(8);
        break;
      case bytesType:
        this.bytes();
        break;
      case fixed32Type:
        this.#take(4);
        break;
      default:
        throw new BrokenMessage(`proto: illegal wireType ${type}`);
    }
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (!Number.isSafeInteger(end) || end > this.#bytes.length) {
      throw new BrokenMessage('unexpected EOF');
    }
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}
