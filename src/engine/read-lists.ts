import { type Failure, isFailure } from '../domain/failure.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import type { ObservedKind } from '../domain/snapshot/observed-kinds.ts';
import { inParallel } from './in-parallel.ts';
import type { ObservedWorld } from './observe.ts';
import { firstContactRetry, type RetryPolicy, withRetry } from './with-retry.ts';

/** A list that is wanted: of one kind, in one namespace or ('') everywhere. */
export interface WantedList {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
}

/** A whole list, or why there is none: the cluster does not serve the kind, or refuses to tell. */
export type ReadList = WantedList &
  (
    | { readonly state: 'listed'; readonly items: readonly KubeObject[] }
    | { readonly state: 'missing' }
    | { readonly state: 'forbidden'; readonly failure: Failure }
  );

const requestsInFlight = 16;

/** Where a kind is listed, with MetalLB in `namespace`. */
export function wantedList({ apiVersion, kind, scope }: ObservedKind, namespace: string): WantedList {
  return { apiVersion, kind, namespace: scope === 'cluster' ? '' : namespace };
}

/** Unless said otherwise a list is the first thing asked of a cluster. */
interface ListingWorld extends ObservedWorld {
  readonly policy?: RetryPolicy;
}

async function readList(world: ListingWorld, wanted: WantedList): Promise<ReadList> {
  const { apiVersion, kind, namespace } = wanted;
  const options = namespace === '' ? {} : { namespace };
  try {
    const list = await withRetry(() => world.reader.list(apiVersion, kind, options, world.signal), {
      policy: firstContactRetry,
      ...world,
    });
    return { ...wanted, state: 'listed', items: list.items };
  } catch (error) {
    if (isFailure(error, 'kind-missing')) {
      return { ...wanted, state: 'missing' };
    }
    if (isFailure(error, 'cluster-forbidden')) {
      return { ...wanted, state: 'forbidden', failure: error };
    }
    throw error;
  }
}

/**
 * Reads whole lists, one request a kind, all at once. What may not be read is a result, so that all of it can be told
 * together; anything else that goes wrong is thrown.
 */
export async function readLists(world: ListingWorld, wanted: readonly WantedList[]): Promise<readonly ReadList[]> {
  return inParallel(wanted, requestsInFlight, async (one) => readList(world, one));
}
