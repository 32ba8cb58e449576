import { describe, expect, it } from 'vitest';
import { decodeObject } from '../../../src/adapters/sandbox/protobuf/object-envelope.ts';
import { BrokenMessage } from '../../../src/adapters/sandbox/protobuf/wire-reader.ts';

/** `kubectl create namespace a` of kubectl 1.35 in hexadecimal digits. */
const namespace =
  '6b3873000a0f0a02763112094e616d65737061636512190a110a016112001a0022002a0032003800420012001a020a001a002200';

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 128))];
}

function field(number: number, content: string | readonly number[] | number): number[] {
  if (typeof content === 'number') {
    return [...varint(number * 8), ...varint(content)];
  }
  const bytes = typeof content === 'string' ? [...Buffer.from(content)] : content;
  return [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
}

function envelope(apiVersion: string, kind: string, ...fields: readonly (readonly number[])[]): Buffer {
  const type = [...field(1, apiVersion), ...field(2, kind)];
  return Buffer.from([...Buffer.from('k8s\0'), ...field(1, type), ...field(2, fields.flat())]);
}

describe('a protobuf body', () => {
  it('is read as the object that kubectl sent, without what has no value', () => {
    expect(decodeObject(Buffer.from(namespace, 'hex'))).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'a' },
    });
  });

  it('keeps lists, maps, bytes, quantities, and zeros that were meant', () => {
    const meta = field(1, field(1, 'a'));
    const entry = [...field(1, 'key'), ...field(2, [1, 2, 3])];
    expect(decodeObject(envelope('v1', 'Secret', meta, field(2, entry), field(5, 0)))).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
      data: { key: 'AQID' },
      immutable: false,
    });
  });

  it('reads integers, texts and numbers of a port, and negative integers', () => {
    const target = [...field(1, 1), ...field(2, 0), ...field(3, 'http')];
    const port = [...field(1, 'web'), ...field(3, 80), ...field(4, target), ...field(5, 0)];
    const spec = [...field(1, port), ...field(12, 0)];
    expect(decodeObject(envelope('v1', 'Service', field(2, spec)))).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      spec: { ports: [{ name: 'web', port: 80, targetPort: 'http' }] },
    });
    const minus = [9 * 8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1];
    expect(decodeObject(envelope('apps/v1', 'Deployment', field(2, minus)))).toMatchObject({
      spec: { progressDeadlineSeconds: -1 },
    });
  });

  it('skips fields that it does not know', () => {
    const unknown = [...field(900, 'x'), ...field(901, 7)];
    expect(decodeObject(envelope('v1', 'ConfigMap', unknown, field(1, field(1, 'a'))))).toMatchObject({
      metadata: { name: 'a' },
    });
  });

  it('is nothing for a kind without a table', () => {
    expect(decodeObject(envelope('example.com/v1', 'Service'))).toBeUndefined();
    expect(decodeObject(envelope('v1', 'toString'))).toBeUndefined();
  });

  it.each<readonly [string, Buffer]>([
    ['without the prefix', Buffer.from('abc')],
    ['that ends after the prefix', Buffer.from('k8s\0')],
    ['that is cut', Buffer.from(namespace, 'hex').subarray(0, 40)],
    ['with a length beyond its end', envelope('v1', 'ConfigMap', [10, 200, 1])],
    ['with a number that never ends', envelope('v1', 'ConfigMap', [8, ...Array.from({ length: 20 }, () => 255)])],
    ['with field zero', envelope('v1', 'ConfigMap', [0, 0])],
    ['with a text where a message belongs', envelope('v1', 'ConfigMap', [8, 1])],
  ])('is refused %s', (_, body) => {
    expect(() => decodeObject(body)).toThrow(BrokenMessage);
  });
});
