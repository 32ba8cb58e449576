import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { makeCertificate, type Certificate } from '../../../src/adapters/sandbox/sandbox-certificate.ts';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Answers one request. What it does with the socket is its own business. */
export type Reply = (request: Received, response: ServerResponse, socket: Socket) => void;

/** A loopback HTTPS server that answers as it is told and remembers what it was asked. */
export interface ScriptedServer {
  readonly url: string;
  readonly ca: string;
  /** The key of `ca`, which is the server's certificate too; for clients that show a certificate. */
  readonly key: string;
  readonly received: readonly Received[];
  readonly connections: () => number;
  /** From now on each request gets the next of these replies; the last one stays. */
  replies(...replies: readonly Reply[]): void;
  stop(): Promise<void>;
}

let certificate: Certificate | undefined;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk as Uint8Array));
  }
  return Buffer.concat(chunks).toString('utf8');
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  certificate ??= makeCertificate(Date.now());
  const pems = certificate;
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let script: readonly Reply[] = [];
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const entry = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
    received.push(entry);
    const reply = script[0];
    script = script.length > 1 ? script.slice(1) : script;
    reply?.(entry, response, request.socket);
  }
  const tls = { key: pems.key, cert: pems.certificate, requestCert: true, rejectUnauthorized: false };
  const server: Server = createServer(tls, (request, response) => {
    void answer(request, response);
  });
  server.on('secureConnection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {
      // Clients may cut.
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `https://127.0.0.1:${port}`,
    ca: pems.certificate,
    key: pems.key,
    received,
    connections: () => connections,
    replies: (...replies) => {
      script = replies;
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) {
          socket.destroy();
        }
        server.close(() => {
          resolve();
        });
      }),
  };
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** A Status object, as the API server answers with for everything that isn't success. */
export function status(
  code: number,
  facts: { readonly reason?: string; readonly message?: string; readonly details?: unknown } = {},
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return json(code, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', code, ...facts }, headers);
}

export const coreKinds: Reply = json(200, {
  kind: 'APIResourceList',
  groupVersion: 'v1',
  resources: [
    { name: 'configmaps', kind: 'ConfigMap', namespaced: true, verbs: [] },
    { name: 'secrets', kind: 'Secret', namespaced: true, verbs: [] },
    { name: 'secrets/fake', kind: 'Fake', namespaced: true, verbs: [] },
    { name: 'namespaces', kind: 'Namespace', namespaced: false, verbs: [] },
  ],
});
