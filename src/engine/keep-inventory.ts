import { Failure, isFailure } from '../domain/failure.ts';
import type { Digest } from '../domain/digest.ts';
import { stateNamespace } from '../domain/identity.ts';
import { applySetId } from '../domain/inventory/apply-set.ts';
import { decodeInventory } from '../domain/inventory/decode-inventory.ts';
import { encodeInventory, inventorySelector } from '../domain/inventory/encode-inventory.ts';
import type { Inventory } from '../domain/inventory/inventory.ts';
import { jsonEqual, valueAt, type Json } from '../domain/json.ts';
import { asJson, type KubeObject } from '../domain/manifest/kube-object.ts';
import { objectIdOf } from '../domain/manifest/object-id.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../ports/cluster.ts';
import { ensureStateNamespace } from './state-namespace.ts';
import { firstContactRetry, withRetry } from './with-retry.ts';

export interface InventoryRequest {
  readonly reader: ClusterReader;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly signal: AbortSignal;
  readonly environment: string;
}

/** The stored inventory and the ConfigMaps that hold it. Nothing stored yet: an empty one. */
export interface StoredInventory {
  readonly inventory: Inventory;
  readonly shards: readonly KubeObject[];
}

/** Holds the inventory of a run; every save lies on top of the one before, else it fails with `object-changed`. */
export interface InventoryKeeper {
  readonly inventory: Inventory;
  save(inventory: Inventory): Promise<void>;
}

/** Reads what an environment owns. Unreadable, incomplete or of a newer format is a failure, never a shorter inventory. */
export async function readInventory(request: InventoryRequest): Promise<StoredInventory> {
  const { reader, environment, signal } = request;
  const options = { namespace: stateNamespace, labelSelector: inventorySelector(environment) };
  const contact = { ...request, policy: firstContactRetry };
  const list = await withRetry(() => reader.list('v1', 'ConfigMap', options, signal), contact);
  const decoded = decodeInventory(environment, list.items, applySetId(environment, request.digest));
  if (decoded.state === 'unusable') {
    throw new Failure({
      code: 'inventory-unusable',
      retry: 'never',
      message: `The inventory of ${environment} in namespace ${stateNamespace} can't be used: ${decoded.reason}`,
      remedy: decoded.remedy,
    });
  }
  return { inventory: decoded.inventory, shards: list.items };
}

/** A save whose answer was lost has passed its own fence: what stands is what was wanted. undefined: someone else wrote. */
async function savedAlready(
  request: InventoryRequest,
  shard: KubeObject,
  uid: string | undefined,
): Promise<KubeObject | undefined> {
  const now = await withRetry(() => request.reader.get('v1', objectIdOf(shard), request.signal), request);
  const same = now !== undefined && now.metadata.uid === uid && jsonEqual(dataOf(now), dataOf(shard));
  return same ? now : undefined;
}

function dataOf(configMap: KubeObject): Json {
  return valueAt(asJson(configMap), 'data') ?? null;
}

/**
 * Opens the inventory for a run that writes. Saving goes on after the run's signal was aborted: what was written must be
 * recorded. Each request has its own timeout, so it ends.
 */
export function keepInventory(
  request: InventoryRequest,
  writer: ClusterWriter,
  stored: StoredInventory,
): InventoryKeeper {
  let inventory = stored.inventory;
  let shards = stored.shards;
  let namespaceReady = shards.length > 0;
  const signal = new AbortController().signal;
  const patient = { ...request, signal };

  async function saveShard(shard: KubeObject): Promise<KubeObject> {
    const before = shards.find((known) => known.metadata.name === shard.metadata.name);
    const { uid, resourceVersion } = before?.metadata ?? {};
    const fence = uid === undefined || resourceVersion === undefined ? {} : { uid, resourceVersion };
    try {
      return await withRetry(() => writer.apply(shard, fence, signal), patient);
    } catch (error) {
      const now = isFailure(error, 'object-changed') ? await savedAlready(patient, shard, uid) : undefined;
      if (now === undefined) {
        throw error;
      }
      return now;
    }
  }
  return {
    get inventory() {
      return inventory;
    },
    async save(next) {
      if (!namespaceReady) {
        await ensureStateNamespace(patient, writer);
        namespaceReady = true;
      }
      const wanted = encodeInventory(next, request.digest);
      const saved: KubeObject[] = [];
      for (const shard of wanted) {
        saved.push(await saveShard(shard));
      }
      const names = new Set(wanted.map((shard) => shard.metadata.name));
      for (const old of shards.filter((shard) => !names.has(shard.metadata.name))) {
        const { uid } = old.metadata;
        if (uid !== undefined) {
          await withRetry(() => writer.delete('v1', objectIdOf(old), { uid }, signal), patient);
        }
      }
      inventory = next;
      shards = saved;
    },
  };
}
