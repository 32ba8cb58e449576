import type { IncomingMessage } from 'node:http';
import { StatusError } from '../answers/status-error.ts';

/** The API server's limit for one request. */
const bodyLimit = 3 * 1024 * 1024;
/** Bytes of all bodies that are being read, together: a thousand clients cannot fill the memory. */
const heldLimit = 192 * 1024 * 1024;

let held = 0;

/** Reads a body whole. One over the limit is refused and the rest of it is not kept. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) {
    throw tooLarge();
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    return await new Promise((resolve, reject) => {
      request.on('data', (chunk: Buffer) => {
        if (size + chunk.length > bodyLimit) {
          reject(tooLarge());
        } else if (held + chunk.length > heldLimit) {
          reject(tooMany());
        } else {
          chunks.push(chunk);
          size += chunk.length;
          held += chunk.length;
        }
      });
      request.once('end', () => {
        resolve(Buffer.concat(chunks));
      });
      request.once('error', reject);
      request.once('close', () => {
        if (!request.readableEnded) {
          reject(new Error('the client went away'));
        }
      });
    });
  } finally {
    held -= size;
    chunks.length = 0;
    request.removeAllListeners('data');
    request.resume();
  }
}

function tooLarge(): StatusError {
  return new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${bodyLimit}`);
}

function tooMany(): StatusError {
  const details = { retryAfterSeconds: 1 };
  return new StatusError(429, 'TooManyRequests', 'Too many requests, please try again later.', details);
}
