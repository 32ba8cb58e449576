import { openKubeCluster } from '../../adapters/kube/open-cluster.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { Failure } from '../../domain/failure.ts';
import { textAt } from '../../domain/json.ts';
import { asJson, type KubeObject } from '../../domain/manifest/kube-object.ts';
import { objectIdOf } from '../../domain/manifest/object-id.ts';
import { withRetry } from '../../engine/with-retry.ts';

/** A Service of the tour and the address it was given. */
export interface DemoService {
  readonly name: string;
  readonly address: string;
}

const namespace = 'shop';
const names = ['web', 'api'];
const pollMs = 50;
const patienceMs = 30_000;

function objectsOf(name: string): readonly KubeObject[] {
  const metadata = { name, namespace, labels: { app: name } };
  const selector = { app: name };
  const container = { name, image: `registry.example/${name}:1.4.2`, ports: [{ name: 'http', containerPort: 8080 }] };
  const template = { metadata: { labels: selector }, spec: { containers: [container] } };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: { replicas: 2, selector: { matchLabels: selector }, template },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { type: 'LoadBalancer', selector, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
    },
  ];
}

/** Deploys an application as its team would, and waits until the controller has given its Services addresses. */
export async function deployShop(
  kubeconfig: string,
  context: string,
  signal: AbortSignal,
): Promise<readonly DemoService[]> {
  const cluster = openKubeCluster({ kubeconfig, context, inCluster: false, env: {} });
  // The control plane may have been asked for faults.
  const patient = { clock: systemClock, signal };
  /** Creates the object once, however often that takes. */
  async function place(object: KubeObject): Promise<void> {
    await withRetry(async () => {
      const live = await cluster.get(object.apiVersion, objectIdOf(object), signal);
      if (live === undefined) {
        await cluster.create(object, signal);
      }
    }, patient);
  }
  async function addressOf(name: string): Promise<string> {
    const deadline = systemClock.monotonic() + patienceMs;
    while (systemClock.monotonic() < deadline) {
      const id = { group: '', kind: 'Service', namespace, name };
      const live = await withRetry(() => cluster.get('v1', id, signal), patient);
      const address = live && textAt(asJson(live), 'status', 'loadBalancer', 'ingress', 0, 'ip');
      if (address !== undefined) {
        return address;
      }
      await systemClock.sleep(pollMs, signal);
    }
    const message = `Service ${namespace}/${name} was given no address`;
    const remedy = `kubectl --context ${context} -n ${namespace} describe service ${name} says why.`;
    throw new Failure({ code: 'cluster-error', retry: 'later', message, remedy });
  }
  try {
    await place({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    for (const object of names.flatMap((name) => objectsOf(name))) {
      await place(object);
    }
    const services: DemoService[] = [];
    for (const name of names) {
      services.push({ name: `${namespace}/${name}`, address: await addressOf(name) });
    }
    return services;
  } finally {
    cluster.close();
  }
}
