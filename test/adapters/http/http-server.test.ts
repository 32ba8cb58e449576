import { EventEmitter, once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpServer, type HttpServerOptions, startHttpServer } from '../../../src/adapters/http/http-server.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const agents: Agent[] = [];
const servers: HttpServer[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const agent of agents.splice(0)) {
    agent.destroy();
  }
  for (const socket of sockets.splice(0)) {
    socket.destroy();
  }
  await Promise.all(servers.splice(0).map(async (server) => server.close()));
});

const ok = (body: string) => ({ status: 200, contentType: 'text/plain; charset=utf-8', body });

async function serve(
  routes: HttpServerOptions['routes'],
  options: Partial<Omit<HttpServerOptions, 'routes'>> = {},
): Promise<HttpServer> {
  const server = await startHttpServer({ host: '127.0.0.1', port: 0, routes, ...options });
  servers.push(server);
  return server;
}

function keepAlive(): Agent {
  const agent = new Agent({ keepAlive: true });
  agents.push(agent);
  return agent;
}

async function ask(url: string, method = 'GET', body?: string, agent?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { method, headers, ...(agent === undefined ? {} : { agent }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What the server says to these bytes until it closes the connection. */
async function talk(server: HttpServer, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  sockets.push(socket);
  let heard = '';
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  socket.on('error', () => {
    // The server may cut.
  });
  socket.write(bytes);
  await once(socket, 'close');
  return heard;
}

describe('a server for probes and scrapers', () => {
  it('answers what the handler of the path says now, whatever the query', async () => {
    let ready = false;
    const { url } = await serve({
      '/readyz': () => ({ ...ok(ready ? 'ok' : 'the watch is stale'), status: ready ? 200 : 503 }),
      '/metrics': async () => ok('ü 1\n'),
    });
    expect(await ask(`${url}/readyz`)).toMatchObject({ status: 503, body: 'the watch is stale' });
    ready = true;
    expect(await ask(`${url}/readyz?verbose=1`)).toMatchObject({ status: 200, body: 'ok' });
    const metrics = await ask(`${url}/metrics`);
    expect(metrics).toMatchObject({ status: 200, body: 'ü 1\n' });
    expect(metrics.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '5',
      'cache-control': 'no-store',
    });
  });

  it('keeps a connection for the next request', async () => {
    const { url } = await serve({ '/healthz': () => ok('ok') });
    const agent = keepAlive();
    await ask(`${url}/healthz`, 'GET', undefined, agent);
    await ask(`${url}/healthz`, 'GET', undefined, agent);
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
  });

  it('answers HEAD as GET, without the body', async () => {
    const { url } = await serve({ '/healthz': () => ok('ok') });
    const head = await ask(`${url}/healthz`, 'HEAD');
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', '2']);
  });

  it.each(['/', '/metrics/', '/Metrics', '/__proto__', '/constructor', '/../metrics', '//metrics', '/%6detrics'])(
    'does not know %s',
    async (path) => {
      const server = await serve({ '/metrics': () => ok('') });
      const heard = await talk(server, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      expect(heard).toMatch(/^HTTP\/1\.1 404 .*\r\n\r\nnot found\n$/su);
    },
  );

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('refuses %s, and says what it takes', async (method) => {
    const { url } = await serve({ '/metrics': () => ok('') });
    const refused = await ask(`${url}/metrics`, method, 'body');
    expect([refused.status, refused.headers['allow'], refused.headers['connection']]).toEqual([
      405,
      'GET, HEAD',
      'close',
    ]);
  });

  it.each([
    ['throws', (): never => failing()],
    ['rejects', async (): Promise<never> => failing()],
  ])('says nothing of the reason where a handler %s, but to its owner', async (_, handler) => {
    const errors: unknown[] = [];
    const { url } = await serve(
      { '/metrics': handler },
      {
        onError: (error) => {
          errors.push(error);
        },
      },
    );
    expect(await ask(`${url}/metrics`)).toMatchObject({ status: 500, body: 'internal error\n' });
    expect(errors).toEqual([new Error('very-secret')]);
  });

  it('does not wait for a handler for ever', async () => {
    const { url } = await serve(
      { '/metrics': async () => new Promise(() => undefined) },
      { limits: { handlerMs: 20 } },
    );
    expect((await ask(`${url}/metrics`)).status).toBe(503);
  });
});

function failing(): never {
  throw new Error('very-secret');
}

describe('the limits of the server', () => {
  it('refuses headers that are too large', async () => {
    const server = await serve({ '/metrics': () => ok('') }, { limits: { headerBytes: 1024 } });
    const heard = await talk(server, `GET /metrics HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(3000)}\r\n\r\n`);
    expect(heard).toMatch(/^HTTP\/1\.1 431 /u);
  });

  it('refuses what is no HTTP', async () => {
    const server = await serve({ '/metrics': () => ok('') });
    expect(await talk(server, '\u0016\u0003\u0001 hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /u);
  });

  it('does not wait for headers for ever', async () => {
    const server = await serve({ '/metrics': () => ok('') }, { limits: { headersMs: 50 } });
    expect(await talk(server, 'GET /metrics HTTP/1.1\r\nHost: a\r\n')).toMatch(/^HTTP\/1\.1 408 /u);
  });

  it('takes no more connections than it should, and new ones once others have ended', async () => {
    const server = await serve({ '/metrics': () => ok('fine') }, { limits: { connections: 1 } });
    const first = connect(Number(new URL(server.url).port), '127.0.0.1');
    sockets.push(first);
    first.write('GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(first, 'data');
    expect(await talk(server, 'GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n')).toBe('');
    first.destroy();
    await expect
      .poll(async () => ask(`${server.url}/metrics`).catch(() => undefined), { timeout: 10_000 })
      .toMatchObject({ body: 'fine' });
  });
});

describe('starting and closing', () => {
  it('says why it cannot listen', async () => {
    const { url } = await serve({});
    const port = Number(new URL(url).port);
    await expect(startHttpServer({ host: '127.0.0.1', port, routes: {} })).rejects.toMatchObject({
      code: 'listen-failed',
      message: `Cannot listen on 127.0.0.1:${port}: something listens there already`,
    });
    await expect(startHttpServer({ host: '192.0.2.55', port: 0, routes: {} })).rejects.toMatchObject({
      message: 'Cannot listen on 192.0.2.55:0: the address is none of this machine',
    });
  });

  it('lets an answer under way come to its end, closes idle connections, and takes no new ones', async () => {
    const slow = new EventEmitter();
    const server = await startHttpServer({
      host: '127.0.0.1',
      port: 0,
      routes: {
        '/slow': async () => {
          const finished = once(slow, 'finish');
          slow.emit('begun');
          await finished;
          return ok('done');
        },
        '/healthz': () => ok('ok'),
      },
      limits: { closeMs: 60_000, handlerMs: 60_000 },
    });
    await ask(`${server.url}/healthz`, 'GET', undefined, keepAlive());
    const begun = once(slow, 'begun');
    const answer = ask(`${server.url}/slow`, 'GET', undefined, keepAlive());
    await begun;
    const closed = server.close();
    await expect(ask(`${server.url}/healthz`)).rejects.toThrow('ECONNREFUSED');
    slow.emit('finish');
    expect(await answer).toMatchObject({ body: 'done', headers: { connection: 'close' } });
    await closed;
  });

  it('cuts what does not come to its end, and may be closed twice', async () => {
    const asked = new EventEmitter();
    const begun = once(asked, 'begun');
    const never = async (): Promise<never> => {
      asked.emit('begun');
      return new Promise(() => undefined);
    };
    const server = await serve({ '/never': never }, { limits: { closeMs: 20 } });
    const answer = ask(`${server.url}/never`).catch((error: unknown) => error);
    await begun;
    await server.close();
    await server.close();
    expect(await answer).toBeInstanceOf(Error);
  });
});
