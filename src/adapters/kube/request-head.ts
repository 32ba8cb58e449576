import { Failure } from '../../domain/failure.ts';
import type { ClusterAccess, Credentials } from './access.ts';
import type { HttpRequest } from './http-exchange.ts';

type Headers = Readonly<Record<string, string>>;

/** What every request of one client begins with. The headers of credentials are checked once, as long as they stay the same. */
export class RequestHead {
  private readonly base: string;
  private known: { readonly credentials: Credentials; readonly headers: Headers } | undefined;

  constructor({ server }: ClusterAccess) {
    this.base = server.pathname.endsWith('/') ? server.pathname.slice(0, -1) : server.pathname;
  }

  /** Path and query below the server's base path, as they are asked for. */
  target(path: string): string {
    const target = this.base + path;
    if (!/^\/[!-~]*$/u.test(target)) {
      throw new Error('bug: a path that is not encoded');
    }
    return target;
  }

  headers({ body, contentType }: HttpRequest, credentials: Credentials): Readonly<Record<string, string | number>> {
    if (this.known?.credentials !== credentials) {
      this.known = { credentials, headers: clientHeaders(credentials) };
    }
    const { headers } = this.known;
    return body === undefined
      ? headers
      : {
          ...headers,
          'content-type': contentType ?? 'application/json',
          'content-length': Buffer.byteLength(body),
        };
  }
}

/** What tells the server who asks, and what answers are understood. */
function clientHeaders(credentials: Credentials): Headers {
  const given = Object.entries(credentials.headers).map(([name, value]) => [name, checked(name, value)] as const);
  return { ...Object.fromEntries(given), accept: 'application/json', 'user-agent': 'metalwave' };
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
