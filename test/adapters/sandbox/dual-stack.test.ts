import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../contracts/kube-api/fixtures.ts';
import { SmallCluster, apps, core, workload } from './small-cluster.ts';

const slices = '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices';
const selector = { app: 'web' };

describe('an embedded control plane with both families', () => {
  let cluster: SmallCluster;
  beforeAll(async () => {
    cluster = await SmallCluster.start({ dualStack: true });
    await cluster.create(`${apps}/deployments`, workload('Deployment', 'web', selector, 80, { replicas: 2 }));
    await cluster.untilField(`${apps}/deployments/web`, 'status.availableReplicas', 2);
  });
  afterAll(async () => {
    await cluster.stop();
  });

  it('has them on nodes and pods, IPv4 first', async () => {
    const node = await cluster.get('/api/v1/nodes/node-2');
    expect(at(node, 'spec.podCIDRs')).toEqual(['10.244.1.0/24', 'fd00:10:244:1::/64']);
    expect(at(node, 'status.addresses')).toMatchObject([
      { type: 'InternalIP', address: '192.168.1.12' },
      { type: 'InternalIP', address: 'fd00:192:168:1::c' },
      { type: 'Hostname' },
    ]);
    const pods = await cluster.get(`${core}/pods`);
    const addresses = [0, 1].map((index) => at(pods, `items.${index}.status.podIPs`)) as { ip: string }[][];
    expect(addresses.flat().every(({ ip }, index) => ip.includes(':') === (index % 2 === 1))).toBe(true);
    expect(new Set(addresses.flat().map(({ ip }) => ip)).size).toBe(4);
    expect(at(pods, 'items.0.status.podIP')).toBe(addresses[0]?.[0]?.ip);
  });

  it('has endpoints of the families that a Service has, and of no other', async () => {
    const spec = { selector, ports: [{ port: 80 }], ipFamilyPolicy: 'PreferDualStack' };
    await cluster.create(`${core}/services`, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec });
    const second = await cluster.until(`${slices}/web-slice-ipv6`, ({ code }) => code === 200);
    expect(at(second, 'addressType')).toBe('IPv6');
    expect(at(second, 'endpoints.1.addresses.0')).toMatch(/^fd00:10:244:/u);
    expect(at(await cluster.get(`${slices}/web-slice`), 'endpoints.1.addresses.0')).toMatch(/^10\.244\./u);
    await cluster.merge(`${core}/services/web`, { spec: { ipFamilyPolicy: 'SingleStack' } });
    await cluster.until(`${slices}/web-slice-ipv6`, ({ code }) => code === 404);
    expect((await cluster.get(`${slices}/web-slice`)).code).toBe(200);
  });
});
