import { beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/system/digest.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { Plan } from '../../src/domain/plan/plan.ts';
import type { AddressRules } from '../../src/domain/plan/planned-addresses.ts';
import { planEnvironment } from '../../src/engine/plan-environment.ts';
import { applied, object, pool } from '../domain/plan/objects.ts';
import { manualClock } from './manual-clock.ts';
import { memoryCluster, type MemoryCluster } from './memory-cluster.ts';

const rules: AddressRules = {
  namespace: 'metallb-system',
  profile: 'metallb-0.15',
  loadBalancerClass: undefined,
  writes: 'grow-first',
};
let cluster: MemoryCluster = memoryCluster();

async function planOf(...addresses: readonly string[]): Promise<Plan> {
  const { plan } = await planEnvironment({
    reader: cluster,
    clock: manualClock(),
    digest: sha256,
    signal: new AbortController().signal,
    environment: 'prod',
    revision: '1',
    manifests: [{ step: 'pools', object: pool('a', ...addresses) }],
    inventory: undefined,
    addresses: rules,
  });
  return plan;
}

function fates({ addresses }: Plan): readonly string[] {
  const services = addresses?.state === 'predicted' ? addresses.plan.services : [];
  return services.map(({ name, verdict, after }) => `${name} ${verdict} ${after.join(' or ')}`);
}

function putService(name: string, address: string): void {
  cluster.put(
    object(`{apiVersion: v1, kind: Service, metadata: {name: ${name}, namespace: shop},
      spec: {type: LoadBalancer, clusterIP: 10.96.0.9, clusterIPs: [10.96.0.9]}, status: {loadBalancer: {ingress: [{ip: ${address}}]}}}`),
  );
}

beforeEach(() => {
  cluster = memoryCluster();
  cluster.put(object('{apiVersion: v1, kind: Namespace, metadata: {name: shop}}'));
  cluster.put(applied(pool('a', '10.0.0.0/30')));
  cluster.put(pool('foreign', '10.9.0.0/32'));
  putService('web', '10.0.0.1');
  putService('guest', '10.9.0.0');
});

describe('a plan that looks at addresses', () => {
  it('predicts on all pools of the namespace, whoever made them, and on the fields as the server would leave them', async () => {
    expect(fates(await planOf('10.0.0.0/30'))).toEqual(['guest kept 10.9.0.0', 'web kept 10.0.0.1']);
    expect(fates(await planOf('10.0.0.2/32'))).toEqual(['guest kept 10.9.0.0', 'web moved 10.0.0.2']);
  });

  it('reads one list a kind', async () => {
    await planOf('10.0.0.0/30');
    const lists = cluster.requests.filter(({ verb }) => verb === 'list').map(({ target }) => target);
    expect(lists).toHaveLength(new Set(lists).size);
  });

  it('says why it predicts nothing where a kind may not be listed', async () => {
    cluster.before = ({ verb, target }) => {
      if (verb === 'list' && target === 'Node') {
        throw new Failure({ code: 'cluster-forbidden', retry: 'later', message: 'no' });
      }
    };
    const { addresses } = await planOf('10.0.0.2/32');
    expect(addresses).toMatchObject({ state: 'unknown' });
    expect(JSON.stringify(addresses)).toContain('list nodes;');
  });

  it('takes kinds that are not served for empty', async () => {
    cluster.served = (_apiVersion, kind) => kind !== 'BGPPeer';
    expect(fates(await planOf('10.0.0.0/30'))).toHaveLength(2);
  });

  it('fails where a list breaks off, in place of a plan on half of it', async () => {
    cluster.after = ({ target }) => {
      if (target === 'Service') {
        throw new Failure({ code: 'cluster-error', retry: 'later', message: 'cut off' });
      }
    };
    await expect(planOf('10.0.0.0/30')).rejects.toMatchObject({ code: 'cluster-error' });
  });

  it('has a hash that changes with who is affected, and with nothing else that lives', async () => {
    const before = await planOf('10.0.0.2/32');
    cluster.put(object('{apiVersion: v1, kind: Node, metadata: {name: n9}}'));
    expect((await planOf('10.0.0.2/32')).hash).toBe(before.hash);
    putService('late', '10.0.0.3');
    expect((await planOf('10.0.0.2/32')).hash).not.toBe(before.hash);
  });
});
