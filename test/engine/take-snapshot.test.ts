import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { openSnapshot } from '../../src/adapters/snapshot/open-snapshot.ts';
import { Failure } from '../../src/domain/failure.ts';
import { snapshotJson } from '../../src/domain/snapshot/snapshot-json.ts';
import type { Snapshot } from '../../src/domain/snapshot/snapshot.ts';
import { takeSnapshot } from '../../src/engine/take-snapshot.ts';
import { object, pool } from '../domain/plan/objects.ts';
import { manualClock } from './manual-clock.ts';
import { memoryCluster, type MemoryCluster } from './memory-cluster.ts';

const signal = new AbortController().signal;
const namespace = 'metallb-system';
let cluster: MemoryCluster = memoryCluster();

const content = [
  '{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: web}, annotations: {token: hunter2}}}',
  '{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {images: [{names: [hunter2]}], conditions: [{type: Ready, status: "True", message: long}]}}',
  `{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop, annotations: {other: hunter2, metallb.io/address-pool: a}},
    spec: {type: LoadBalancer, clusterIP: 10.96.0.9}, status: {loadBalancer: {ingress: [{ip: 10.0.0.1}]}}}`,
  '{apiVersion: v1, kind: Service, metadata: {name: inner, namespace: shop}, spec: {type: ClusterIP}}',
  '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}, endpoints: [{nodeName: n1, targetRef: {name: hunter2}}]}',
  '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: inner-1, namespace: shop, labels: {kubernetes.io/service-name: inner}}, endpoints: []}',
  `{apiVersion: metallb.io/v1beta2, kind: BGPPeer, metadata: {name: p, namespace: metallb-system, annotations: {kubectl.kubernetes.io/last-applied-configuration: hunter2}},
    spec: {myASN: 1, peerASN: 2, peerAddress: 10.0.0.254, password: hunter2, passwordSecret: {name: bgp}}}`,
  '{apiVersion: v1, kind: Secret, metadata: {name: bgp, namespace: metallb-system}, data: {password: hunter2}}',
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: controller, namespace: metallb-system, labels: {app: metallb, component: controller}},
    spec: {template: {spec: {containers: [{name: controller, image: "quay.io/metallb/controller:v0.15.2", args: [--port=7472, --lb-class=lan],
      env: [{name: METALLB_BGP_TYPE, value: frr}, {name: TOKEN, value: hunter2}]}]}}}}`,
];

async function take(): Promise<Snapshot> {
  return takeSnapshot({
    reader: cluster,
    clock: manualClock(),
    signal,
    takenAt: '2026-01-02T03:04:05Z',
    namespace,
    compared: [],
  });
}

beforeEach(() => {
  cluster = memoryCluster();
  content.forEach((text) => cluster.put(object(text)));
  cluster.put(pool('a', '10.0.0.0/30'));
});

describe('taking a snapshot', () => {
  it('reads each kind once by a list, and no Secret', async () => {
    await take();
    expect(cluster.requests.every(({ verb, target }) => verb === 'list' && !target.includes('Secret'))).toBe(true);
    expect(new Set(cluster.requests.map(({ target }) => target)).size).toBe(cluster.requests.length);
  });

  it('keeps what decides about addresses and nothing that could be secret', async () => {
    const taken = await take();
    expect(JSON.stringify(snapshotJson(taken))).not.toContain('hunter2');
    expect(taken.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).toSorted()).toEqual([
      'BGPPeer p',
      'Deployment controller',
      'EndpointSlice web-1',
      'IPAddressPool a',
      'Namespace shop',
      'Node n1',
      'Service inner',
      'Service web',
    ]);
    const peer = taken.objects.find(({ kind }) => kind === 'BGPPeer');
    expect(peer?.['spec']).toMatchObject({ password: '(sensitive)', passwordSecret: { name: 'bgp' } });
    const web = taken.objects.find(({ metadata }) => metadata.name === 'web');
    expect(web).toMatchObject({
      metadata: { annotations: { 'metallb.io/address-pool': 'a' } },
      status: { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } },
    });
  });

  it('says which MetalLB it found', async () => {
    expect((await take()).metallb).toEqual({
      namespace,
      engine: 'upstream',
      version: '0.15.2',
      backend: 'frr',
      loadBalancerClass: 'lan',
    });
  });

  it('writes what the published schema says, and reads it back as the cluster it was', async () => {
    const taken = await take();
    const text = JSON.stringify(snapshotJson(taken));
    const schema = JSON.parse(
      readFileSync(new URL('../../schemas/snapshot.schema.json', import.meta.url), 'utf8'),
    ) as object;
    const validate = new Ajv.default({ allErrors: true, strictTypes: false, formats: { 'date-time': true } }).compile(
      schema,
    );
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
    const reader = openSnapshot(text, 'c.json');
    expect(reader.metallb?.version).toBe('0.15.2');
    const services = await reader.list('v1', 'Service', {}, signal);
    expect(services.items.map(({ metadata }) => metadata.name).toSorted()).toEqual(['inner', 'web']);
  });

  it('keeps kinds that are not served apart from those that are empty', async () => {
    cluster.served = (_apiVersion, kind) => kind !== 'BFDProfile';
    const reader = openSnapshot(JSON.stringify(snapshotJson(await take())), 'c.json');
    await expect(reader.list('metallb.io/v1beta1', 'BFDProfile', { namespace }, signal)).rejects.toMatchObject({
      code: 'kind-missing',
    });
    expect((await reader.list('metallb.io/v1beta1', 'Community', { namespace }, signal)).items).toEqual([]);
  });

  it('fails as a whole where kinds may not be listed, and names all of them', async () => {
    cluster.before = ({ target }) => {
      if (/^(?:Node|BGPPeer)/u.test(target)) {
        throw new Failure({ code: 'cluster-forbidden', retry: 'later', message: 'no' });
      }
    };
    const failed = await take().catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'cluster-forbidden' });
    expect(String(failed)).toContain('nodes, bgppeers.metallb.io');
  });

  it('fails where a list breaks off', async () => {
    cluster.after = ({ target }) => {
      if (target.startsWith('Service')) {
        throw new Failure({ code: 'cluster-error', retry: 'later', message: 'cut off' });
      }
    };
    await expect(take()).rejects.toMatchObject({ code: 'cluster-error' });
  });
});
