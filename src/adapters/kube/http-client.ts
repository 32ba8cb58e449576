import {
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Failure } from '../../domain/failure.ts';
import type { WriteLimit } from '../../ports/cluster.ts';
import type { ClusterAccess, Credentials } from './access.ts';

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
  readonly headers: IncomingHttpHeaders;
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

/** HTTP/1.1 with keep-alive to one API server. Idle connections don't keep the process alive. */
export class HttpClient {
  private readonly access: ClusterAccess;
  private readonly limits: HttpLimits;
  private agent: { readonly agent: HttpAgent | HttpsAgent; readonly credentials: Credentials } | undefined;

  constructor(access: ClusterAccess, limits: HttpLimits) {
    this.access = access;
    this.limits = limits;
  }

  /** Any answer of the server, whatever its status. Throws TransportError, or the signal's reason. */
  async send(request: HttpRequest, credentials: Credentials, signal: AbortSignal): Promise<HttpResponse> {
    signal.throwIfAborted();
    const outgoing = this.open(request, credentials);
    return untilAborted(outgoing, this.exchange(outgoing, request), signal);
  }

  /** A request that has not been sent yet. */
  open(request: HttpRequest, credentials: Credentials): ClientRequest {
    const { server } = this.access;
    const base = server.pathname.endsWith('/') ? server.pathname.slice(0, -1) : server.pathname;
    const options = {
      host: server.hostname.replace(/^\[|\]$/gu, ''),
      port: server.port === '' ? undefined : Number(server.port),
      method: request.method,
      path: base + request.path,
      agent: this.agentFor(credentials),
      headers: {
        ...credentials.headers,
        accept: 'application/json',
        'user-agent': 'metalwave',
        ...(request.body === undefined
          ? {}
          : {
              'content-type': request.contentType ?? 'application/json',
              'content-length': Buffer.byteLength(request.body),
            }),
      },
    };
    return server.protocol === 'http:' ? httpRequest(options) : httpsRequest(options);
  }

  /** Ends idle connections. The client can be used again. */
  close(): void {
    this.agent?.agent.destroy();
    this.agent = undefined;
  }

  /** A client certificate is bound to the connection, so another one needs other connections. */
  private agentFor(credentials: Credentials): HttpAgent | HttpsAgent {
    const held = this.agent;
    if (
      held !== undefined &&
      held.credentials.certificate === credentials.certificate &&
      held.credentials.key === credentials.key
    ) {
      return held.agent;
    }
    // Requests under way on the old connections may end in peace; idle ones are of no more use.
    closeIdle(held?.agent);
    const pool = { keepAlive: true, maxSockets: this.limits.connections, scheduling: 'lifo' as const };
    const { access } = this;
    const agent =
      access.server.protocol === 'http:'
        ? new HttpAgent(pool)
        : new HttpsAgent({
            ...pool,
            rejectUnauthorized: access.verifyCertificate,
            ...(access.ca === undefined ? {} : { ca: access.ca }),
            ...(access.serverName === undefined ? {} : { servername: access.serverName }),
            ...(credentials.certificate === undefined ? {} : { cert: credentials.certificate, key: credentials.key }),
          });
    this.agent = { agent, credentials };
    return agent;
  }

  private exchange(outgoing: ClientRequest, { body, limit }: HttpRequest): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const fail = (problem: TransportProblem, cause?: unknown): void => {
        clearTimeout(timer);
        reject(new TransportError(problem, outgoing.reusedSocket, cause));
        outgoing.destroy();
      };
      outgoing.once('error', (error) => {
        if (error instanceof Failure) {
          clearTimeout(timer);
          reject(error);
        } else {
          fail('broken', error);
        }
      });
      // A request that waits for its turn isn't timed: those before it are, so the queue moves.
      outgoing.once('socket', () => {
        timer = setTimeout(
          () => {
            fail('timeout');
          },
          Math.min(this.limits.timeoutMs, limit?.timeoutMs ?? Number.POSITIVE_INFINITY),
        );
      });
      outgoing.once('response', (incoming) => {
        collect(incoming, this.limits.largestBody, fail, (response) => {
          clearTimeout(timer);
          resolve(response);
        });
      });
      sendWithin(outgoing, body, limit);
    });
  }
}

/** What becomes of a request; once the signal is aborted, the request is broken off and the signal's reason is thrown. */
export async function untilAborted<T>(outgoing: ClientRequest, answer: Promise<T>, signal: AbortSignal): Promise<T> {
  // As many requests as the caller likes may share its signal.
  setMaxListeners(0, signal);
  const stop = (): void => {
    outgoing.destroy(new Error('aborted'));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await answer;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** True once bytes that are written go out at once: connected, and the TLS handshake done. */
function isReady(socket: Socket): boolean {
  return !socket.connecting && (!(socket instanceof TLSSocket) || (socket.getProtocol() ?? 'unknown') !== 'unknown');
}

/** Without a limit the request goes out as soon as it can. With one, it is asked at the last moment whether it still may. */
function sendWithin(outgoing: ClientRequest, body: string | undefined, limit: WriteLimit | undefined): void {
  if (limit === undefined) {
    outgoing.end(body);
    return;
  }
  const send = (): void => {
    try {
      limit.beforeSend();
    } catch (error) {
      outgoing.destroy(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    outgoing.end(body);
  };
  outgoing.once('socket', (socket) => {
    if (isReady(socket)) {
      send();
    } else {
      socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', send);
    }
  });
}

function closeIdle(agent: HttpAgent | HttpsAgent | undefined): void {
  for (const sockets of Object.values(agent?.freeSockets ?? {})) {
    for (const socket of sockets ?? []) {
      socket.destroy();
    }
  }
}

/** Reads an answer to its end, up to that many bytes. */
export function collect(
  incoming: IncomingMessage,
  largest: number,
  fail: (problem: TransportProblem, cause?: unknown) => void,
  done: (response: HttpResponse) => void,
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
      done({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        body: Buffer.concat(chunks, size).toString('utf8'),
      });
    }
  });
}
