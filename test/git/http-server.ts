import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpGitServer {
  readonly port: number;
  /** What the server does instead of serving, while it is set. Return false to serve all the same. */
  answer: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Cuts answers to fetches after so many bytes, while it is set. */
  cutAfter: number | undefined;
  readonly requests: string[];
  close(): Promise<void>;
}

/** Git's own smart HTTP (`git http-backend`, RFC 3875) on loopback, with basic authentication where `login` is given. */
export async function startHttpGitServer(root: string, login?: string): Promise<HttpGitServer> {
  const requests: string[] = [];
  const state: Pick<HttpGitServer, 'answer' | 'cutAfter'> = { answer: undefined, cutAfter: undefined };
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const expected = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
    if (state.answer?.(request, response) === true) {
      return;
    }
    if (expected !== undefined && request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    serve(root, request, response, state.cutAfter);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, { port, requests, close: async () => closeServer(server) });
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

function serve(root: string, request: IncomingMessage, response: ServerResponse, cutAfter: number | undefined): void {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      REQUEST_METHOD: request.method,
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REMOTE_ADDR: '127.0.0.1',
    },
  });
  backend.stdin.on('error', () => undefined);
  request.pipe(backend.stdin);
  const chunks: Buffer[] = [];
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  backend.on('close', () => {
    const output = Buffer.concat(chunks);
    const end = output.indexOf('\r\n\r\n');
    const headers = output
      .subarray(0, end)
      .toString()
      .split('\r\n')
      .map((line) => line.split(': ', 2));
    const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200';
    const body = output.subarray(end + 4);
    response.statusCode = Number(status.slice(0, 3));
    for (const [name, value] of headers) {
      if (name !== undefined && value !== undefined && name !== 'Status') {
        response.setHeader(name, value);
      }
    }
    if (cutAfter !== undefined && request.method === 'POST' && body.length > cutAfter) {
      response.write(body.subarray(0, cutAfter), () => setTimeout(() => request.socket.destroy(), 50));
    } else {
      response.end(body);
    }
  });
}
