import type { WriteLimit } from '../../ports/cluster.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, below the server's own base path. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly limit?: WriteLimit;
}

export interface HttpResponse {
  readonly status: number;
  /** By name in small letters. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface HttpLimits {
  /** From the moment the request has a connection (or starts to make one) to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly largestBody: number;
  readonly connections: number;
}

export const defaultLimits: HttpLimits = {
  timeoutMs: 30_000,
  largestBody: 128 * 1024 * 1024,
  connections: 16,
};

export type TransportProblem = 'timeout' | 'oversized' | 'broken';

/** No whole answer arrived. Whether the server acted on the request is unknown. */
export class TransportError extends Error {
  readonly problem: TransportProblem;
  /** True where an idle connection was used that the server may have closed before it read anything. */
  readonly reusedConnection: boolean;

  constructor(problem: TransportProblem, reusedConnection: boolean, cause?: unknown) {
    super(problem, { cause });
    this.name = 'TransportError';
    this.problem = problem;
    this.reusedConnection = reusedConnection;
  }
}

/** The value of a header that stands once. */
export function headerOf({ headers }: Pick<HttpResponse, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
