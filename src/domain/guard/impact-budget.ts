import type { AddressPlan, ServiceOutcome } from '../address-plan/address-plan.ts';
import type { AffectedServices } from '../history/history.ts';
import type { ApprovalReason, Change } from '../plan/plan.ts';
import type { PlannedAddresses } from '../plan/planned-addresses.ts';

const namesKept = 10;
const movesShown = 5;
/** Kinds by which a Service gets, keeps and shows its address. */
const addressKinds: ReadonlySet<string> = new Set(['IPAddressPool', 'L2Advertisement', 'BGPAdvertisement']);

/** True where a Service may change or lose an address it has. What can't be foreseen exactly may. */
function mayLose({ verdict, exact, before }: ServiceOutcome): boolean {
  return verdict === 'moved' || verdict === 'lost' || (!exact && before.length > 0);
}

/** The Services that a plan may take an address from. */
export function affectedServices(addresses: AddressPlan): AffectedServices {
  const hit = addresses.services.filter((service) => mayLose(service));
  return { count: hit.length, names: hit.slice(0, namesKept).map(({ namespace, name }) => `${namespace}/${name}`) };
}

/**
 * Why a plan goes beyond the budget of Services that may change or lose an address; nothing where it doesn't, and where
 * nobody asked for addresses.
 */
export function budgetReasons(
  changes: readonly Change[],
  addresses: PlannedAddresses | undefined,
  budget: number,
): readonly ApprovalReason[] {
  if (addresses === undefined) {
    return [];
  }
  if (addresses.state === 'unknown') {
    const touched = changes.some(
      ({ action, id }) =>
        id.group === 'metallb.io' && addressKinds.has(id.kind) && ['create', 'update', 'delete'].includes(action),
    );
    const reason = `pools or advertisements change, and what that means for Services can't be foreseen: ${addresses.reason}`;
    return touched ? [{ reason, remedy: undefined }] : [];
  }
  const hit = addresses.plan.services.filter((service) => mayLose(service));
  if (hit.length <= budget) {
    return [];
  }
  const details = hit
    .slice(0, movesShown)
    .map(({ namespace, name, verdict, before }) => `${namespace}/${name} ${verdict} (${before.join(', ')})`);
  const more = hit.length > movesShown ? [`and ${hit.length - movesShown} more`] : [];
  const amount = `${hit.length} Service${hit.length === 1 ? '' : 's'}`;
  return [
    {
      reason: `${amount} may change or lose an address, and the budget is ${budget}: ${[...details, ...more].join(', ')}`,
      remedy: 'sync.impactBudget.services raises the budget',
    },
  ];
}
