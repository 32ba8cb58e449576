import { openKubeCluster } from '../../src/adapters/kube/open-cluster.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { sha256 } from '../../src/adapters/system/digest.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import { planEnvironment } from '../../src/engine/plan-environment.ts';
import { applyUpstreamCrds } from '../plane/metallb.ts';
import { startPlane, type Plane } from '../plane/plane.ts';
import { median, milliseconds, type BenchRow } from './measure.ts';

const each = 500;
const namespace = 'metallb-system';

function pool(index: number, prefix: number): KubeObject {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name: `pool-${index}`, namespace },
    spec: { addresses: [`10.${40 + Math.floor(index / 250)}.${index % 250}.0/${prefix}`] },
  };
}

function service(index: number): KubeObject {
  const spec = { type: 'LoadBalancer', ports: [{ port: 80 }], allocateLoadBalancerNodePorts: false };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: `web-${index}`, namespace: 'default' }, spec };
}

async function timed(plane: Plane, manifests: readonly Manifest[]): Promise<number> {
  const reader = openKubeCluster({ kubeconfig: plane.kubeconfig, context: undefined, inCluster: false, env: {} });
  const started = performance.now();
  const { plan } = await planEnvironment({
    reader,
    clock: systemClock,
    digest: sha256,
    signal: AbortSignal.timeout(60_000),
    environment: 'bench',
    revision: 'bench',
    manifests,
    inventory: undefined,
    addresses: { namespace, profile: 'metallb-0.15', loadBalancerClass: undefined, writes: 'grow-first' },
  });
  if (plan.addresses?.state !== 'predicted' || plan.addresses.plan.services.length !== each) {
    throw new Error('the plan does not tell of every Service');
  }
  return performance.now() - started;
}

/** A plan with all its addresses against the real API server: 500 pools, ten of them changed, and 500 Services. */
export async function benchPlan(): Promise<readonly BenchRow[]> {
  const plane = await startPlane({ audit: 'writes' });
  try {
    await plane.kubectl('create', 'namespace', namespace);
    await applyUpstreamCrds(plane, '0.15.2');
    const indexes = Array.from({ length: each }, (_, index) => index);
    await plane.kubectlApply(...indexes.map((index) => pool(index, 28)), ...indexes.map((index) => service(index)));
    const manifests = indexes.slice(0, 10).map((index): Manifest => ({ step: 'pools', object: pool(index, 27) }));
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      times.push(await timed(plane, manifests));
    }
    const time = median(times.slice(1));
    const row = { what: 'a plan against a live cluster with 1,000 objects', alternative: '', ratio: undefined };
    return [{ ...row, ours: milliseconds(time), target: '<= 1 s', reached: time <= 1_000 }];
  } finally {
    await plane.stop();
  }
}
