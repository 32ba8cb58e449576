import { textAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import type { Health } from './health.ts';

/** A namespace takes objects while it is Active; one without phase is served by something that sets none. */
export function namespaceHealth(object: KubeObject): Health {
  const phase = textAt(asJson(object), 'status', 'phase') ?? 'Active';
  return phase === 'Terminating'
    ? { status: 'Terminating', message: 'is being deleted' }
    : { status: 'Current', message: 'active' };
}
