import type { Digest } from '../digest.ts';
import { environmentLabel, managedByLabel, managedByValue, stateNamespace } from '../identity.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { applySetAnnotations, applySetId, applySetIdLabel, inventoryName } from './apply-set.ts';
import { encodeFile } from '../source/file-trace.ts';
import type { Inventory, InventoryEntry } from './inventory.ts';

/** Raised when an older reader would misread what is written. */
export const inventoryFormat = 1;

/** Marks the ConfigMaps that hold inventories. */
const stateLabel = 'metalwave.io/state';

/** etcd takes 1.5 MiB an object and the API server 1 MiB of data; half of it leaves room for metadata. */
const shardLimit = 480 * 1024;

/** Selects all ConfigMaps that hold the inventory of an environment. */
export function inventorySelector(environment: string): string {
  return `${environmentLabel}=${environment},${stateLabel}=inventory`;
}

/** Length of a text in UTF-8 bytes. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) {
      bytes += 1;
    } else if (point < 0x800) {
      bytes += 2;
    } else {
      bytes += point < 0x10000 ? 3 : 4;
    }
  }
  return bytes;
}

function lineOf({ id, apiVersion, uid, hash, state }: InventoryEntry): string {
  const place = id.namespace === '' ? {} : { namespace: id.namespace };
  const known = uid === undefined ? {} : { uid };
  return JSON.stringify({ apiVersion, kind: id.kind, ...place, name: id.name, ...known, hash, state });
}

/** Cuts lines into parts that each fit a ConfigMap; at least one part. */
function partsOf(lines: readonly string[]): readonly string[] {
  const parts: string[] = [];
  let part: string[] = [];
  let size = 0;
  for (const line of lines) {
    const length = utf8Length(line) + 1;
    if (size + length > shardLimit && part.length > 0) {
      parts.push(part.join('\n'));
      part = [];
      size = 0;
    }
    part.push(line);
    size += length;
  }
  return [...parts, part.join('\n')];
}

function configMap(
  environment: string,
  name: string,
  data: { readonly [key: string]: string },
  parent: Pick<KubeObject['metadata'], 'labels' | 'annotations'> = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: stateNamespace,
      labels: {
        [managedByLabel]: managedByValue,
        [environmentLabel]: environment,
        [stateLabel]: 'inventory',
        ...parent.labels,
      },
      ...(parent.annotations === undefined ? {} : { annotations: parent.annotations }),
    },
    data,
  };
}

/**
 * The ConfigMaps that hold an inventory, in the order in which they must be written. The head comes last: it names the
 * further parts, whose names come from their content, so that the old inventory stays whole until the one write that
 * replaces it, and whatever breaks off in between leaves a readable one. Parts that no head names may be deleted
 * after it.
 */
export function encodeInventory(inventory: Inventory, digest: Digest): readonly KubeObject[] {
  const { environment, entries, revision, file } = inventory;
  const lines = [...entries].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, entry]) => lineOf(entry));
  const [own = '', ...further] = partsOf(lines);
  // A dot can't be part of an environment's name, so no part can bear the name of another environment's head.
  const parts = further.map((text) => ({ text, name: `${inventoryName(environment)}.${digest(text).slice(0, 16)}` }));
  const head = configMap(
    environment,
    inventoryName(environment),
    {
      format: String(inventoryFormat),
      environment,
      ...(revision === undefined ? {} : { revision }),
      ...(file === undefined ? {} : { file: encodeFile(file) }),
      count: String(entries.size),
      parts: parts.map(({ name }) => name).join('\n'),
      entries: own,
    },
    {
      labels: { [applySetIdLabel]: applySetId(environment, digest) },
      annotations: applySetAnnotations(entries.values()),
    },
  );
  return [...parts.map(({ name, text }) => configMap(environment, name, { entries: text })), head];
}
