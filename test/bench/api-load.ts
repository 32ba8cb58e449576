import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { ApiPlace } from '../plane/plane.ts';
import { BareClient } from './bare-client.ts';
import { median } from './measure.ts';
import { servicesPath } from './some-services.ts';
import { until } from './until.ts';

const applies = 1_000;
const rounds = 5;
const watches = 100;
const writesBehind = 100;
/** Between two looks at what the watches have seen. */
const pauseMs = 5;
const mapsPath = '/api/v1/namespaces/default/configmaps';

/** Milliseconds of 1,000 new objects by server-side apply, 16 at a time; the median after a first round. */
export async function applyTime(place: ApiPlace): Promise<number> {
  const client = new BareClient(place);
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const time = await client.all(applies, (index) => {
      const name = `round-${round}-${index}`;
      const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { x: '1' } };
      return client.send('PATCH', `${mapsPath}/${name}?fieldManager=bench`, body, 'application/apply-patch+yaml');
    });
    times.push(time);
  }
  client.close();
  return median(times.slice(1));
}

export async function makeServices(place: ApiPlace, count: number): Promise<void> {
  const client = new BareClient(place);
  await client.all(count, (index) => {
    const name = `web-${index}`;
    const spec = { type: 'ClusterIP', selector: { app: name }, ports: [{ port: 80 }] };
    return client.send('POST', servicesPath, { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec });
  });
  client.close();
}

export interface Watched {
  /** Milliseconds until every watch has seen all that is there. */
  readonly initialMs: number;
  /** Milliseconds from the last of 100 writes to the last watch that has seen it. */
  readonly lagMs: number;
}

/** 100 watches of the Services that `makeServices` made, each over a connection of its own; then some are written. */
export async function watchServices(place: ApiPlace, count: number): Promise<Watched> {
  const agent = new Agent({ keepAlive: true, maxSockets: watches, ca: readFileSync(place.ca) });
  const seen = Array.from({ length: watches }, () => 0);
  const begun = performance.now();
  for (const index of seen.keys()) {
    watch(place, agent, () => {
      seen[index] = (seen[index] ?? 0) + 1;
    });
  }
  await until(() => seen.every((events) => events >= count), pauseMs);
  const initialMs = performance.now() - begun;
  const client = new BareClient(place);
  const patch = { metadata: { labels: { x: 'y' } } };
  await client.all(writesBehind, (index) =>
    client.send('PATCH', `${servicesPath}/web-${index}`, patch, 'application/merge-patch+json'),
  );
  const written = performance.now();
  await until(() => seen.every((events) => events >= count + writesBehind), pauseMs);
  const lagMs = performance.now() - written;
  client.close();
  agent.destroy();
  return { initialMs, lagMs };
}

/** Counts the events of a watch until its connection is closed. */
function watch({ server, adminToken }: ApiPlace, agent: Agent, onEvent: () => void): void {
  const headers = { authorization: `Bearer ${adminToken}` };
  const call = request(new URL(`${servicesPath}?watch=true`, server), { agent, headers }, (response) => {
    response.on('data', (chunk: Buffer) => {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) {
        onEvent();
      }
    });
    response.on('error', () => undefined);
  });
  call.on('error', () => undefined);
  call.end();
}
