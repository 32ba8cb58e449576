import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isIPv6 } from 'node:net';
import { Failure } from '../../domain/failure.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What a path answers now. What it throws is answered with 500 and without its text. */
export type HttpHandler = () => HttpAnswer | Promise<HttpAnswer>;

export interface ServerLimits {
  readonly connections: number;
  readonly headerBytes: number;
  /** From the first byte of a request, or the opening of its connection, to the end of its headers. */
  readonly headersMs: number;
  /** How long a handler may take; after that the answer is 503. */
  readonly handlerMs: number;
  readonly idleMs: number;
  /** How long answers under way may take when the server closes. */
  readonly closeMs: number;
}

export interface HttpServerOptions {
  /** An IP address: `0.0.0.0`, `::`, `127.0.0.1`. */
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** By path: `/metrics`. */
  readonly routes: Readonly<Record<string, HttpHandler>>;
  /** Hears of what a handler threw. */
  readonly onError?: (error: unknown) => void;
  readonly limits?: Partial<ServerLimits>;
}

export interface HttpServer {
  /** `http://HOST:PORT` */
  readonly url: string;
  /** Takes no more requests; resolves when the last connection is closed. */
  close(): Promise<void>;
}

const defaultLimits: ServerLimits = {
  connections: 64,
  headerBytes: 8192,
  headersMs: 5_000,
  handlerMs: 5_000,
  idleMs: 15_000,
  closeMs: 1_000,
};

/**
 * Serves GET and HEAD of a few paths, for probes and scrapers. Everything else is refused, and nobody can hold it up: sizes,
 * times and the number of connections are bounded. Throws `listen-failed`.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const limits = { ...defaultLimits, ...options.limits };
  const routes = new Map(Object.entries(options.routes));
  const settings = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.headersMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: Math.min(1_000, limits.headersMs),
  };
  const server = createServer(settings);
  server.on('request', (request, response) => {
    void respond(request, response);
  });
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = await answer(request, routes, limits, options.onError);
    send(response, given, server.listening && !hasBody(request));
  }
  server.maxConnections = limits.connections;
  await listen(server, options);
  return { url: `http://${authority(options.host, portOf(server))}`, close: async () => close(server, limits.closeMs) };
}

interface GivenAnswer extends HttpAnswer {
  readonly allow?: string;
}

function plain(status: number, text: string): HttpAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${text}\n` };
}

async function answer(
  { url, method }: IncomingMessage,
  routes: ReadonlyMap<string, HttpHandler>,
  { handlerMs }: ServerLimits,
  onError: HttpServerOptions['onError'],
): Promise<GivenAnswer> {
  const [path = ''] = (url ?? '').split('?', 1);
  const handler = routes.get(path);
  if (handler === undefined) {
    return plain(404, 'not found');
  }
  if (method !== 'GET' && method !== 'HEAD') {
    return { ...plain(405, 'method not allowed'), allow: 'GET, HEAD' };
  }
  try {
    return await inTime(handler, handlerMs);
  } catch (error) {
    onError?.(error);
    return plain(500, 'internal error');
  }
}

async function inTime(handler: HttpHandler, handlerMs: number): Promise<HttpAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<HttpAnswer>((resolve) => {
    timer = setTimeout(() => {
      resolve(plain(503, 'no answer in time'));
    }, handlerMs);
  });
  try {
    return await Promise.race([handler(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Nobody wants a body, and it is not read to its end for the sake of the connection. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

function send(response: ServerResponse, given: GivenAnswer, keepsConnection: boolean): void {
  response.writeHead(given.status, {
    'content-type': given.contentType,
    'content-length': Buffer.byteLength(given.body),
    'cache-control': 'no-store',
    ...(given.allow === undefined ? {} : { allow: given.allow }),
    ...(keepsConnection ? {} : { connection: 'close' }),
  });
  response.end(given.body);
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something listens there already',
  EADDRNOTAVAIL: 'the address is none of this machine',
  EACCES: 'this account may not use the port',
};

async function listen(server: Server, { host, port }: HttpServerOptions): Promise<void> {
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new Failure({
      code: 'listen-failed',
      retry: 'later',
      message: `Cannot listen on ${authority(host, port)}: ${reasons[code] ?? code}`,
      remedy: 'Choose another address or port, or free this one.',
      cause,
    });
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function authority(host: string, port: number): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

async function close(server: Server, closeMs: number): Promise<void> {
  if (!server.listening) {
    return;
  }
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, closeMs);
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
  clearTimeout(timer);
}
