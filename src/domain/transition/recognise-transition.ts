import { emptyRangeSet, type RangeSet } from '../address/range-set.ts';
import { decodePool } from '../allocation/pool-view.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { objectKey, type ObjectId, type ObjectKey } from '../manifest/object-id.ts';
import type { Change } from '../plan/plan.ts';
import { poolMoves, type PoolChange } from './pool-moves.ts';
import type { Transition } from './transition.ts';
import { widenAdvertisement } from './widen-advertisement.ts';

const group = 'metallb.io';

function isPool(id: ObjectId): boolean {
  return id.group === group && id.kind === 'IPAddressPool';
}

function isAdvertisement(id: ObjectId): boolean {
  return id.group === group && (id.kind === 'L2Advertisement' || id.kind === 'BGPAdvertisement');
}

function addressesOf(pool: KubeObject | undefined): RangeSet {
  return pool === undefined ? emptyRangeSet : decodePool(pool).addresses.set;
}

/**
 * Whether addresses go from one pool to another in these changes. undefined: none do, and pools may be written in any
 * order and at the same time. `refusals` are the words with which an admission check refused a pool in a dry run.
 */
export function recogniseTransition(
  changes: readonly Change[],
  live: ReadonlyMap<ObjectKey, KubeObject>,
  refusals: ReadonlyMap<ObjectKey, string> = new Map(),
): Transition | undefined {
  const written = changes.filter(({ id, action }) => isPool(id) && ['create', 'update', 'delete'].includes(action));
  if (!written.some(({ id }) => live.has(objectKey(id)))) {
    // Nobody gives anything: there is no order to find, of however many new pools.
    return undefined;
  }
  const pools = written.map((change): PoolChange => {
    const key = objectKey(change.id);
    const after = 'object' in change ? addressesOf(change.object) : emptyRangeSet;
    return { key, name: change.id.name, before: addressesOf(live.get(key)), after };
  });
  const { moves, order } = poolMoves(pools);
  if (moves.length === 0) {
    return undefined;
  }
  const widened = changes.flatMap((change): readonly KubeObject[] => {
    const there = live.get(objectKey(change.id));
    const wide =
      change.action === 'update' && isAdvertisement(change.id) && there !== undefined
        ? widenAdvertisement(there, change.object)
        : undefined;
    return wide === undefined ? [] : [wide];
  });
  const refusal = order.map((key) => refusals.get(key)).find((words) => words !== undefined);
  const replaced = changes
    .filter(({ action, id }) => action === 'delete' && order.includes(objectKey(id)))
    .map(({ id }) => id.name);
  return { moves, order, widened, replaced, handed: new Set(), ...(refusal === undefined ? {} : { refusal }) };
}
