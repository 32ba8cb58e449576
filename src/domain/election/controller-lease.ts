import { managedByLabel, managedByValue } from '../identity.ts';
import { leaseApiVersion, type LeaseState } from '../lock/sync-lease.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import type { ObjectId } from '../manifest/object-id.ts';
import { formatUtc } from '../time/utc-time.ts';

/** The Lease by which the controllers of a namespace agree on who allocates. */
export function controllerLeaseId(namespace: string): ObjectId {
  return { group: 'coordination.k8s.io', kind: 'Lease', namespace, name: 'metalwave-controller' };
}

/** The Lease as it is written; without a holder it is free. */
export function controllerLease(namespace: string, { holder, transitions }: LeaseState): KubeObject {
  const held =
    holder === undefined
      ? {}
      : {
          holderIdentity: holder.identity,
          leaseDurationSeconds: holder.leaseMs / 1000,
          acquireTime: formatUtc(holder.since ?? 0, 6),
          renewTime: formatUtc(holder.renewed ?? 0, 6),
        };
  return {
    apiVersion: leaseApiVersion,
    kind: 'Lease',
    metadata: { name: controllerLeaseId(namespace).name, namespace, labels: { [managedByLabel]: managedByValue } },
    spec: { leaseTransitions: transitions, ...held },
  };
}
