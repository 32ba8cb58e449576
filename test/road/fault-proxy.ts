import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import { Agent, createServer, request as httpsRequest } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCertificate, type Certificate } from '../../src/adapters/sandbox/sandbox-certificate.ts';
import { isWatch, relayWatch, type WatchFault } from './fault-watch.ts';

/** A request on its way to the API server. */
export interface ProxiedRequest {
  /** Counted from 1, in the order of arrival. */
  readonly number: number;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
}

/** One line of a watch. */
export interface ProxiedEvent {
  /** Counted from 1 over all watches, in the order of arrival. */
  readonly number: number;
  /** The watch that it is of. */
  readonly watch: ProxiedRequest;
}

/**
 * What happens to a request.
 * - answer: the proxy answers in the server's place, which never sees the request.
 * - cut-before: the connection is cut, the server never sees the request.
 * - cut-after: the server acts, and the connection is cut in place of its answer.
 * - delay: the request waits that long, then goes on.
 * - stale: a GET has the first answer that was ever given to it since `forget`; without one it goes on.
 */
export type Fault =
  | { readonly kind: 'answer'; readonly status: number; readonly reason: string; readonly retryAfter?: number }
  | { readonly kind: 'cut-before' }
  | { readonly kind: 'cut-after' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'stale' };

/** An HTTPS server on loopback that stands before another server and does it harm as it is told. */
export interface FaultProxy {
  readonly url: string;
  /** Its certificate, PEM. */
  readonly ca: string;
  readonly requests: readonly ProxiedRequest[];
  /** Decides each request as it arrives; undefined lets it pass. */
  onRequest: (request: ProxiedRequest) => Fault | undefined | Promise<Fault | undefined>;
  /** Called when the server has answered and before the client hears of it; a fault `cut-after` keeps the answer back. */
  onAnswer: (request: ProxiedRequest) => Fault | undefined | Promise<Fault | undefined>;
  /** Called for each event of a watch before the client hears of it. */
  onEvent: (event: ProxiedEvent) => WatchFault | undefined | Promise<WatchFault | undefined>;
  /** A kubeconfig that leads here. */
  kubeconfigText(token: string): string;
  /** Lets everything pass and counts from 1 again. */
  reset(): void;
  /** Forgets the answers that a fault `stale` would give again. */
  forget(): void;
  /** Resolves when no request is under way any more, but for watches. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** The server behind the proxy. */
export interface Upstream {
  readonly server: string;
  /** CA certificate, PEM; of no use with http. */
  readonly ca: string;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const pass = (): undefined => undefined;
let certificate: Certificate | undefined;

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(Buffer.from(chunk as Uint8Array));
  }
  return Buffer.concat(chunks);
}

async function open(
  upstream: Upstream,
  agent: Agent,
  request: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  const { host: _host, connection: _connection, ...headers } = request.headers;
  const url = new URL(request.url ?? '/', upstream.server);
  const { method } = request;
  const outgoing =
    url.protocol === 'http:'
      ? httpRequest(url, { method, headers })
      : httpsRequest(url, { method, headers, agent, ca: upstream.ca });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  return incoming;
}

async function forward(upstream: Upstream, agent: Agent, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const incoming = await open(upstream, agent, request, body);
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: await bodyOf(incoming) };
}

function refuse(response: ServerResponse, fault: Extract<Fault, { readonly kind: 'answer' }>): void {
  const { status, reason, retryAfter } = fault;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  });
  const facts = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', code: status };
  response.end(JSON.stringify({ ...facts, reason, message: `the proxy says ${reason}` }));
}

/** True where the server never sees the request. */
function isKeptAway(fault: Fault | undefined, request: IncomingMessage, response: ServerResponse): boolean {
  if (fault?.kind === 'cut-before') {
    cut(request);
  } else if (fault?.kind === 'answer') {
    refuse(response, fault);
  }
  return fault?.kind === 'cut-before' || fault?.kind === 'answer';
}

/** Gives what the server answered to the client, or lets it go where nobody is to have it. */
type Giver = (response: ServerResponse | undefined) => Promise<void>;

function cut(request: IncomingMessage): undefined {
  request.socket.destroy();
}

function giverOf({ status, headers, body }: Answer): Giver {
  const { connection: _connection, 'transfer-encoding': _encoding, ...rest } = headers;
  return async (response) => {
    response?.writeHead(status, rest).end(body);
  };
}

/** Starts a proxy that lets everything pass. */
export async function startFaultProxy(upstream: Upstream): Promise<FaultProxy> {
  certificate ??= makeCertificate(Date.now());
  const pems = certificate;
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const watching = new Agent({ keepAlive: false });
  const sockets = new Set<Socket>();
  const requests: ProxiedRequest[] = [];
  const underWay = new Set<Promise<unknown>>();
  const firstAnswers = new Map<string, Answer>();
  const hooks: Pick<FaultProxy, 'onRequest' | 'onAnswer' | 'onEvent'> = {
    onRequest: pass,
    onAnswer: pass,
    onEvent: pass,
  };
  let events = 0;

  async function answerTo(request: IncomingMessage, body: Buffer, stale: boolean): Promise<Answer> {
    const key = request.method === 'GET' ? request.url : undefined;
    const first = key === undefined ? undefined : firstAnswers.get(key);
    if (stale && first !== undefined) {
      return first;
    }
    const answer = await forward(upstream, agent, request, body);
    if (key !== undefined && first === undefined && !key.includes('watch=')) {
      firstAnswers.set(key, answer);
    }
    return answer;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const entry = { number: requests.length + 1, method: request.method ?? '', path: request.url ?? '' };
    requests.push(entry);
    const before = await hooks.onRequest(entry);
    if (isKeptAway(before, request, response)) {
      return;
    }
    await (before?.kind === 'delay' ? sleep(before.ms) : undefined);
    const give = isWatch(entry.path)
      ? await openWatch(request, body, entry)
      : giverOf(await answerTo(request, body, before?.kind === 'stale'));
    const after = before?.kind === 'cut-after' ? before : await hooks.onAnswer(entry);
    await give(after?.kind === 'cut-after' ? cut(request) : response);
  }

  async function openWatch(request: IncomingMessage, body: Buffer, watch: ProxiedRequest): Promise<Giver> {
    const incoming = await open(upstream, watching, request, body);
    return async (response) => {
      if (response === undefined) {
        incoming.destroy();
        return;
      }
      await relayWatch(incoming, response, () => {
        events += 1;
        return hooks.onEvent({ number: events, watch });
      });
    };
  }

  const server = createServer({ key: pems.key, cert: pems.certificate }, (request, response) => {
    // A server that went away or a client that was killed: the other side sees a cut connection.
    const work = serve(request, response)
      .catch(() => request.socket.destroy())
      .finally(() => underWay.delete(work));
    if (!isWatch(request.url ?? '')) {
      underWay.add(work);
    }
  });
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', pass);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `https://127.0.0.1:${port}`;
  return Object.assign(hooks, {
    url,
    ca: pems.certificate,
    requests,
    kubeconfigText: (token: string) => kubeconfigText(url, pems.certificate, token),
    reset: () => {
      requests.length = 0;
      events = 0;
      Object.assign(hooks, { onRequest: pass, onAnswer: pass, onEvent: pass });
    },
    forget: () => {
      firstAnswers.clear();
    },
    idle: async () => {
      while (underWay.size > 0) {
        await Promise.all(underWay);
      }
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) {
        socket.destroy();
      }
      agent.destroy();
      watching.destroy();
      await closed;
    },
  });
}

/** A proxy before the real control plane. */
export function startProxyBefore(plane: { readonly server: string; readonly ca: string }): Promise<FaultProxy> {
  return startFaultProxy({ server: plane.server, ca: readFileSync(plane.ca, 'utf8') });
}

function kubeconfigText(server: string, ca: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'proxy', cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') } },
    ],
    users: [{ name: 'user', user: { token } }],
    contexts: [{ name: 'proxy', context: { cluster: 'proxy', user: 'user' } }],
    'current-context': 'proxy',
  });
}
