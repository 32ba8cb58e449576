import { Failure } from '../../domain/failure.ts';
import type { ClusterAccess, Credentials } from './access.ts';
import type { HttpRequest } from './http-exchange.ts';

/** Headers that every request of one client has. Those of credentials are put together once, as long as they stay the same. */
export class RequestText {
  private readonly base: string;
  private readonly host: string;
  private known: { readonly credentials: Credentials; readonly lines: string } | undefined;

  constructor({ server }: ClusterAccess) {
    this.base = server.pathname.endsWith('/') ? server.pathname.slice(0, -1) : server.pathname;
    this.host = server.host;
  }

  /** Path and query below the server's base path, as they are asked for. */
  target(path: string): string {
    const target = this.base + path;
    if (!/^\/[!-~]*$/u.test(target)) {
      throw new Error('bug: a path that is not encoded');
    }
    return target;
  }

  /** The request as it goes out (RFC 9112, 3). */
  of({ method, path, body, contentType }: HttpRequest, credentials: Credentials): string {
    const head = `${method} ${this.target(path)} HTTP/1.1\r\n${this.linesOf(credentials)}`;
    return body === undefined
      ? `${head}\r\n`
      : `${head}content-type: ${contentType ?? 'application/json'}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  }

  private linesOf(credentials: Credentials): string {
    if (this.known?.credentials !== credentials) {
      const headers = { host: this.host, ...clientHeaders(credentials) };
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${checked(name, value)}\r\n`);
      this.known = { credentials, lines: lines.join('') };
    }
    return this.known.lines;
  }
}

/** What tells the server who asks, and what answers are understood. */
export function clientHeaders(credentials: Credentials): Readonly<Record<string, string>> {
  return { ...credentials.headers, accept: 'application/json', 'user-agent': 'metalwave' };
}

/** A header ends at a line's end, so one that holds such a thing would be several. The value is never told. */
function checked(name: string, value: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/u.test(value)) {
    throw new Failure({
      code: 'cluster-credentials',
      retry: 'later',
      message: `The credentials hold characters that the header ${name} cannot carry`,
      remedy: 'Check the token or user name in the kubeconfig or its file for line breaks.',
    });
  }
  return value;
}
