import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMetalLbMetrics } from '../../../src/domain/health/configuration/metallb-metrics.ts';
import { at, refusal } from '../../contracts/kube-api/fixtures.ts';
import { SmallCluster, apps, core, workload } from './small-cluster.ts';

describe('pods of the embedded control plane', () => {
  let cluster: SmallCluster;
  let speaker = '';
  let web = '';

  beforeAll(async () => {
    cluster = await SmallCluster.start({ nodes: 1 });
    await cluster.create(
      `${apps}/daemonsets`,
      workload('DaemonSet', 'speaker', { app: 'metallb', component: 'speaker' }, 7472),
    );
    await cluster.create(`${apps}/deployments`, workload('Deployment', 'web', { app: 'web' }, 80));
    await cluster.create(`${core}/services`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 8080, targetPort: 'monitoring' }] },
    });
    await cluster.untilField(`${apps}/daemonsets/speaker`, 'status.numberAvailable', 1);
    await cluster.untilField(`${apps}/deployments/web`, 'status.availableReplicas', 1);
    speaker = String(at(await cluster.get(`${core}/pods?labelSelector=component%3Dspeaker`), 'items.0.metadata.name'));
    web = String(at(await cluster.get(`${core}/pods?labelSelector=app%3Dweb`), 'items.0.metadata.name'));
  });

  afterAll(async () => {
    await cluster.stop();
  });

  it('say of MetalLB that it has taken its configuration', async () => {
    const page = await cluster.get(`${core}/pods/${speaker}:7472/proxy/metrics`);
    expect(readMetalLbMetrics(page.text)).toMatchObject({
      kind: 'metrics',
      loaded: true,
      stale: false,
      updateErrors: 0,
    });
    expect((await cluster.get(`${core}/pods/${speaker}:monitoring/proxy/other`)).code).toBe(404);
  });

  it('answer with their name, by themselves and through a Service', async () => {
    expect((await cluster.get(`${core}/pods/${web}/proxy/`)).text).toBe(`${web}\n`);
    expect((await cluster.get(`${core}/pods/http:${web}:80/proxy`)).text).toBe(`${web}\n`);
    expect((await cluster.get(`${core}/services/web:http/proxy/any/path`)).text).toBe(`${web}\n`);
    expect((await cluster.get(`${core}/services/web:8080/proxy/`)).text).toBe(`${web}\n`);
  });

  it('refuse what nobody listens to', async () => {
    const refused = await cluster.get(`${core}/pods/${web}:81/proxy/`);
    expect(refusal(refused)).toMatchObject({ code: 503, reason: 'ServiceUnavailable' });
    expect(at(refused, 'message')).toMatch(
      /^error trying to reach service: dial tcp .*:81: connect: connection refused$/u,
    );
    expect(refusal(await cluster.get(`${core}/pods/nobody/proxy/`))).toMatchObject({ code: 404, reason: 'NotFound' });
    expect((await cluster.get(`${core}/services/nobody/proxy/`)).code).toBe(404);
    expect((await cluster.get(`${core}/services/web:nothing/proxy/`)).code).toBe(503);
    expect((await cluster.get(`${core}/pods/a:b:c:d/proxy/`)).code).toBe(400);
  });

  it('have a log for each container', async () => {
    expect((await cluster.get(`${core}/pods/${web}/log`)).text).toMatch(/^\S+Z web started\n$/u);
    expect((await cluster.get(`${core}/pods/${web}/log?container=other`)).code).toBe(400);
    expect((await cluster.call('POST', `${core}/pods/${web}/log`, {})).code).toBe(405);
  });

  it('are told of with what stands below them', async () => {
    const resources = at(await cluster.get('/api/v1'), 'resources') as readonly { readonly name: string }[];
    expect(resources.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['pods/log', 'pods/proxy', 'services/proxy']),
    );
  });
});
