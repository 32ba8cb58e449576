import { once } from 'node:events';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookAddress } from '../../../src/adapters/sandbox/admission/webhook-address.ts';
import { webhookCaller } from '../../../src/adapters/sandbox/admission/webhook-call.ts';
import { ObjectStore } from '../../../src/adapters/sandbox/objects/object-store.ts';
import { makeCertificate } from '../../../src/adapters/sandbox/sandbox-certificate.ts';

const { key, certificate } = makeCertificate(Date.now());

describe('the call of a webhook', () => {
  let server: Server;
  let url: string;
  const stopping = new AbortController();

  beforeAll(async () => {
    server = createServer({ key, cert: certificate }, (request, response) => {
      if (request.url === '/long') {
        response.end('x'.repeat(4 * 1024 * 1024));
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });

  const call = async (path: string, authorities = certificate): Promise<unknown> =>
    webhookCaller(stopping.signal)({ url: `${url}${path}`, body: '{}', authorities, timeoutMs: 30_000 });

  it('takes no answer without end', async () => {
    expect(await call('/long')).toEqual({ failure: 'the answer is longer than 3145728 bytes' });
  });

  it('believes the authorities of the system where there are no others', async () => {
    const failure = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
    expect(await call('/long', '')).toEqual({ failure });
  });

  it('ends with the control plane', async () => {
    const asked = once(server, 'request');
    const answer = call('/silent');
    await asked;
    stopping.abort();
    expect(await answer).toEqual({ failure: 'context deadline exceeded' });
  });
});

const place = (name: string): string => `https://${name}.lb.svc:443/v`;

describe('the address of a webhook', () => {
  const store = new ObjectStore();
  const spec = { selector: { app: 'metallb' }, clusterIP: '10.96.0.9' };
  const object = (kind: string, name: string, more: object): void => {
    const metadata = { name, namespace: 'lb', labels: { app: name === 'other' ? 'other' : 'metallb' } };
    store.put(kind === 'Pod' ? 'pods' : 'services', { apiVersion: 'v1', kind, metadata, ...more });
  };
  const status = { conditions: [{ type: 'Ready', status: 'True' }] };
  object('Service', 'metallb', { spec });
  object('Service', 'other', { spec: { ...spec, selector: { app: 'other' } } });
  object('Pod', 'metallb', { status });
  object('Pod', 'other', { status });

  const of = (client: { url?: string; name?: string }): unknown => {
    const { url, name } = client;
    const service = name === undefined ? undefined : { namespace: 'lb', name, port: 443, path: '/v' };
    return webhookAddress(store, { url, service, caBundle: '' });
  };

  it.each(['https://localhost:9/v', 'https://127.9.9.9/v', 'https://[::1]:9/v'])('may be %s', (url) => {
    expect(of({ url })).toEqual({ url, unreachable: undefined, isSimulated: false });
  });

  it.each([
    ['https://192.0.2.1/v', '192.0.2.1'],
    ['https://127.example.com/v', '127.example.com'],
    ['https://localhost.example.com/v', 'localhost.example.com'],
  ])('is out of reach at %s', (url, host) => {
    const unreachable = `the embedded control plane calls webhooks on loopback alone, and ${host} is somewhere else`;
    expect(of({ url })).toEqual({ url, unreachable, isSimulated: false });
  });

  it('is simulated behind the pods of MetalLB and nowhere behind others', () => {
    const refused = 'dial tcp 10.96.0.9:443: connect: connection refused';
    expect(of({ name: 'metallb' })).toEqual({ url: place('metallb'), unreachable: undefined, isSimulated: true });
    expect(of({ name: 'other' })).toEqual({ url: place('other'), unreachable: refused, isSimulated: false });
    expect(of({ name: 'gone' })).toMatchObject({ unreachable: 'service "gone" not found' });
  });
});
