import type { HttpResponse } from './http-exchange.ts';

/** Bytes that are no answer of HTTP/1.1 (RFC 9112). */
export class MalformedAnswerError extends Error {}
/** An answer with a longer body than is accepted. */
export class OversizedAnswerError extends Error {}

interface AnswerHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly keepsAlive: boolean;
}

/** What is read next: `data` is a chunk's and `rest` whatever comes until the server closes. */
type Stage = 'head' | 'fixed' | 'size' | 'data' | 'data-end' | 'trailers' | 'rest' | 'done';

const headEnd = Buffer.from('\r\n\r\n');
const lineEnd = Buffer.from('\r\n');
/** Bytes of a head, and of a line between chunks. */
const longestHead = 64 * 1024;
const nothing = Buffer.alloc(0);

/** Reads one answer from chunks that are cut anywhere. The request was no HEAD. */
export class AnswerReader {
  private readonly largestBody: number;
  private stage: Stage = 'head';
  /** What came and cannot be read before more comes. */
  private held: Buffer = nothing;
  private head: AnswerHead | undefined;
  /** Bytes of the body, or of its present chunk, that are still to come. */
  private missing = 0;
  private readonly parts: Buffer[] = [];
  private size = 0;
  private hasMore = false;

  constructor(largestBody: number) {
    this.largestBody = largestBody;
  }

  /** True once the answer is whole. */
  get isDone(): boolean {
    return this.stage === 'done';
  }

  /** True where the connection may serve another request after this answer. */
  get keepsAlive(): boolean {
    return this.isDone && this.head?.keepsAlive === true && !this.hasMore;
  }

  /** What the server says about how long it keeps an idle connection. */
  get keepAliveHint(): string {
    return this.head?.headers['keep-alive'] ?? '';
  }

  get answer(): HttpResponse {
    if (this.head === undefined || !this.isDone) {
      throw new Error('bug: the answer is not whole');
    }
    const [only = nothing] = this.parts;
    const body = this.parts.length < 2 ? only : Buffer.concat(this.parts, this.size);
    return { status: this.head.status, headers: this.head.headers, body: body.toString('utf8') };
  }

  push(chunk: Buffer): void {
    const bytes = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    this.held = nothing;
    let at = 0;
    for (let read = this.step(bytes, at); read > 0; read = this.step(bytes, at)) {
      at += read;
    }
    if (this.isDone) {
      this.hasMore ||= at < bytes.length;
    } else if (at < bytes.length) {
      this.held = bytes.subarray(at);
      if (this.held.length > longestHead) {
        throw new MalformedAnswerError('a head or line without an end');
      }
    }
  }

  /** The server has closed its side. */
  end(): void {
    if (this.stage === 'rest') {
      this.stage = 'done';
    }
  }

  /** How many bytes could be read; none where more has to come first, or the answer is whole. */
  private step(bytes: Buffer, at: number): number {
    switch (this.stage) {
      case 'head':
        return this.readHead(bytes, at);
      case 'size':
        return this.readSize(bytes, at);
      case 'data-end':
        return this.readLine(bytes, at, (line) => {
          if (line !== '') {
            throw new MalformedAnswerError('a chunk is longer than its size');
          }
          this.stage = 'size';
        });
      case 'trailers':
        return this.readLine(bytes, at, (line) => {
          this.stage = line === '' ? 'done' : 'trailers';
        });
      case 'fixed':
      case 'data':
        return this.readBody(bytes, at, Math.min(this.missing, bytes.length - at));
      case 'rest':
        return this.readBody(bytes, at, bytes.length - at);
      case 'done':
        return 0;
    }
  }

  private readHead(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(headEnd, at);
    if (end === -1) {
      return 0;
    }
    const [statusLine = '', ...lines] = bytes.toString('latin1', at, end).split('\r\n');
    const [, minor, code] = /^HTTP\/1\.([01]) (\d{3})(?: .*)?$/u.exec(statusLine) ?? [];
    const status = Number(code);
    if (minor === undefined || status === 101) {
      throw new MalformedAnswerError('no answer of HTTP/1.1');
    }
    if (status >= 200) {
      this.begin(status, minor, headersOf(lines));
    }
    // Below 200 it says that the answer is still to come.
    return end + headEnd.length - at;
  }

  private begin(status: number, minor: string, headers: Readonly<Record<string, string>>): void {
    const { connection = '', 'transfer-encoding': coding, 'content-length': length } = headers;
    const isKept = minor === '1' ? !/\bclose\b/iu.test(connection) : /\bkeep-alive\b/iu.test(connection);
    const hasBody = status !== 204 && status !== 304;
    const isBounded = coding !== undefined || length !== undefined || !hasBody;
    // Where both are given the length may be a forgery for somebody on the way (RFC 9112, 6.3).
    const keepsAlive = isKept && isBounded && (coding === undefined || length === undefined);
    this.head = { status, headers, keepsAlive };
    if (!hasBody) {
      this.stage = 'done';
    } else if (coding !== undefined) {
      if (coding.toLowerCase() !== 'chunked') {
        throw new MalformedAnswerError('a transfer coding that was not asked for');
      }
      this.stage = 'size';
    } else if (length === undefined) {
      this.stage = 'rest';
    } else {
      this.expect(lengthOf(length), 'fixed');
    }
  }

  private expect(bytes: number, stage: 'fixed' | 'data'): void {
    if (this.size + bytes > this.largestBody) {
      throw new OversizedAnswerError('the body is larger than is accepted');
    }
    this.missing = bytes;
    this.stage = bytes === 0 ? 'done' : stage;
  }

  private readSize(bytes: Buffer, at: number): number {
    return this.readLine(bytes, at, (line) => {
      // Extensions may follow the size.
      const [, size] = /^([0-9a-f]{1,12})[\t ]*(?:;.*)?$/iu.exec(line) ?? [];
      if (size === undefined) {
        throw new MalformedAnswerError('a chunk without a size');
      }
      const length = Number.parseInt(size, 16);
      if (length === 0) {
        this.stage = 'trailers';
      } else {
        this.expect(length, 'data');
      }
    });
  }

  private readLine(bytes: Buffer, at: number, take: (line: string) => void): number {
    const end = bytes.indexOf(lineEnd, at);
    if (end === -1) {
      return 0;
    }
    take(bytes.toString('latin1', at, end));
    return end + lineEnd.length - at;
  }

  private readBody(bytes: Buffer, at: number, length: number): number {
    if (length === 0) {
      return 0;
    }
    this.size += length;
    if (this.size > this.largestBody) {
      throw new OversizedAnswerError('the body is larger than is accepted');
    }
    this.parts.push(bytes.subarray(at, at + length));
    if (this.stage !== 'rest') {
      this.missing -= length;
      if (this.missing === 0) {
        this.stage = this.stage === 'fixed' ? 'done' : 'data-end';
      }
    }
    return length;
  }
}

function headersOf(lines: readonly string[]): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (name === '' || /[\t ]/u.test(name)) {
      throw new MalformedAnswerError('a header without a name');
    }
    const value = line.slice(colon + 1).trim();
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return headers;
}

/** The same length may be told several times. */
function lengthOf(text: string): number {
  const [length = '', ...others] = text.split(/[\t ]*,[\t ]*/u);
  if (!/^\d{1,15}$/u.test(length) || others.some((other) => other !== length)) {
    throw new MalformedAnswerError('a length that is no number');
  }
  return Number(length);
}
