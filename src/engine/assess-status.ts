import type { MetalLbSettings } from '../domain/environment/environment.ts';
import { environmentStatus, type EnvironmentStatus } from '../domain/report/environment-status.ts';
import type { ClusterReader } from '../ports/cluster.ts';
import type { PodReader } from '../ports/pod-reader.ts';
import { readInventory } from './keep-inventory.ts';
import { planEnvironment, type PlanRequest } from './plan-environment.ts';
import { readConfiguration } from './read-configuration.ts';

export interface StatusRequest extends Omit<PlanRequest, 'inventory'> {
  readonly reader: ClusterReader & PodReader;
  readonly metallb: MetalLbSettings;
}

/** Compares an environment with its cluster and judges its health, in one look. Changes nothing. */
export async function assessStatus(request: StatusRequest): Promise<EnvironmentStatus> {
  const { inventory } = await readInventory(request);
  const [{ plan, live }, reports] = await Promise.all([
    planEnvironment({ ...request, inventory }),
    readConfiguration({ ...request, pods: request.reader }),
  ]);
  const { revision: deployedRevision } = inventory;
  return environmentStatus(plan, live, { deployedRevision, verifiedAt: request.clock.now(), reports });
}
