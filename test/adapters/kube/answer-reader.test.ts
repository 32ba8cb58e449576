import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerReader, MalformedAnswerError, OversizedAnswerError } from '../../../src/adapters/kube/answer-reader.ts';

interface Sent {
  readonly status: number;
  readonly body: string;
  /** How the end of the body is told; a chunk is at most that many bytes. */
  readonly framing: { readonly by: 'length' | 'closing' } | { readonly by: 'chunks'; readonly bytes: number };
  readonly interim: boolean;
}

const sent: fc.Arbitrary<Sent> = fc.record({
  status: fc.integer({ min: 200, max: 599 }).filter((status) => status !== 204 && status !== 304),
  body: fc.string({ unit: 'grapheme', maxLength: 60 }),
  framing: fc.oneof(
    fc.record({ by: fc.constantFrom('length' as const, 'closing' as const) }),
    fc.record({ by: fc.constant('chunks' as const), bytes: fc.integer({ min: 1, max: 20 }) }),
  ),
  interim: fc.boolean(),
});

function chunked(body: Buffer, bytes: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += bytes) {
    const part = body.subarray(at, at + bytes);
    parts.push(Buffer.from(`${part.length.toString(16)};note="x"\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\nExpires: never\r\n\r\n')]);
}

function bytesOf({ status, body, framing, interim }: Sent): Buffer {
  const text = Buffer.from(body);
  const told = {
    length: `content-length: ${text.length}\r\n`,
    closing: '',
    chunks: 'Transfer-Encoding: Chunked\r\n',
  }[framing.by];
  const head = `HTTP/1.1 ${status} Words of any kind\r\nX-Kind:  some value \r\n${told}\r\n`;
  return Buffer.concat([
    Buffer.from(interim ? 'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n' : ''),
    Buffer.from(head),
    framing.by === 'chunks' ? chunked(text, framing.bytes) : text,
  ]);
}

function readerOf(text: string, largestBody = 1_000): AnswerReader {
  const reader = new AnswerReader(largestBody);
  reader.push(Buffer.from(text));
  return reader;
}

describe('an answer of the server', () => {
  it('is read the same wherever it is cut, and not called whole before it is', () => {
    fc.assert(
      fc.property(sent, fc.array(fc.nat({ max: 400 })), (answer, cuts) => {
        const bytes = bytesOf(answer);
        const reader = new AnswerReader(10_000);
        const places = [...new Set([...cuts.filter((cut) => cut < bytes.length), bytes.length])];
        let from = 0;
        for (const to of places.toSorted((left, right) => left - right)) {
          expect(reader.isDone && from < bytes.length && answer.framing.by !== 'closing').toBe(false);
          reader.push(bytes.subarray(from, to));
          from = to;
        }
        expect(reader.isDone).toBe(answer.framing.by !== 'closing');
        reader.end();
        expect(reader.answer).toMatchObject({ status: answer.status, body: answer.body });
        expect(reader.answer.headers['x-kind']).toBe('some value');
        expect(reader.keepsAlive).toBe(answer.framing.by !== 'closing');
      }),
    );
  });

  it.each([204, 304])('has no body where its status is %s', (status) => {
    expect(readerOf(`HTTP/1.1 ${status} x\r\nContent-Length: 5\r\n\r\n`).answer.body).toBe('');
  });

  it.each([
    ['HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n', false],
    ['HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n', false],
    ['HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n', true],
    ['HTTP/1.1 200\r\nContent-Length: 2, 2\r\n\r\nok', true],
    ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', false],
    ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n', false],
  ])('lets its connection live on where that is safe: %j is %s', (text, keeps) => {
    expect([readerOf(text).isDone, readerOf(text).keepsAlive]).toEqual([true, keeps]);
  });

  it.each([
    'SSH-2.0-OpenSSH_9.6\r\n\r\n',
    'HTTP/2 200 OK\r\n\r\n',
    'HTTP/1.1 101 Switching Protocols\r\n\r\n',
    'HTTP/1.1 200 OK\r\nno header\r\n\r\n',
    'HTTP/1.1 200 OK\r\n folded: x\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n',
    `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}`,
  ])('is refused where it is none: %.60j', (text) => {
    expect(() => readerOf(text)).toThrow(MalformedAnswerError);
  });

  it.each([
    `HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n`,
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n',
    `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(1_001)}`,
  ])('is refused as soon as its body is told to be too large: %.60j', (text) => {
    expect(() => readerOf(text)).toThrow(OversizedAnswerError);
  });
});
