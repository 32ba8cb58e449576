import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EventFault, FaultSettings } from '../../../src/domain/fault/fault-settings.ts';
import type { ApiAnswer } from '../../contracts/kube-api/api-client.ts';
import { at, refusal } from '../../contracts/kube-api/fixtures.ts';
import type { Fields } from '../../contracts/kube-api/fixtures.ts';
import { SmallCluster, core } from './small-cluster.ts';

const endpoint = '/metalwave/faults';
const secrets = `${core}/secrets`;

function secret(name: string): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name } };
}

describe('an embedded control plane that is asked for faults', () => {
  let cluster: SmallCluster;
  beforeAll(async () => {
    cluster = await SmallCluster.start({ nodes: 1 });
  });
  afterEach(async () => {
    await cluster.call('DELETE', endpoint);
    await cluster.call('DELETE', secrets);
  });
  afterAll(() => cluster.stop());

  async function ask(settings: FaultSettings): Promise<void> {
    const answer = await cluster.call('PUT', endpoint, settings);
    expect(answer).toMatchObject({ code: 200, body: { faults: settings } });
  }

  /** `undefined` where the connection was cut. */
  async function tryCreate(name: string): Promise<ApiAnswer | undefined> {
    return cluster.call('POST', secrets, secret(name)).catch(() => undefined);
  }

  async function names(): Promise<readonly string[]> {
    const items = at(await cluster.get(secrets), 'items') as readonly {
      readonly metadata: { readonly name: string };
    }[];
    return items.map(({ metadata }) => metadata.name);
  }

  it('shows them, changes them and ends them', async () => {
    await ask({ nodesDown: ['node-7'], requests: [{ fault: 'error', status: 503, verbs: ['create'] }] });
    expect((await tryCreate('a'))?.code).toBe(503);
    expect((await cluster.get(endpoint)).body).toEqual({
      faults: { nodesDown: ['node-7'], requests: [{ fault: 'error', status: 503, verbs: ['create'] }] },
      counts: { requests: [{ selected: 1, played: 1 }], events: [] },
    });
    const changed = await cluster.merge(endpoint, { requests: null, events: [{ fault: 'lose' }] });
    expect(at(changed, 'faults')).toEqual({ nodesDown: ['node-7'], events: [{ fault: 'lose' }] });
    expect((await cluster.call('DELETE', endpoint)).body).toEqual({ faults: {}, counts: { requests: [], events: [] } });
    expect((await tryCreate('a'))?.code).toBe(201);
  });

  it('refuses what it does not know, and keeps what was asked for', async () => {
    await ask({ seed: 3 });
    const unknown = await cluster.call('PUT', endpoint, { requests: [{ fault: 'slow' }], latency: 3 });
    expect(refusal(unknown)).toMatchObject({ code: 400, reason: 'BadRequest' });
    expect(unknown.text).toContain('faults.requests[0].fault');
    expect(unknown.text).toContain('latency');
    expect(refusal(await cluster.call('PUT', endpoint, '{'))).toMatchObject({ code: 400, reason: 'BadRequest' });
    expect(refusal(await cluster.call('PUT', endpoint))).toMatchObject({ code: 400, reason: 'BadRequest' });
    expect(refusal(await cluster.call('POST', endpoint, {}))).toMatchObject({ code: 405 });
    expect(at(await cluster.get(endpoint), 'faults')).toEqual({ seed: 3 });
  });

  it('lets nobody but the administrator ask', async () => {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot' } };
    await cluster.create(`${core}/serviceaccounts`, account);
    const path = `${core}/serviceaccounts/robot/token`;
    const answer = await cluster.call('POST', path, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest' });
    const token = at(answer, 'status.token') as string;
    const own = await cluster.client.call({ method: 'PUT', path: endpoint, body: {}, token });
    expect(refusal(own)).toMatchObject({ code: 403, reason: 'Forbidden' });
    const wrong = await cluster.client.call({ method: 'GET', path: endpoint, token: 'wrong' });
    expect(wrong.code).toBe(401);
  });

  it('answers every second write with the error, its reason and when to come back', async () => {
    const busy = { fault: 'error', status: 429, retryAfterSeconds: 2, every: 2, times: 1, verbs: ['write'] } as const;
    await ask({ requests: [busy] });
    const codes: (number | undefined)[] = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      const answer = await tryCreate(name);
      codes.push(answer?.code);
      if (answer?.code === 429) {
        expect(answer.body).toMatchObject({ reason: 'TooManyRequests', details: { retryAfterSeconds: 2 } });
      }
    }
    expect(codes).toEqual([201, 429, 201, 201]);
    expect(await names()).toEqual(['a', 'c', 'd']);
  });

  it('cuts a connection before the effect, or after it', async () => {
    await ask({ requests: [{ fault: 'cut-before', verbs: ['create'] }] });
    expect(await tryCreate('before')).toBeUndefined();
    await ask({ requests: [{ fault: 'cut-after', verbs: ['create'] }] });
    expect(await tryCreate('after')).toBeUndefined();
    expect(await names()).toEqual(['after']);
  });

  it('answers late', async () => {
    await ask({ seed: 1, requests: [{ fault: 'latency', ms: 60, jitterMs: 40, names: ['late'] }] });
    const began = performance.now();
    await cluster.get(`${secrets}/late`);
    // Timers may come a millisecond early.
    expect(performance.now() - began).toBeGreaterThan(55);
  });

  /** The events of a watch while `a`, `b` and `c` are created, under the faults. The watch ends with a fourth, if not before. */
  async function watched(...events: readonly EventFault[]): Promise<readonly string[]> {
    await cluster.call('DELETE', secrets);
    const from = at(await cluster.get(secrets), 'metadata.resourceVersion') as string;
    await ask({ events: [...events, { fault: 'expire', names: ['end'] }] });
    const watching = cluster.get(`${secrets}?watch=true&resourceVersion=${from}`);
    for (const name of ['a', 'b', 'c', 'end']) {
      await tryCreate(name);
    }
    const { text } = await watching;
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { readonly type: string; readonly object: Fields })
      .map(({ type, object }) => `${type} ${String(object['code'] ?? (object['metadata'] as Fields)['name'])}`);
  }

  it('loses an event of a watch, delays one, or ends the watch with 410', async () => {
    expect(await watched({ fault: 'lose', every: 2, times: 1, resources: ['secrets'] })).toEqual([
      'ADDED a',
      'ADDED c',
      'ERROR 410',
    ]);
    expect(await watched({ fault: 'delay', ms: 50, names: ['a'] })).toEqual([
      'ADDED a',
      'ADDED b',
      'ADDED c',
      'ERROR 410',
    ]);
    expect(at(await cluster.get(endpoint), 'counts.events.0')).toEqual({ selected: 1, played: 1 });
    expect(await watched({ fault: 'expire', every: 2 })).toEqual(['ADDED a', 'ERROR 410']);
  });

  it('says 410 to a list as an answer, and to a watch as its first event', async () => {
    await ask({ requests: [{ fault: 'error', status: 410, resources: ['secrets'], verbs: ['read'] }] });
    expect(refusal(await cluster.get(secrets))).toMatchObject({ code: 410, reason: 'Expired' });
    const watch = await cluster.get(`${secrets}?watch=true&resourceVersion=1`);
    expect(watch.code).toBe(200);
    expect(watch.body).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
  });

  it('crashes an image on request', async () => {
    const spec = { containers: [{ name: 'one', image: 'registry.example/frr:10' }] };
    await cluster.create(`${core}/pods`, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'router' }, spec });
    await cluster.untilField(`${core}/pods/router`, 'status.phase', 'Running');
    await ask({ crashingImages: ['frr'] });
    await cluster.until(`${core}/pods/router`, ({ text }) => text.includes('CrashLoopBackOff'));
  });
});
