import type { Health } from '../domain/health/health.ts';
import { webhookHealth } from '../domain/health/webhook.ts';
import { listAt, textAt } from '../domain/json.ts';
import { asJson, type KubeObject } from '../domain/manifest/kube-object.ts';
import { objectIdOf } from '../domain/manifest/object-id.ts';
import type { ClusterReader } from '../ports/cluster.ts';

/**
 * A validating webhook refuses every write while nobody answers for it. So the controller's step is healthy only when
 * each of these webhook configurations has its certificate and a ready endpoint. undefined: nothing more to wait for.
 */
export async function webhookGate(
  reader: ClusterReader,
  configurations: readonly KubeObject[],
  signal: AbortSignal,
): Promise<Health | undefined> {
  for (const wanted of configurations) {
    const live = await reader.get(wanted.apiVersion, objectIdOf(wanted), signal);
    const service = listAt(asJson(wanted), 'webhooks')[0];
    const slices = await reader.list(
      'discovery.k8s.io/v1',
      'EndpointSlice',
      {
        namespace: textAt(service, 'clientConfig', 'service', 'namespace') ?? '',
        labelSelector: `kubernetes.io/service-name=${textAt(service, 'clientConfig', 'service', 'name') ?? ''}`,
      },
      signal,
    );
    const health = webhookHealth(live, slices.items);
    if (health.status !== 'Current') {
      return health;
    }
  }
  return undefined;
}
