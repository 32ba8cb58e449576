import { listAt, textAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import type { Health } from './health.ts';

/**
 * A Service is there once it has its cluster address. For a LoadBalancer that says nothing about the outer address:
 * the message tells it, and the address itself is checked where it is promised.
 */
export function serviceHealth(object: KubeObject): Health {
  const root = asJson(object);
  const type = textAt(root, 'spec', 'type') ?? 'ClusterIP';
  const clusterIp = textAt(root, 'spec', 'clusterIP') ?? '';
  if (type === 'ExternalName') {
    return { status: 'Current', message: 'points to a name outside' };
  }
  if (clusterIp === '') {
    return { status: 'InProgress', message: 'has no cluster address yet' };
  }
  if (type !== 'LoadBalancer') {
    return { status: 'Current', message: 'has its cluster address' };
  }
  const addresses = listAt(root, 'status', 'loadBalancer', 'ingress').map(
    (ingress) => textAt(ingress, 'ip') ?? textAt(ingress, 'hostname') ?? '?',
  );
  const outside = addresses.length === 0 ? 'no outer address yet' : addresses.join(', ');
  return { status: 'Current', message: `has its cluster address; ${outside}` };
}
