import { Failure } from '../failure.ts';
import { fieldManager } from '../identity.ts';
import type { InventoryEntry } from '../inventory/inventory.ts';
import { jsonEqual, textAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import {
  describeObject,
  groupOf,
  keyOf,
  kindKey,
  objectIdOf,
  objectKey,
  type ObjectId,
  type ObjectKey,
} from '../manifest/object-id.ts';
import { stepRank, waveOf, type StepName } from '../manifest/waves.ts';
import { leftoversOf, type Leftover } from '../prune/leftovers.ts';
import { pruneRails } from '../prune/prune-rails.ts';
import { difference } from './difference.ts';
import type { DryRunResult, HashedManifest, PlanInput } from './plan-input.ts';
import type { Change, FieldChange, LiveRef, Plan, Rail } from './plan.ts';
import { planHash } from './plan-hash.ts';
import { handedPools } from '../transition/handed-pools.ts';
import { recogniseTransition } from '../transition/recognise-transition.ts';
import { replacedPools } from '../transition/replaced-pools.ts';
import type { Transition } from '../transition/transition.ts';
import { predictAddresses } from './predict-addresses.ts';
import { tellingFields } from './telling-fields.ts';
import { isUnchanged, ownedFields } from './unchanged.ts';

function liveRef(live: KubeObject): LiveRef {
  return { uid: live.metadata.uid ?? '', resourceVersion: live.metadata.resourceVersion ?? '' };
}

function compareText(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

/** True where only a dry run can say what an apply would do: the object is there and isn't plainly what we applied last. */
export function needsDryRun(
  manifest: HashedManifest,
  live: KubeObject | undefined,
  entry: InventoryEntry | undefined,
): boolean {
  return (
    live !== undefined && !isUnchanged({ desired: manifest.object, live, entry, hash: manifest.hash, fieldManager })
  );
}

/** The kinds that the plan itself brings, as `group/Kind`. */
function definedKinds(manifests: readonly HashedManifest[]): ReadonlySet<string> {
  const definitions = manifests.filter(({ object }) => object.kind === 'CustomResourceDefinition');
  return new Set(
    definitions.map(({ object }) => {
      const root = asJson(object);
      return `${textAt(root, 'spec', 'group') ?? ''}/${textAt(root, 'spec', 'names', 'kind') ?? ''}`;
    }),
  );
}

/** What an environment does without where the cluster doesn't serve the kind, and what people then have instead. */
function withoutIt(step: StepName): string | undefined {
  if (step === 'admission') {
    return 'Kubernetes has it since 1.30; without it validate and the programs alone check what is written';
  }
  return waveOf(step).name === 'monitoring'
    ? 'install the Prometheus operator to have it, or set metallb.monitoring.enabled to false'
    : undefined;
}

/** A kind that is neither served nor brought by the plan: monitoring and checks do without it, nothing else can. */
function withoutKind(id: ObjectId, step: StepName, apiVersion: string): Change {
  const kind = `${apiVersion} ${id.kind}`;
  const instead = withoutIt(step);
  if (instead !== undefined) {
    return { action: 'skip', id, step, reason: `the cluster does not serve ${kind}; ${instead}` };
  }
  throw new Failure({
    code: 'kind-missing',
    message: `The cluster does not serve ${kind}, which ${describeObject(id)} needs, and nothing in this environment installs it.`,
    retry: 'later',
    remedy: 'Install MetalLB first, or set metallb.install to true so that its definitions are applied with it.',
  });
}

/** An apply that changes no value may still change who owns fields; where the answer doesn't tell owners, values decide. */
function changesOwners(live: KubeObject, result: KubeObject): boolean {
  const after = ownedFields(result, fieldManager);
  return after !== undefined && !jsonEqual(ownedFields(live, fieldManager), after);
}

/** An object that is being deleted isn't what is wanted, however alike it looks; the wait for its health tells the rest. */
function deletion(live: KubeObject): readonly FieldChange[] {
  const since = live.metadata.deletionTimestamp;
  return since === undefined ? [] : [{ path: 'metadata.deletionTimestamp', before: since, after: undefined }];
}

function changeOfLive(manifest: HashedManifest, live: KubeObject, result: DryRunResult): Change {
  const { object, step, hash } = manifest;
  const common = { id: objectIdOf(object), step, hash, object, live: liveRef(live) };
  if (result.kind === 'conflict') {
    return { action: 'conflict', ...common, conflicts: result.conflicts };
  }
  const fields = [...deletion(live), ...difference(live, result.object)];
  if (fields.length > 0 || changesOwners(live, result.object)) {
    return { action: 'update', ...common, fields };
  }
  return { action: 'keep', ...common };
}

function changeOf(manifest: HashedManifest, input: PlanInput, defined: ReadonlySet<string>): Change {
  const { object, step, hash } = manifest;
  const id = objectIdOf(object);
  const key = objectKey(id);
  const kindIsMissing = input.missingKinds.has(kindKey(object.apiVersion, object.kind));
  if (kindIsMissing && !defined.has(`${groupOf(object.apiVersion)}/${object.kind}`)) {
    return withoutKind(id, step, object.apiVersion);
  }
  const live = input.live.get(key);
  if (live === undefined) {
    return { action: 'create', id, step, hash, object, fields: tellingFields(object) };
  }
  if (!needsDryRun(manifest, live, input.inventory?.entries.get(key))) {
    return { action: 'keep', id, step, hash, object, live: liveRef(live) };
  }
  const result = input.dryRuns.get(key);
  if (result === undefined) {
    throw new Error(`bug: no dry run of ${key} was given to the plan`);
  }
  return changeOfLive(manifest, live, result);
}

function railsOf(input: PlanInput, leftovers: readonly Leftover[], handed: ReadonlySet<ObjectKey>): readonly Rail[] {
  const { pruning: scope, uses, live, inventory } = input;
  if (!leftovers.some(({ action }) => action === 'delete') || scope === undefined) {
    return [];
  }
  if (uses === undefined) {
    throw new Error('bug: a plan deletes, and nobody has read who uses what it deletes');
  }
  const objects = input.manifests.map(({ object }) => object);
  return pruneRails({ leftovers, rendered: objects, live, inventory, scope, uses, handed });
}

function byKey(manifests: readonly HashedManifest[]): ReadonlyMap<ObjectKey, KubeObject> {
  const keys = new Map<ObjectKey, KubeObject>();
  for (const { object } of manifests) {
    const key = keyOf(object);
    if (keys.has(key)) {
      throw new Error(`bug: ${key} is rendered twice`);
    }
    keys.set(key, object);
  }
  return keys;
}

function refusalsIn(dryRuns: PlanInput['dryRuns']): ReadonlyMap<ObjectKey, string> {
  return new Map(
    [...dryRuns].flatMap(([key, result]) =>
      result.kind === 'object' && result.refusal !== undefined ? [[key, result.refusal] as const] : [],
    ),
  );
}

/** An admission check may refuse a pool only because it overlaps, for a moment, the one it takes addresses from. */
function throwUnmoved(refusals: ReadonlyMap<ObjectKey, string>, transition: Transition | undefined): void {
  for (const [key, words] of refusals) {
    if (transition?.order.includes(key) !== true) {
      throw new Failure({
        code: 'admission-refused',
        retry: 'later',
        message: words,
        remedy: 'Change the object as the check asks, or change the check.',
      });
    }
  }
}

/**
 * Decides what a sync would do, from values alone: nothing is read and nothing is changed.
 * Throws `kind-missing` where an object's kind is neither served nor brought by the plan, `admission-refused` where a check
 * of the cluster refuses an object.
 */
export function makePlan(input: PlanInput): Plan {
  const rendered = byKey(input.manifests);
  const defined = definedKinds(input.manifests);
  const ordered = input.manifests.toSorted(
    (left, right) => stepRank(left.step) - stepRank(right.step) || compareText(keyOf(left.object), keyOf(right.object)),
  );
  const changes = ordered.map((manifest) => changeOf(manifest, input, defined));
  const replaced = replacedPools(input.inventory, input.live, rendered);
  const leftovers = leftoversOf({ ...input, rendered: new Set(rendered.keys()), scope: input.pruning, replaced });
  const all = [...changes, ...leftovers];
  const addresses = input.addresses && predictAddresses(input.addresses, all, input.dryRuns);
  const refusals = refusalsIn(input.dryRuns);
  const recognised = recogniseTransition(all, input.live, refusals);
  throwUnmoved(refusals, recognised);
  const handed = handedPools(recognised, all, addresses);
  const transition = recognised && { ...recognised, handed };
  const rails = railsOf(input, leftovers, handed);
  return {
    formatVersion: 1,
    environment: input.environment,
    revision: input.revision,
    changes: all,
    ...(addresses === undefined ? {} : { addresses }),
    ...(transition === undefined ? {} : { transition }),
    ...(input.pruning?.file === undefined ? {} : { file: input.pruning.file }),
    rails,
    hash: planHash({ ...input, leftovers, rails, outcomes: addresses }),
  };
}
