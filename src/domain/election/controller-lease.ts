import type { LeaseName } from '../lock/lease.ts';

/** The Lease by which the controllers of a namespace agree on who allocates. */
export function controllerLease(namespace: string): LeaseName {
  return { namespace, name: 'metalwave-controller', labels: {} };
}
