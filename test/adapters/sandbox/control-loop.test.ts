import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../../src/adapters/sandbox/start-sandbox.ts';
import type { Sandbox } from '../../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { ApiClient } from '../../contracts/kube-api/api-client.ts';
import { at, definitionsPath } from '../../contracts/kube-api/fixtures.ts';

let sandbox: Sandbox | undefined;
let client: ApiClient | undefined;

beforeAll(async () => {
  sandbox = await startSandbox({ clock: systemClock, nodes: 2, podStartMs: 20 });
  client = new ApiClient(sandbox.server, sandbox.token, sandbox.certificate);
});

afterAll(async () => {
  client?.close();
  await sandbox?.stop();
});

async function post(path: string, body: unknown): Promise<void> {
  const answer = await client?.call({ method: 'POST', path, body });
  expect(answer?.code).toBe(201);
}

async function eventually(path: string, field: string, wanted: unknown): Promise<void> {
  let seen: unknown;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await client?.call({ method: 'GET', path });
    seen = answer === undefined ? undefined : at(answer, field);
    if (seen === wanted) {
      return;
    }
    await systemClock.sleep(20, new AbortController().signal);
  }
  expect(seen).toEqual(wanted);
}

function workload(kind: string, name: string, spec: object): object {
  const labels = { app: 'metallb', part: name };
  const template = {
    metadata: { labels },
    spec: { containers: [{ name, image: 'x:1', ports: [{ name: 'http', containerPort: 80 }] }] },
  };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, labels },
    spec: { ...spec, selector: { matchLabels: labels }, template },
  };
}

const apps = '/apis/apps/v1/namespaces/default';

describe('the sandbox', () => {
  it('rolls workloads out, points Services at their pods and gives addresses from the pools', async () => {
    await post(`${apps}/deployments`, workload('Deployment', 'controller', { replicas: 2 }));
    await post(`${apps}/daemonsets`, workload('DaemonSet', 'speaker', {}));
    await eventually(`${apps}/deployments/controller`, 'status.availableReplicas', 2);
    await eventually(`${apps}/daemonsets/speaker`, 'status.numberAvailable', 2);
    const spec = { type: 'LoadBalancer', selector: { part: 'controller' }, ports: [{ port: 80, targetPort: 'http' }] };
    await post('/api/v1/namespaces/default/services', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec,
    });
    await eventually('/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/web-slice', 'endpoints.length', 2);
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
    await post(definitionsPath, {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'ipaddresspools.metallb.io' },
      spec: {
        group: 'metallb.io',
        names: { kind: 'IPAddressPool', plural: 'ipaddresspools' },
        scope: 'Namespaced',
        versions: [{ name: 'v1beta1', served: true, storage: true, schema }],
      },
    });
    const pools = '/apis/metallb.io/v1beta1/namespaces/default/ipaddresspools';
    await eventually(pools, 'kind', 'IPAddressPoolList');
    await post(pools, {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'IPAddressPool',
      metadata: { name: 'default' },
      spec: { addresses: ['192.168.1.220-192.168.1.250'] },
    });
    await eventually('/api/v1/namespaces/default/services/web', 'status.loadBalancer.ingress.0.ip', '192.168.1.220');
  });

  it('refuses what is too large without reading it all', async () => {
    const data = { x: 'x'.repeat(4 * 1024 * 1024) };
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'big' }, data };
    // The server ends this connection, so no other call may come to share it.
    const sender = new ApiClient(sandbox?.server ?? '', sandbox?.token ?? '', sandbox?.certificate ?? '');
    const answer = await sender
      .call({ method: 'POST', path: '/api/v1/namespaces/default/configmaps', body })
      .catch(() => undefined);
    sender.close();
    expect([413, undefined]).toContain(answer?.code);
  });

  it('stops with watches open', async () => {
    const other = await startSandbox({ clock: systemClock, nodes: 1 });
    const watcher = new ApiClient(other.server, other.token, other.certificate);
    const watch = watcher.call({ method: 'GET', path: '/api/v1/pods?watch=true' }).catch(() => undefined);
    await watcher.call({ method: 'GET', path: '/readyz' });
    await other.stop();
    await watch;
    watcher.close();
  });
});
