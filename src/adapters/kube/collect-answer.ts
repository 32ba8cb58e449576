import type { IncomingMessage } from 'node:http';
import type { HttpResponse, TransportProblem } from './http-exchange.ts';

/** Reads an answer to its end, up to that many bytes. */
export function collectAnswer(
  incoming: IncomingMessage,
  largest: number,
  fail: (problem: TransportProblem, cause?: unknown) => void,
  done: (answer: HttpResponse) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > largest) {
      fail('oversized');
      return;
    }
    chunks.push(chunk);
  });
  incoming.once('error', (error) => {
    fail('broken', error);
  });
  incoming.once('close', () => {
    if (!incoming.complete) {
      fail('broken', new Error('the answer was cut off'));
    }
  });
  incoming.once('end', () => {
    if (incoming.complete) {
      const { statusCode: status = 0, headers } = incoming;
      done({ status, headers, body: Buffer.concat(chunks, size).toString('utf8') });
    }
  });
}
