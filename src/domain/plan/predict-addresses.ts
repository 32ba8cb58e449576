import { type AddressPlanInput, decodeClusterViews } from '../address-plan/address-plan-input.ts';
import { decodeMetallbObjects } from '../address-plan/metallb-objects.ts';
import { planAddresses } from '../address-plan/plan-addresses.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { keyOf, objectKey, type ObjectKey } from '../manifest/object-id.ts';
import { metalLbGroup } from '../metallb/api.ts';
import type { DryRunResult } from './plan-input.ts';
import type { Change } from './plan.ts';
import type { ObservedAddresses, PlannedAddresses } from './planned-addresses.ts';

/** Objects as they are once the changes are made. What a change doesn't touch stays, whoever made it. */
function afterChanges(
  before: readonly KubeObject[],
  changes: readonly Change[],
  dryRuns: ReadonlyMap<ObjectKey, DryRunResult>,
): readonly KubeObject[] {
  const after = new Map(before.map((object) => [keyOf(object), object]));
  for (const change of changes) {
    const key = objectKey(change.id);
    if (change.action === 'create') {
      after.set(key, change.object);
    } else if (change.action === 'update' && after.has(key)) {
      const result = dryRuns.get(key);
      after.set(key, result?.kind === 'object' ? result.object : change.object);
    } else if (change.action === 'delete') {
      after.delete(key);
    }
  }
  return [...after.values()];
}

/** A new pod template, or a new Deployment: the controller goes through all Services anew. */
function restartsController(changes: readonly Change[]): boolean {
  return changes.some(
    (change) =>
      change.id.kind === 'Deployment' &&
      'step' in change &&
      change.step === 'controller' &&
      (change.action === 'delete' ||
        (change.action === 'update' && change.fields.some(({ path }) => path.startsWith('spec.template')))),
  );
}

/** Services and namespaces as they are afterwards, where the changes are about them. */
function viewsAfter(
  workloads: readonly KubeObject[],
  changes: readonly Change[],
  dryRuns: ReadonlyMap<ObjectKey, DryRunResult>,
): Pick<AddressPlanInput, 'servicesAfter' | 'namespacesAfter'> {
  const changed = (kind: string): readonly Change[] =>
    changes.filter(({ id, action }) => id.group === '' && id.kind === kind && action !== 'keep');
  const [services, namespaces] = [changed('Service'), changed('Namespace')];
  const views = decodeClusterViews(afterChanges(workloads, [...services, ...namespaces], dryRuns));
  return {
    ...(services.length === 0 ? {} : { servicesAfter: views.services }),
    ...(namespaces.length === 0 ? {} : { namespacesAfter: views.namespaces }),
  };
}

/** What the changes do to every Service and pool, from values alone. */
export function predictAddresses(
  observed: ObservedAddresses,
  changes: readonly Change[],
  dryRuns: ReadonlyMap<ObjectKey, DryRunResult>,
): PlannedAddresses {
  if (observed.state === 'unknown') {
    return observed;
  }
  const { rules, metallb, workloads } = observed;
  const ofMetalLb = changes.filter(({ id }) => id.group === metalLbGroup && id.namespace === rules.namespace);
  const plan = planAddresses({
    before: decodeMetallbObjects(metallb),
    after: decodeMetallbObjects(afterChanges(metallb, ofMetalLb, dryRuns)),
    ...decodeClusterViews(workloads),
    ...viewsAfter(workloads, changes, dryRuns),
    profile: rules.profile,
    ...(rules.loadBalancerClass === undefined ? {} : { loadBalancerClass: rules.loadBalancerClass }),
    writes: rules.writes,
    restart: restartsController(changes),
  });
  return { state: 'predicted', plan };
}
