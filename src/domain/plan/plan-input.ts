import type { Digest } from '../digest.ts';
import type { FieldConflict } from '../failure.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { canonicalJson } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ObjectKey } from '../manifest/object-id.ts';
import type { ObservedAddresses } from './planned-addresses.ts';
import type { PruneScope, PruneUses } from '../prune/prune-scope.ts';

/** A desired object with the digest that stands for it in inventory and plan. */
export interface HashedManifest extends Manifest {
  readonly hash: string;
}

/** What an apply would leave behind: the server's word, or our own merge's where no server could be asked. */
export type DryRunResult =
  | {
      readonly kind: 'object';
      readonly object: KubeObject;
      /** The words of the admission check that refused it; `object` is our own merge's then. */
      readonly refusal?: string;
    }
  | { readonly kind: 'conflict'; readonly conflicts: readonly FieldConflict[] };

export interface PlanInput {
  readonly environment: string;
  readonly revision: string;
  readonly manifests: readonly HashedManifest[];
  /** Live objects, of the rendered ones and of those in the inventory; what isn't here does not exist. Never a partial list. */
  readonly live: ReadonlyMap<ObjectKey, KubeObject>;
  readonly inventory: Inventory | undefined;
  /** For every object that `needsDryRun` named. */
  readonly dryRuns: ReadonlyMap<ObjectKey, DryRunResult>;
  /** Kinds the cluster does not serve, as `kindKey` writes them. */
  readonly missingKinds: ReadonlySet<string>;
  /** What the configuration says about objects that it no longer holds; absent: nothing is deleted. */
  readonly pruning?: PruneScope;
  /** Who uses what would be deleted; read only where `leftoversOf` gives a deletion. */
  readonly uses?: PruneUses;
  /** What decides about addresses; absent: the plan says nothing of them. */
  readonly addresses?: ObservedAddresses;
  readonly digest: Digest;
}

/** The digest that stands for a rendered object. */
export function hashManifests(manifests: readonly Manifest[], digest: Digest): readonly HashedManifest[] {
  return manifests.map(({ step, object }) => ({ step, object, hash: digest(canonicalJson(asJson(object))) }));
}
