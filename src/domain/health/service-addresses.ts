import type { ServiceOutcome } from '../address-plan/address-plan.ts';
import { listAt, textAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import type { Health } from './health.ts';

function heldBy(service: KubeObject): readonly string[] {
  return listAt(asJson(service), 'status', 'loadBalancer', 'ingress')
    .map((entry) => textAt(entry, 'ip') ?? textAt(entry, 'hostname') ?? '')
    .filter((address) => address !== '');
}

function wantsNone(live: KubeObject | undefined): live is undefined {
  return (
    live === undefined ||
    live.metadata.deletionTimestamp !== undefined ||
    textAt(asJson(live), 'spec', 'type') !== 'LoadBalancer'
  );
}

/**
 * Whether a Service holds what the plan said it would. What had no address before and has none now is Unknown, not bad:
 * the change is not to blame. What had one and should have one is waited for.
 */
export function serviceAddressHealth(planned: ServiceOutcome, live: KubeObject | undefined): Health {
  if (wantsNone(live)) {
    return { status: 'Current', message: 'asks for no address any more' };
  }
  const held = heldBy(live);
  const words = held.length === 0 ? 'none' : held.join(', ');
  switch (planned.verdict) {
    case 'kept': {
      const gone = planned.before.filter((address) => !held.includes(address));
      return gone.length === 0
        ? { status: 'Current', message: `holds ${words}` }
        : { status: 'InProgress', message: `held ${gone.join(', ')} before the change and now holds ${words}` };
    }
    case 'moved':
      return held.length > 0
        ? { status: 'Current', message: `holds ${words}` }
        : { status: 'InProgress', message: `held ${planned.before.join(', ')}, should move, and holds none` };
    case 'gained':
      return held.length > 0
        ? { status: 'Current', message: `holds ${words}` }
        : { status: 'Unknown', message: 'has no address yet, as before the change' };
    case 'lost':
    case 'pending':
      return { status: 'Current', message: `holds ${words}, as planned` };
  }
}
