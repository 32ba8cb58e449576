import { setsOverlap } from '../address/range-set.ts';
import { decodePool } from '../allocation/pool-view.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { groupOf, type ObjectKey } from '../manifest/object-id.ts';

function isPool(object: KubeObject): boolean {
  return groupOf(object.apiVersion) === 'metallb.io' && object.kind === 'IPAddressPool';
}

/**
 * Pools of ours that the configuration no longer holds and whose addresses other pools of it do. They can't stay, whatever
 * is said about pruning: MetalLB refuses its whole configuration while two pools overlap.
 */
export function replacedPools(
  inventory: Inventory | undefined,
  live: ReadonlyMap<ObjectKey, KubeObject>,
  rendered: ReadonlyMap<ObjectKey, KubeObject>,
): ReadonlySet<ObjectKey> {
  const pools = [...rendered.values()].filter((object) => isPool(object));
  const replaced = new Set<ObjectKey>();
  for (const key of inventory?.entries.keys() ?? []) {
    const there = live.get(key);
    if (there === undefined || rendered.has(key) || !isPool(there)) {
      continue;
    }
    const { set } = decodePool(there).addresses;
    const taken = pools.some(
      (pool) =>
        pool.metadata.namespace === there.metadata.namespace && setsOverlap(set, decodePool(pool).addresses.set),
    );
    if (taken) {
      replaced.add(key);
    }
  }
  return replaced;
}
