import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../../../src/adapters/kube/api-client.ts';
import { fixedCredentials } from '../../../src/adapters/kube/credentials.ts';
import { defaultLimits } from '../../../src/adapters/kube/http-exchange.ts';
import { KubeCluster, type KubeClusterOptions } from '../../../src/adapters/kube/kube-cluster.ts';

const { signal } = new AbortController();

function answer(text: string, more = ''): string {
  const body = JSON.stringify({ gitVersion: text });
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;
}

/** Speaks bytes, so that it can say what no HTTP library would. */
describe('connections to a server', () => {
  let server: Server;
  let cluster: KubeCluster;
  let sockets: Socket[] = [];
  /** What each connection says to its n-th request; `undefined` is nothing. */
  let says: (connection: number, request: number, socket: Socket) => string | undefined;

  function open(options: KubeClusterOptions = {}, token = 'secret'): void {
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const headers = { authorization: `Bearer ${token}` };
    cluster = new KubeCluster(
      {
        description: 'test',
        server: new URL(`http://127.0.0.1:${port}`),
        ca: undefined,
        verifyCertificate: true,
        serverName: undefined,
        credentials: fixedCredentials({ headers, certificate: undefined, key: undefined }),
      },
      options,
    );
  }

  beforeEach(async () => {
    sockets = [];
    server = createServer((socket) => {
      const connection = sockets.push(socket);
      let requests = 0;
      socket.on('error', () => undefined);
      socket.on('data', () => {
        requests += 1;
        const text = says(connection, requests, socket);
        if (text !== undefined) {
          socket.write(text);
        }
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    open();
  });
  afterEach(async () => {
    cluster.close();
    for (const socket of sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });

  it('are used again, but not where the server closes them, or is about to', async () => {
    says = (connection) =>
      [answer('a'), answer('b', 'Connection: close\r\n'), answer('c', 'Keep-Alive: timeout=1\r\n')][connection - 1] ??
      answer('d');
    expect(await cluster.serverVersion(signal)).toBe('a');
    expect(await cluster.serverVersion(signal)).toBe('a');
    sockets[0]?.destroy();
    await new Promise((resolve) => sockets[0]?.once('close', resolve));
    expect(await cluster.serverVersion(signal)).toBe('b');
    expect(await cluster.serverVersion(signal)).toBe('c');
    await new Promise((resolve) => sockets[2]?.once('close', resolve));
    expect(await cluster.serverVersion(signal)).toBe('d');
    expect(sockets).toHaveLength(4);
  });

  it('are not used again where more came than was asked for', async () => {
    says = () => `${answer('a')}${answer('forged')}`;
    expect(await cluster.serverVersion(signal)).toBe('a');
    expect(await cluster.serverVersion(signal)).toBe('a');
    expect(sockets).toHaveLength(2);
  });

  it('serve what waits when those before it are cut, fail, or are not wanted any more', async () => {
    open({ connections: 1, timeoutMs: 100 });
    const stop = new AbortController();
    says = (connection, _request, socket) => {
      if (connection === 1) {
        socket.destroy();
      }
      return connection === 4 ? answer('served') : undefined;
    };
    const outcomes = Promise.allSettled([
      cluster.serverVersion(signal),
      cluster.serverVersion(signal),
      cluster.serverVersion(stop.signal),
      cluster.serverVersion(signal),
      cluster.serverVersion(stop.signal),
    ]);
    const waiting = setInterval(() => {
      if (sockets.length === 3) {
        stop.abort(new Error('enough'));
      }
    }, 1);
    const [cut, silent, stopped, served, unbegun] = await outcomes;
    clearInterval(waiting);
    expect(cut).toMatchObject({ status: 'rejected', reason: { code: 'cluster-unreachable' } });
    expect(silent).toMatchObject({ reason: { message: expect.stringContaining('within 0.1 s') as string } });
    expect([stopped, unbegun]).toMatchObject([{ reason: { message: 'enough' } }, { reason: { message: 'enough' } }]);
    expect(served).toEqual({ status: 'fulfilled', value: 'served' });
  });

  it('carry no header that would be several, and tell nothing of it', async () => {
    open({}, 'se\r\ncret');
    const failure: unknown = await cluster.serverVersion(signal).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'cluster-credentials' });
    expect(String(failure)).not.toContain('cret\r');
    expect(sockets).toEqual([]);
  });

  it("are not made with a client certificate that cannot be read, and it is told as the world's failure", async () => {
    const credentials = fixedCredentials({ headers: {}, certificate: 'no certificate', key: 'no key' });
    const server = new URL('https://127.0.0.1:1');
    const access = { description: 'test', server, ca: undefined, verifyCertificate: true, serverName: undefined };
    const client = new ApiClient({ ...access, credentials }, defaultLimits);
    const asked = { verb: 'list', resource: 'services', subject: 'Services', isSecret: false };
    const receiver = { opened: () => undefined, data: () => undefined };
    const expected = { code: 'cluster-unreachable' };
    await expect(client.call({ method: 'GET', path: '/api' }, asked, signal)).rejects.toMatchObject(expected);
    const stream = client.stream({ path: '/api', asked, silenceMs: 1_000 }, receiver, signal);
    await expect(stream).rejects.toMatchObject(expected);
  });
});
