import { environmentStatus, type EnvironmentStatus } from '../domain/report/environment-status.ts';
import { readInventory } from './keep-inventory.ts';
import { planEnvironment, type PlanRequest } from './plan-environment.ts';

/** Compares an environment with its cluster and judges its health. Changes nothing. */
export async function assessStatus(request: Omit<PlanRequest, 'inventory'>): Promise<EnvironmentStatus> {
  const { inventory } = await readInventory(request);
  const { plan, live } = await planEnvironment({ ...request, inventory });
  return environmentStatus(plan, live, { deployedRevision: inventory.revision, verifiedAt: request.clock.now() });
}
