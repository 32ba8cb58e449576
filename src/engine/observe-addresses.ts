import { isFailure } from '../domain/failure.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import type { AddressRules, ObservedAddresses } from '../domain/plan/planned-addresses.ts';
import { metalLbConfigKinds, type ObservedKind, workloadKinds } from '../domain/snapshot/observed-kinds.ts';
import { resourceOf } from '../domain/snapshot/read-role.ts';
import type { ObservedWorld } from './observe.ts';
import { type ReadList, readLists, wantedList } from './read-lists.ts';
import { requestRetry } from './with-retry.ts';

const kinds: readonly ObservedKind[] = [...workloadKinds, ...metalLbConfigKinds];

function itemsOf(lists: readonly ReadList[]): readonly KubeObject[] {
  return lists.flatMap((list) => (list.state === 'listed' ? list.items : []));
}

function refused(lists: readonly ReadList[]): readonly string[] {
  return lists.flatMap((list) => (list.state === 'forbidden' ? [resourceOf(list)] : []));
}

/**
 * Reads what decides about addresses, one list a kind, all at once. Kinds that the cluster does not serve have no objects. What
 * may not be listed, or is not in a snapshot, makes the whole unknown: half of the facts would give a wrong answer.
 */
export async function observeAddresses(world: ObservedWorld, rules: AddressRules): Promise<ObservedAddresses> {
  try {
    const lists = await readLists(
      { ...world, policy: requestRetry },
      kinds.map((kind) => wantedList(kind, rules.namespace)),
    );
    const forbidden = refused(lists);
    if (forbidden.length > 0) {
      const reason = `the credentials do not allow to list ${forbidden.join(', ')}; \`metalwave snapshot --role\` prints the ClusterRole that does`;
      return { state: 'unknown', reason };
    }
    const [workloads, metallb] = [lists.slice(0, workloadKinds.length), lists.slice(workloadKinds.length)];
    return { state: 'observed', rules, metallb: itemsOf(metallb), workloads: itemsOf(workloads) };
  } catch (error) {
    if (isFailure(error, 'snapshot-invalid')) {
      return { state: 'unknown', reason: error.message };
    }
    throw error;
  }
}
