import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAt, numberAt, textAt, type Json } from '../../src/domain/json.ts';
import { type Plane, planeUnavailable, readAudit, startPlane } from '../plane/plane.ts';
import { configPath } from '../road/config-repository.ts';
import { ourWrites, Road, targetOf } from '../road/road.ts';

const reason = planeUnavailable();
const held = '192.168.1.230';

function config(engine: 'upstream' | 'native'): Readonly<Record<string, string>> {
  const text = `metallb:
  engine: ${engine}
  monitoring: { enabled: false }
  ipAddressPool:
    - { name: default, addresses: [192.168.1.220-192.168.1.250] }
`;
  return { [configPath('prod')]: text };
}

/** A Service as MetalLB leaves it: with an address, and where that came from. */
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'default', annotations: { 'metallb.io/ip-allocated-from-pool': 'default' } },
  spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
};

/** What became of pods in MetalLB's namespace since that record, each verb where it comes first. */
function controllerPodChanges(plane: Plane, from: number): readonly string[] {
  const changes = readAudit(plane)
    .slice(from)
    .filter(({ objectRef }) => objectRef?.resource === 'pods' && objectRef.namespace === 'metallb-system')
    .filter(({ verb, objectRef }) => verb === 'delete' || (verb === 'create' && objectRef?.subresource === undefined))
    .map(({ verb }) => verb);
  return [...new Set(changes)];
}

describe.skipIf(reason !== undefined)('a change of the engine', () => {
  let plane: Plane;
  let road: Road;

  const read = async (...what: readonly string[]): Promise<Json> =>
    JSON.parse(await plane.kubectl('get', ...what, '-o', 'json')) as Json;
  const inMetalLb = async (...what: readonly string[]): Promise<Json> => read('-n', 'metallb-system', ...what);
  const sync = async (): Promise<void> => {
    const ended = await road.run('sync', '--env', 'prod');
    expect([ended.code, ended.err]).toEqual([0, expect.stringContaining('everything is applied and healthy')]);
  };

  beforeAll(async () => {
    plane = await startPlane({ nodes: 1 });
    road = new Road(plane.kubeconfig, config('upstream'));
    await sync();
    await plane.kubectlApply(service);
    const status = JSON.stringify({ status: { loadBalancer: { ingress: [{ ip: held }] } } });
    await plane.kubectl('patch', 'service', 'web', '--subresource=status', '--type=merge', '-p', status);
  });
  afterAll(async () => {
    road.close();
    await plane.stop();
  });

  it('is planned as one that leaves every Service its address', async () => {
    road.repository.commit(config('native'));
    const { code, out } = await road.run('plan', '--env', 'prod');
    expect(code).toBe(0);
    expect(out).toMatch(/, 0 to destroy/u);
    expect(out).not.toMatch(/web.*(?:loses|moves)/u);
  });

  it('rolls out our controller in the place of the other one, and never beside it', async () => {
    const from = readAudit(plane).length;
    await sync();
    const deployment = await inMetalLb('deployment', 'controller');
    expect(textAt(deployment, 'spec', 'strategy', 'type')).toBe('Recreate');
    expect(numberAt(deployment, 'status', 'readyReplicas')).toBe(2);
    // The server writes its audit log with a short delay.
    await expect.poll(() => controllerPodChanges(plane, from), { timeout: 30_000 }).toEqual(['delete', 'create']);
  });

  it("leaves upstream's speakers as they are, one roll-out behind them", async () => {
    expect(numberAt(await inMetalLb('daemonset', 'speaker'), 'metadata', 'generation')).toBe(1);
  });

  it('has nothing to write when it is done', async () => {
    const before = (await ourWrites(plane)).length;
    await sync();
    const more = (await ourWrites(plane)).slice(before);
    expect(more.map((record) => targetOf(record))).toEqual([]);
  });

  it('goes back, and every Service has the address it had', async () => {
    road.repository.commit(config('upstream'));
    await sync();
    const deployment = await inMetalLb('deployment', 'controller');
    expect(numberAt(deployment, 'spec', 'replicas')).toBe(1);
    expect(textAt(deployment, 'spec', 'template', 'spec', 'containers', 0, 'image')).toContain('metallb/controller');
    expect(listAt(deployment, 'spec', 'template', 'spec', 'containers', 0, 'command')).toEqual([]);
    expect(textAt(await read('service', 'web'), 'status', 'loadBalancer', 'ingress', 0, 'ip')).toBe(held);
  });
});
