import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { openKubeCluster } from '../../src/adapters/kube/open-cluster.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemHost } from '../../src/adapters/system/host.ts';
import { sha256 } from '../../src/adapters/system/digest.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import { syncEnvironment } from '../../src/engine/sync.ts';
import { someTerms } from '../engine/some-terms.ts';
import { anEnvironment } from '../domain/environment/an-environment.ts';
import { applyUpstreamCrds } from '../plane/metallb.ts';
import { startPlane, type Plane } from '../plane/plane.ts';
import { median, milliseconds, type BenchRow } from './measure.ts';

const objects = 1_000;
const connections = 16;
const namespace = 'metallb-system';

function pools(prefix: string, network = 30): readonly KubeObject[] {
  return Array.from({ length: objects }, (_, index) => ({
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name: `${prefix}-${index}`, namespace, labels: { bench: prefix } },
    spec: { addresses: [`10.${network + Math.floor(index / 250)}.${index % 250}.0/28`] },
  }));
}

/** The bare loop: server-side applies over keep-alive connections and nothing else. */
async function barePatchLoop(plane: Plane, wanted: readonly KubeObject[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, ca: readFileSync(plane.ca) });
  const queue = [...wanted];
  async function lane(): Promise<void> {
    for (let object = queue.shift(); object !== undefined; object = queue.shift()) {
      await patch(plane, agent, object);
    }
  }
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, lane));
  agent.destroy();
  return performance.now() - started;
}

async function patch(plane: Plane, agent: Agent, object: KubeObject): Promise<void> {
  const path = `/apis/metallb.io/v1beta1/namespaces/${namespace}/ipaddresspools/${object.metadata.name}?fieldManager=bench`;
  const headers = {
    authorization: `Bearer ${plane.adminToken}`,
    'content-type': 'application/apply-patch+yaml',
  };
  await new Promise<void>((resolve, reject) => {
    const call = request(new URL(path, plane.server), { method: 'PATCH', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        if (status < 300) {
          resolve();
        } else {
          reject(new Error(`PATCH answered ${status}`));
        }
      });
    });
    call.on('error', reject);
    call.end(JSON.stringify(object));
  });
}

interface Timed {
  readonly ms: number;
  readonly applied: number;
}

async function timedSync(plane: Plane, name: string, manifests: readonly Manifest[]): Promise<Timed> {
  const cluster = openKubeCluster({
    kubeconfig: plane.kubeconfig,
    context: undefined,
    inCluster: false,
    env: {},
  });
  const started = performance.now();
  const result = await syncEnvironment({
    reader: cluster,
    writer: cluster,
    clock: systemClock,
    host: systemHost,
    digest: sha256,
    signal: new AbortController().signal,
    emit: () => undefined,
    environment: anEnvironment({ name }),
    revision: name,
    manifests,
    terms: someTerms(),
  });
  if (result.outcome !== 'healthy') {
    throw new Error(`the sync ended ${result.outcome}: ${result.failure?.message ?? ''}`);
  }
  return { ms: performance.now() - started, applied: result.applied };
}

/** 1,000 new and 1,000 unchanged objects on the real API server, beside a bare 16-way PATCH loop on the same server. */
export async function benchApply(): Promise<readonly BenchRow[]> {
  const plane = await startPlane({ audit: 'writes' });
  try {
    await plane.kubectl('create', 'namespace', namespace);
    await applyUpstreamCrds(plane, '0.15.2');
    const bare: number[] = [];
    const created: number[] = [];
    const unchanged: Timed[] = [];
    for (const round of ['warm', 'a', 'b', 'c']) {
      const manifests = pools(`ours-${round}`).map((object): Manifest => ({ step: 'pools', object }));
      const loop = await barePatchLoop(plane, pools(`bare-${round}`, 130));
      const first = await timedSync(plane, `bench-${round}`, manifests);
      const second = await timedSync(plane, `bench-${round}`, manifests);
      if (round !== 'warm') {
        bare.push(loop);
        created.push(first.ms);
        unchanged.push(second);
      }
      await plane.kubectl('delete', 'ipaddresspools', '--all', '-n', namespace, '--wait=false');
    }
    const share = median(bare) / median(created);
    const idle = median(unchanged.map(({ ms }) => ms));
    const writes = unchanged.reduce((sum, { applied }) => sum + applied, 0);
    return [
      {
        what: '1,000 new objects on the real API server',
        ours: milliseconds(median(created)),
        alternative: `bare 16-way PATCH loop ${milliseconds(median(bare))}`,
        ratio: share,
        target: '>= 0.60 of the bare loop',
        reached: share >= 0.6,
      },
      {
        what: '1,000 unchanged objects',
        ours: `${milliseconds(idle)}, ${writes} writes`,
        alternative: 'Flux 3.5 to 3.9 s (measured earlier)',
        ratio: undefined,
        target: '<= 500 ms, 0 writes',
        reached: idle <= 500 && writes === 0,
      },
    ];
  } finally {
    await plane.stop();
  }
}
