import { once } from 'node:events';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from '../../../src/adapters/sandbox/sandbox-certificate.ts';
import { textAt, valueAt } from '../../../src/domain/json.ts';
import type { Json, JsonObject } from '../../../src/domain/json.ts';

/** Webhooks over HTTPS on loopback: each path answers in its own way, whatever it is asked. */
interface ServedWebhooks {
  readonly url: string;
  /** Base64 of the certificate, as `caBundle` wants it. */
  readonly caBundle: string;
  /** uids of the objects that `/allow` was shown. */
  readonly shown: ReadonlySet<string>;
}

let served: Promise<readonly [Server, ServedWebhooks]> | undefined;

/** One server for all cases. */
export async function servedWebhooks(): Promise<ServedWebhooks> {
  served ??= serve();
  const [, webhooks] = await served;
  return webhooks;
}

export async function stopServedWebhooks(): Promise<void> {
  const [server] = (await served) ?? [];
  served = undefined;
  if (server !== undefined) {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
}

async function serve(): Promise<readonly [Server, ServedWebhooks]> {
  const shown = new Set<string>();
  const { key, certificate } = makeCertificate(Date.now());
  const server = createServer({ key, cert: certificate }, (request, response) => {
    void answer(request, response, shown);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return [server, { url: `https://127.0.0.1:${port}`, caBundle: Buffer.from(certificate).toString('base64'), shown }];
}

type Respond = (request: Json) => JsonObject | undefined;

const answers: Readonly<Record<string, Respond>> = {
  '/deny': () => ({ allowed: false, status: { message: 'not today' } }),
  '/silent': () => ({ allowed: false }),
  '/coded': () => ({ allowed: false, status: { code: 403, reason: 'Forbidden', message: 'not you' } }),
  '/reason': () => ({ allowed: false, status: { reason: 'TooSoon' } }),
  '/warn': () => ({ allowed: true, warnings: ['mind "the" gap'] }),
  '/allow': () => ({ allowed: true }),
  '/uid': () => ({ allowed: true, uid: 'another' }),
  '/patch': () => ({ allowed: true, patch: 'W10=', patchType: 'JSONPatch' }),
  '/echo': (request) => ({ allowed: false, status: { message: echo(request) } }),
  '/slow': () => undefined,
};

function echo(request: Json): string {
  const said = (...path: string[]): string => JSON.stringify(valueAt(request, ...path) ?? null);
  const kinds = `${said('kind', 'kind')} ${said('resource', 'resource')} ${said('subResource')} ${said('namespace')}`;
  const objects = `${said('object', 'data', 'a')} was ${said('oldObject', 'data', 'a')}`;
  const way = `${said('options', 'kind')} ${said('options', 'fieldManager')} ${said('dryRun')}`;
  return `${said('operation')} ${said('name')} ${kinds} ${objects} ${way}`;
}

async function answer(request: IncomingMessage, response: ServerResponse, shown: Set<string>): Promise<void> {
  let body = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    body += chunk.toString();
  }
  const asked = valueAt(JSON.parse(body) as Json, 'request') ?? null;
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  const given = answers[path]?.(asked);
  if (path === '/allow') {
    shown.add(textAt(asked, 'object', 'metadata', 'uid') ?? '');
  }
  if (given !== undefined) {
    const head = { kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1' };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...head, response: { uid: textAt(asked, 'uid') ?? '', ...given } }));
  } else if (path !== '/slow') {
    response.writeHead(path === '/broken' ? 500 : 404, { 'content-type': 'text/plain' }).end('out of order\n');
  }
}
