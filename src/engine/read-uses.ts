import { listAt, textAt, valueAt, type Json } from '../domain/json.ts';
import { asJson, type KubeObject } from '../domain/manifest/kube-object.ts';
import { objectIdOf, objectKey, type ObjectId, type ObjectKey } from '../domain/manifest/object-id.ts';
import { asksForServices, type PruneUses } from '../domain/prune/prune-scope.ts';
import type { ObservedWorld } from './observe.ts';
import { withRetry } from './with-retry.ts';

/** The version through which a definition's objects can be read: they are the same whichever it is. */
function servedVersion(definition: Json): string | undefined {
  const served = listAt(definition, 'spec', 'versions').find((version) => valueAt(version, 'served') === true);
  return textAt(served, 'name');
}

async function instancesOf(world: ObservedWorld, definition: KubeObject): Promise<readonly ObjectId[]> {
  const root = asJson(definition);
  const version = servedVersion(root);
  if (version === undefined) {
    return [];
  }
  const apiVersion = `${textAt(root, 'spec', 'group') ?? ''}/${version}`;
  const kind = textAt(root, 'spec', 'names', 'kind') ?? '';
  // A definition that is going away is served no more, and its objects have gone before it.
  if ((await withRetry(() => world.reader.findKind(apiVersion, kind, world.signal), world)) === undefined) {
    return [];
  }
  const list = await withRetry(() => world.reader.list(apiVersion, kind, {}, world.signal), world);
  return list.items.map((object) => objectIdOf(object));
}

/**
 * Reads who uses the objects that are to be deleted: whole lists, and only those that a rail asks for. Nothing to delete
 * costs no request; what cannot be read is thrown, so that an unread use is never taken for none.
 */
export async function readUses(
  world: ObservedWorld,
  deleted: readonly ObjectId[],
  live: ReadonlyMap<ObjectKey, KubeObject>,
): Promise<PruneUses> {
  const services = deleted.some((id) => asksForServices(id))
    ? (await withRetry(() => world.reader.list('v1', 'Service', {}, world.signal), world)).items
    : [];
  const instances = new Map<ObjectKey, readonly ObjectId[]>();
  for (const id of deleted) {
    const key = objectKey(id);
    const there = live.get(key);
    if (id.kind === 'CustomResourceDefinition' && there !== undefined) {
      instances.set(key, await instancesOf(world, there));
    }
  }
  return { services, instances };
}
