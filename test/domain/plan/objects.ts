import { parse } from 'yaml';
import { sha256 } from '../../../src/adapters/system/digest.ts';
import { emptyInventory, confirmEntries } from '../../../src/domain/inventory/widen.ts';
import type { Inventory } from '../../../src/domain/inventory/inventory.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../src/domain/json.ts';
import { asJson, type KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import type { Manifest } from '../../../src/domain/manifest/manifest.ts';
import { keyOf, objectIdOf } from '../../../src/domain/manifest/object-id.ts';
import { makePlan } from '../../../src/domain/plan/make-plan.ts';
import { hashManifests, type DryRunResult, type PlanInput } from '../../../src/domain/plan/plan-input.ts';
import type { Plan } from '../../../src/domain/plan/plan.ts';

/** An object from YAML. */
export function object(text: string): KubeObject {
  return parse(text) as KubeObject;
}

export function pool(name: string, ...addresses: readonly string[]): KubeObject {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name, namespace: 'metallb-system' },
    spec: { addresses },
  };
}

/** A field set that owns everything in the value; lists whole, as the server has them for atomic lists. */
function setOf(value: Json): Json {
  return isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [`f:${key}`, setOf(item)]))
    : {};
}

function withoutIdentity(root: JsonObject): JsonObject {
  const { apiVersion: _version, kind: _kind, metadata, ...rest } = root;
  if (!isJsonObject(metadata)) {
    return rest;
  }
  const { name: _name, namespace: _namespace, ...kept } = metadata;
  return Object.keys(kept).length === 0 ? rest : { metadata: kept, ...rest };
}

/** The object as a server would hold it after our apply. */
export function applied(desired: KubeObject, uid = 'uid-1'): KubeObject {
  const root = asJson(desired);
  const fieldsV1 = isJsonObject(root) ? setOf(withoutIdentity(root)) : {};
  return {
    ...desired,
    metadata: {
      ...desired.metadata,
      uid,
      resourceVersion: '7',
      managedFields: [{ manager: 'metalwave', operation: 'Apply', fieldsType: 'FieldsV1', fieldsV1 }],
    },
  };
}

export function inventoryOf(...objects: readonly KubeObject[]): Inventory {
  const writes = hashManifests(
    objects.map((one) => ({ step: 'pools', object: one })),
    sha256,
  ).map(({ object: one, hash }) => ({ change: { id: objectIdOf(one), hash, object: one }, uid: 'uid-1' }));
  return confirmEntries(emptyInventory('prod'), writes);
}

export interface Scene {
  readonly rendered: readonly Manifest[];
  readonly live?: readonly KubeObject[];
  readonly dryRuns?: readonly (readonly [KubeObject, DryRunResult])[];
  readonly inventory?: Inventory;
  readonly missingKinds?: readonly string[];
}

export function inputOf(scene: Scene): PlanInput {
  return {
    environment: 'prod',
    revision: '4c3a513',
    manifests: hashManifests(scene.rendered, sha256),
    live: new Map((scene.live ?? []).map((one) => [keyOf(one), one])),
    inventory: scene.inventory,
    dryRuns: new Map((scene.dryRuns ?? []).map(([one, result]) => [keyOf(one), result])),
    missingKinds: new Set(scene.missingKinds),
    digest: sha256,
  };
}

export function planOf(scene: Scene): Plan {
  return makePlan(inputOf(scene));
}
