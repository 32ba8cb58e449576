import { environmentLabel, stateNamespace } from '../identity.ts';
import type { LeaseName } from './lease.ts';

/** The Lease that is an environment's lock. */
export function syncLease(environment: string): LeaseName {
  return { namespace: stateNamespace, name: `sync-${environment}`, labels: { [environmentLabel]: environment } };
}
