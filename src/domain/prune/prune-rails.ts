import type { Inventory } from '../inventory/inventory.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { describeObject, objectKey, type ObjectId, type ObjectKey } from '../manifest/object-id.ts';
import type { Rail } from '../plan/plan.ts';
import { lostEnd } from '../source/file-trace.ts';
import type { Leftover } from './leftovers.ts';
import { holdersOf, servicesWithAddresses } from './pool-use.ts';
import type { PruneScope, PruneUses } from './prune-scope.ts';
import { isWebhookPart, shrinkRails } from './shrink-rails.ts';

export interface ObjectRailQuestion {
  readonly rendered: readonly KubeObject[];
  readonly live: ReadonlyMap<ObjectKey, KubeObject>;
  readonly uses: PruneUses;
  /** Pools whose addresses go to other pools with every Service keeping its own: they are replaced, not lost. */
  readonly handed?: ReadonlySet<ObjectKey>;
}

export interface RailQuestion extends ObjectRailQuestion {
  readonly leftovers: readonly Leftover[];
  readonly inventory: Inventory | undefined;
  readonly scope: PruneScope;
}

const namedAtMost = 3;
const approve = 'sync with --approve and the hash of this plan';

function listed(names: readonly string[]): string {
  const more = names.length - namedAtMost;
  return names.slice(0, namedAtMost).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function some(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function namespaceRail(id: ObjectId): Rail {
  return {
    code: 'namespace-deleted',
    id,
    reason: `Deleting ${describeObject(id)} deletes everything in it, also what Metalwave did not put there.`,
    remedy: `Set its annotation metalwave.io/prune to disabled to keep it, or, once nothing in it is needed, ${approve}.`,
  };
}

function definitionRail(id: ObjectId, uses: PruneUses): readonly Rail[] {
  const instances = uses.instances.get(objectKey(id));
  if (instances === undefined) {
    throw new Error(`bug: the objects of ${id.name} were not read`);
  }
  if (instances.length === 0) {
    return [];
  }
  const names = instances.map((one) => (one.namespace === '' ? one.name : `${one.namespace}/${one.name}`));
  return [
    {
      code: 'crd-with-objects',
      id,
      reason: `Deleting ${describeObject(id)} deletes the ${some(instances.length, 'object')} of its kind: ${listed(names.toSorted())}.`,
      remedy: `Set its annotation metalwave.io/prune to disabled to keep them, or, once none of them is needed, ${approve}.`,
    },
  ];
}

function poolRail(id: ObjectId, { live, rendered, uses, handed }: ObjectRailQuestion): readonly Rail[] {
  const pool = live.get(objectKey(id));
  if (pool === undefined) {
    throw new Error(`bug: ${id.name} is to be deleted and was not read`);
  }
  const staying = rendered.filter((one) => one.kind === 'IPAddressPool');
  const holders = holdersOf(pool, uses.services, staying);
  const isHanded = handed?.has(objectKey(id)) === true && holders.every(({ covered }) => covered);
  if (holders.length === 0 || isHanded) {
    return [];
  }
  const names = holders.map(({ service }) => service).toSorted();
  const whole = holders.length === 1 ? 'it keeps' : 'they keep';
  const fate = holders.every(({ covered }) => covered)
    ? `; another pool of the configuration holds the same addresses, so ${whole} them if MetalLB takes it over in time`
    : '';
  return [
    {
      code: 'pool-in-use',
      id,
      reason: `${some(holders.length, 'Service')} ${holders.length === 1 ? 'holds' : 'hold'} an address of ${describeObject(id)}: ${listed(names)}${fate}.`,
      remedy: `Put the pool back, give these Services other addresses first, or, if they may lose theirs, ${approve}.`,
    },
  ];
}

function programRail(id: ObjectId, uses: PruneUses): Rail {
  const holders = servicesWithAddresses(uses.services);
  const does = id.kind === 'DaemonSet' ? 'announces' : 'assigns';
  const meant = `${some(holders.length, 'Service')} ${holders.length === 1 ? 'holds an address' : 'hold addresses'} that it may have to care for`;
  return {
    code: 'program-deleted',
    id,
    reason: `${describeObject(id)} ${does} addresses; ${meant}${holders.length === 0 ? '' : `: ${listed(holders.toSorted())}`}.`,
    remedy: `Make sure that what replaces it is at work, then ${approve}.`,
  };
}

function railsOf(id: ObjectId, question: ObjectRailQuestion): readonly Rail[] {
  switch (id.kind) {
    case 'Namespace':
      return [namespaceRail(id)];
    case 'CustomResourceDefinition':
      return definitionRail(id, question.uses);
    case 'IPAddressPool':
      return poolRail(id, question);
    case 'Deployment':
    case 'DaemonSet':
      return [programRail(id, question.uses)];
    default:
      return [];
  }
}

/** Objects that are deleted in one namespace and made in another under the same kind and name: MetalLB moves house. */
function movedRail(deleted: readonly ObjectId[], { rendered, scope }: RailQuestion): readonly Rail[] {
  const made = new Set(
    rendered
      .filter(({ metadata }) => metadata.namespace === scope.namespace)
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`),
  );
  const moved = deleted.filter(
    ({ kind, name, namespace }) => namespace !== '' && namespace !== scope.namespace && made.has(`${kind} ${name}`),
  );
  const from = [...new Set(moved.map(({ namespace }) => namespace))].toSorted();
  if (moved.length === 0) {
    return [];
  }
  return [
    {
      code: 'namespace-moved',
      id: undefined,
      reason: `${some(moved.length, 'object')} move from namespace ${from.join(', ')} to ${scope.namespace}: they are made there first and deleted here after it, and in between two MetalLBs are at work.`,
      remedy: `Set metallb.namespace back to ${from[0] ?? ''}, or ${approve}.`,
    },
  ];
}

/** A file that ends too early is valid as often as not, and what it lost looks as if it were no longer wanted. */
function cutRail(lost: readonly ObjectId[], { inventory, scope }: RailQuestion): readonly Rail[] {
  const before = inventory?.file;
  const why = before === undefined || scope.file === undefined ? undefined : lostEnd(scope.file, before);
  const named = lost.filter((id) => !isWebhookPart(id)).map((id) => describeObject(id));
  if (why === undefined || named.length === 0) {
    return [];
  }
  return [
    {
      code: 'cut-off',
      id: undefined,
      reason: `The configuration file ${why}, and ${listed(named)} would be deleted: was the file cut off?`,
      remedy: `Restore the end of the file, or, if nothing is missing, ${approve}.`,
    },
  ];
}

/** What the deletion of single objects needs an approval for. */
export function objectRails(deleted: readonly ObjectId[], question: ObjectRailQuestion): readonly Rail[] {
  return deleted.flatMap((id) => railsOf(id, question));
}

/** What the deletions of a plan need an approval for. Pure: the same question gives the same rails, in the same order. */
export function pruneRails(question: RailQuestion): readonly Rail[] {
  const deleted = question.leftovers.filter(({ action }) => action === 'delete').map(({ id }) => id);
  const lost = deleted.filter((id) => question.handed?.has(objectKey(id)) !== true);
  return [
    ...objectRails(deleted, question),
    ...movedRail(deleted, question),
    ...shrinkRails(lost, question),
    ...cutRail(lost, question),
  ];
}
