import { isFailure } from '../domain/failure.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import { keyOf, kindKey, objectKey, type ObjectId, type ObjectKey } from '../domain/manifest/object-id.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader } from '../ports/cluster.ts';
import { inParallel } from './in-parallel.ts';
import { withRetry } from './with-retry.ts';

/** An object whose live state is wanted, and the API version through which it is read. */
export interface Wanted {
  readonly apiVersion: string;
  readonly id: ObjectId;
}

/** What is there now. An object neither in `live` nor of a missing kind is known to be absent. */
export interface Observation {
  readonly live: ReadonlyMap<ObjectKey, KubeObject>;
  /** Kinds the server does not serve, as `kindKey` writes them. */
  readonly missingKinds: ReadonlySet<string>;
}

/** From this many objects of one kind and namespace on, one list is cheaper than a request for each. */
const listFrom = 5;
const requestsInFlight = 16;

interface Lookup {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly ids: ObjectId[];
}

function lookupsOf(wanted: readonly Wanted[]): readonly Lookup[] {
  const lookups = new Map<string, Lookup>();
  for (const { apiVersion, id } of wanted) {
    const key = `${kindKey(apiVersion, id.kind)} ${id.namespace}`;
    const lookup = lookups.get(key) ?? { apiVersion, kind: id.kind, namespace: id.namespace, ids: [] };
    lookup.ids.push(id);
    lookups.set(key, lookup);
  }
  return [...lookups.values()];
}

/** A cluster to read, and how long to be patient with it. */
export interface ObservedWorld {
  readonly reader: ClusterReader;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Each request is tried again by itself: one that fails now and then must not cost all that were answered. */
async function readLookup(world: ObservedWorld, lookup: Lookup): Promise<readonly KubeObject[]> {
  const { reader, signal } = world;
  if (lookup.ids.length < listFrom) {
    const found = await inParallel(lookup.ids, listFrom, (id) =>
      withRetry(() => reader.get(lookup.apiVersion, id, signal), world),
    );
    return found.filter((object) => object !== undefined);
  }
  const options = lookup.namespace === '' ? {} : { namespace: lookup.namespace };
  const list = await withRetry(() => reader.list(lookup.apiVersion, lookup.kind, options, signal), world);
  const wanted = new Set(lookup.ids.map((id) => objectKey(id)));
  return list.items.filter((object) => wanted.has(keyOf(object)));
}

/**
 * Reads the live state of the wanted objects. A kind that isn't served is a result; anything else that cannot be read is
 * thrown, so that an unreadable cluster is never taken for an empty one.
 */
export async function observe(world: ObservedWorld, wanted: readonly Wanted[]): Promise<Observation> {
  const live = new Map<ObjectKey, KubeObject>();
  const missingKinds = new Set<string>();
  await inParallel(lookupsOf(wanted), requestsInFlight, async (lookup) => {
    try {
      for (const object of await readLookup(world, lookup)) {
        live.set(keyOf(object), object);
      }
    } catch (error) {
      if (!isFailure(error, 'kind-missing')) {
        throw error;
      }
      missingKinds.add(kindKey(lookup.apiVersion, lookup.kind));
    }
  });
  return { live, missingKinds };
}
