import { listAt, textAt, valueAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { readyEndpoints } from './endpoint-slice.ts';
import type { Health } from './health.ts';

/** True where somebody answers behind the webhook's Service. */
export function webhookReady(endpointSlices: readonly KubeObject[]): boolean {
  return readyEndpoints(endpointSlices).ready > 0;
}

/**
 * A webhook configuration is good once each of its hooks that calls a Service has the certificate of its server and that
 * Service has a ready endpoint. Before that it refuses every write it is asked about.
 */
export function webhookHealth(configuration: KubeObject | undefined, endpointSlices: readonly KubeObject[]): Health {
  if (configuration === undefined) {
    return { status: 'NotFound', message: 'the webhook configuration is not there' };
  }
  const hooks = listAt(asJson(configuration), 'webhooks').filter(
    (hook) => valueAt(hook, 'clientConfig', 'service') !== undefined,
  );
  const name = configuration.metadata.name;
  const uncertified = hooks.filter((hook) => (textAt(hook, 'clientConfig', 'caBundle') ?? '') === '');
  if (uncertified.length > 0) {
    return {
      status: 'InProgress',
      message: `${uncertified.length} of ${hooks.length} webhooks of ${name} wait for their certificate (caBundle)`,
    };
  }
  const { ready, all } = readyEndpoints(endpointSlices);
  return ready > 0
    ? { status: 'Current', message: `webhook ${name} answers: ${ready} of ${all} endpoints ready` }
    : { status: 'InProgress', message: `webhook ${name} has no ready endpoint (${ready} of ${all})` };
}
