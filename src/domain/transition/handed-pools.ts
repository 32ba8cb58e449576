import { objectKey, type ObjectKey } from '../manifest/object-id.ts';
import type { Change } from '../plan/plan.ts';
import type { PlannedAddresses } from '../plan/planned-addresses.ts';
import type { Transition } from './transition.ts';

/**
 * Pools that a transition deletes and of whose addresses every Service keeps its own, by the prediction. They need no
 * approval. Where nothing could be predicted there are none.
 */
export function handedPools(
  transition: Transition | undefined,
  changes: readonly Change[],
  addresses: PlannedAddresses | undefined,
): ReadonlySet<ObjectKey> {
  if (transition === undefined || transition.refusal !== undefined || addresses?.state !== 'predicted') {
    return new Set();
  }
  const outcomes = addresses.plan.services.flatMap((service) => service.addresses);
  const unsure = new Set(
    outcomes.filter(({ verdict }) => verdict !== 'kept' && verdict !== 'gained').map(({ pool }) => pool.before),
  );
  return new Set(
    changes
      .filter(
        ({ action, id }) => action === 'delete' && transition.order.includes(objectKey(id)) && !unsure.has(id.name),
      )
      .map(({ id }) => objectKey(id)),
  );
}
