import type { AdoptionPlan, ObjectAdoption } from '../domain/adoption/adoption.ts';
import { chooseObjects } from '../domain/adoption/choose-objects.ts';
import { judgeAdoption, type AdoptionChoices, type TakeoverPreview } from '../domain/adoption/judge-adoption.ts';
import type { Digest } from '../domain/digest.ts';
import { isFailure } from '../domain/failure.ts';
import type { Inventory } from '../domain/inventory/inventory.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import type { Manifest } from '../domain/manifest/manifest.ts';
import { keyOf, objectIdOf } from '../domain/manifest/object-id.ts';
import { stepRank } from '../domain/manifest/waves.ts';
import { hashManifests, type HashedManifest } from '../domain/plan/plan-input.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader } from '../ports/cluster.ts';
import type { FieldOwners } from '../ports/field-owners.ts';
import { inParallel } from './in-parallel.ts';
import { readInventory, type StoredInventory } from './keep-inventory.ts';
import { observe } from './observe.ts';
import { withRetry } from './with-retry.ts';

const previewsInFlight = 16;

export interface AdoptionRequest {
  readonly reader: ClusterReader;
  readonly owners: FieldOwners;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly signal: AbortSignal;
  readonly environment: string;
  readonly revision: string;
  readonly manifests: readonly Manifest[];
  readonly choices: AdoptionChoices;
  /** `KIND/NAME` of the objects to adopt; none: all. */
  readonly objects: readonly string[];
}

/** A plan, and the inventory that it was made on. */
export interface PlannedAdoption {
  readonly plan: AdoptionPlan;
  readonly stored: StoredInventory;
}

/** Asks the server what taking every field would do. Its refusal of the object as such is part of the answer. */
async function preview(request: AdoptionRequest, object: KubeObject, live: KubeObject): Promise<TakeoverPreview> {
  const { owners, signal } = request;
  try {
    const uid = live.metadata.uid ?? '';
    return { kind: 'object', object: await withRetry(() => owners.previewTakeover(object, uid, signal), request) };
  } catch (error) {
    if (isFailure(error, 'object-invalid', 'admission-refused')) {
      return { kind: 'refused', message: error.message };
    }
    throw error;
  }
}

/** Judges one object as it is now. */
export async function judgeObject(
  request: AdoptionRequest,
  manifest: HashedManifest,
  live: KubeObject | undefined,
  inventory: Inventory,
): Promise<ObjectAdoption> {
  const { environment, choices } = request;
  const { object } = manifest;
  const there = live === undefined ? undefined : { live, preview: await preview(request, object, live) };
  return judgeAdoption({ ...choices, environment, manifest, there, entry: inventory.entries.get(keyOf(object)) });
}

function inOrder(left: HashedManifest, right: HashedManifest): number {
  const byKey = keyOf(left.object) < keyOf(right.object) ? -1 : 1;
  return stepRank(left.step) - stepRank(right.step) || byKey;
}

/** Reads who owns what of everything that is rendered and live, and decides. Changes nothing. */
export async function planAdoption(request: AdoptionRequest): Promise<PlannedAdoption> {
  const { environment, revision, digest, objects } = request;
  const stored = await readInventory(request);
  const manifests = hashManifests(request.manifests, digest).toSorted(inOrder);
  const ids = manifests.map(({ object }) => objectIdOf(object));
  const isChosen = chooseObjects(objects, ids);
  const chosen = manifests.filter(({ object }) => isChosen(objectIdOf(object)));
  const wanted = chosen.map(({ object }) => ({ apiVersion: object.apiVersion, id: objectIdOf(object) }));
  const { live } = await observe(request, wanted);
  const judged = await inParallel(chosen, previewsInFlight, (manifest) =>
    judgeObject(request, manifest, live.get(keyOf(manifest.object)), stored.inventory),
  );
  return { plan: { environment, revision, objects: judged }, stored };
}
