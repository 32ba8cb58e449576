import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Json, textAt } from '../../src/domain/json.ts';
import type { Plane } from '../plane/plane.ts';

/** Stands in for kube-proxy: the Service range is local, so whoever listens on the Service's port is its endpoint. */
export async function proxyWebhook(): Promise<Server> {
  const server = createServer((client) => {
    const target = connect(9443, '127.0.0.1');
    client.on('error', () => target.destroy());
    target.on('error', () => client.destroy());
    client.pipe(target).pipe(client);
  });
  await new Promise<void>((resolve) => {
    server.listen(443, '0.0.0.0', resolve);
  });
  return server;
}

/** Stands in for the kubelet: brings the certificate that the controller made from its Secret to its folder. */
export async function mountCertificate(plane: Plane, folder: string): Promise<void> {
  const secretOf = ['get', 'secret', 'metallb-webhook-cert', '-n', 'metallb-system', '-o', 'json'];
  const read = async (): Promise<Json> => JSON.parse(await plane.kubectl(...secretOf)) as Json;
  await expect.poll(async () => textAt(await read(), 'data', 'tls.crt'), { timeout: 60_000 }).toBeDefined();
  const secret = await read();
  mkdirSync(folder, { recursive: true });
  for (const name of ['ca.crt', 'ca.key', 'tls.crt', 'tls.key']) {
    writeFileSync(join(folder, name), Buffer.from(textAt(secret, 'data', name) ?? '', 'base64'), { mode: 0o600 });
  }
}
