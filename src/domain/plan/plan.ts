import type { FieldConflict } from '../failure.ts';
import type { Json } from '../json.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import type { ObjectId } from '../manifest/object-id.ts';
import type { StepName } from '../manifest/waves.ts';
import type { Transition } from '../transition/transition.ts';
import type { FileTrace } from '../source/file-trace.ts';
import type { PlannedAddresses } from './planned-addresses.ts';

/** One field that differs. `path` is for people: `spec.addresses[0]`, `metadata.labels["app.kubernetes.io/name"]`. */
export interface FieldChange {
  readonly path: string;
  /** undefined: the field is added. */
  readonly before: Json | undefined;
  /** undefined: the field is removed. */
  readonly after: Json | undefined;
}

/** The live object a change was planned against. */
export interface LiveRef {
  readonly uid: string;
  readonly resourceVersion: string;
}

/**
 * What happens to one object.
 * - create, update: as said; `fields` are what differs, `object` is what is applied.
 * - keep: live already is what is wanted; no request is made.
 * - conflict: another manager owns a field at another value; never forced, so a sync stops before its first write.
 * - skip: its kind is not served and the step may do without it (monitoring without the Prometheus operator).
 * - delete: ours by the inventory and no longer in the configuration; deleted after every wave is healthy.
 * - orphan: no longer in the configuration, but it stays; `reason` says why.
 * - release: no longer managed from here, by the configuration's own word; it stays, and only its inventory entry goes.
 * - forget: in the inventory alone, neither in the configuration nor in the cluster; only its inventory entry goes.
 */
export type Change =
  | {
      readonly action: 'create';
      readonly id: ObjectId;
      readonly step: StepName;
      readonly hash: string;
      readonly object: KubeObject;
      readonly fields: readonly FieldChange[];
    }
  | {
      readonly action: 'update';
      readonly id: ObjectId;
      readonly step: StepName;
      readonly hash: string;
      readonly object: KubeObject;
      readonly fields: readonly FieldChange[];
      readonly live: LiveRef;
    }
  | {
      readonly action: 'keep';
      readonly id: ObjectId;
      readonly step: StepName;
      readonly hash: string;
      readonly object: KubeObject;
      readonly live: LiveRef;
    }
  | {
      readonly action: 'conflict';
      readonly id: ObjectId;
      readonly step: StepName;
      readonly hash: string;
      readonly object: KubeObject;
      readonly conflicts: readonly FieldConflict[];
      readonly live: LiveRef;
    }
  | { readonly action: 'skip'; readonly id: ObjectId; readonly step: StepName; readonly reason: string }
  | {
      readonly action: 'delete';
      readonly id: ObjectId;
      /** The step that applied it; deletions go through the steps in reverse. */
      readonly step: StepName;
      readonly apiVersion: string;
      readonly live: LiveRef;
    }
  | {
      readonly action: 'orphan' | 'release';
      readonly id: ObjectId;
      readonly apiVersion: string;
      readonly live: LiveRef;
      readonly reason: string;
    }
  | { readonly action: 'forget'; readonly id: ObjectId; readonly apiVersion: string };

export type ChangeAction = Change['action'];

/** What a deletion may do that a person must have seen first. */
export type RailCode =
  | 'namespace-deleted'
  | 'crd-with-objects'
  | 'pool-in-use'
  | 'program-deleted'
  | 'namespace-moved'
  | 'shrinks'
  | 'cut-off';

/**
 * A deletion that is made only with an approval of the very plan that names it. A sync of a plan with rails stops before
 * its first write.
 */
export interface Rail {
  readonly code: RailCode;
  /** The object it is about; undefined: the plan as a whole. */
  readonly id: ObjectId | undefined;
  /** One sentence with the facts. */
  readonly reason: string;
  /** One sentence with the way out. */
  readonly remedy: string;
}

/** One thing that a person must have agreed to. */
export interface ApprovalReason {
  readonly reason: string;
  readonly remedy: string | undefined;
}

/** What a sync of this plan asks a person to agree to. */
export interface NeededApproval {
  readonly reasons: readonly ApprovalReason[];
  /** The command that agrees to this very plan and goes on; absent where the plan was made on a snapshot. */
  readonly command: string | undefined;
}

/** Plain manifests that are planned, and the cluster or snapshot they are planned against. */
export interface PlannedManifests {
  readonly paths: readonly string[];
  readonly live: string;
  /** MetalLB's objects that the manifests do not hold are taken to be deleted. */
  readonly prune: boolean;
}

/** Everything a sync would do, as plain data. A dry run is stopping here. */
export interface Plan {
  readonly formatVersion: 1;
  readonly environment: string;
  readonly revision: string;
  /** What is rendered in the order of the steps, then by object key; then deletions in the order in which they are made; the rest last. */
  readonly changes: readonly Change[];
  /** What happens to the addresses of Services; absent: nobody asked. */
  readonly addresses?: PlannedAddresses;
  /** Where the plan is one of plain manifests, which other tools apply: whence they come. `environment` is empty then. */
  readonly manifests?: PlannedManifests;
  /** Addresses that change their pool, and how that is done without loss; absent: none do. */
  readonly transition?: Transition;
  /** Deletions that need an approval; most telling first. */
  readonly rails: readonly Rail[];
  /** What needs an approval, rails and budget alike; absent: nobody has worked it out, or it is not a sync's plan. */
  readonly approval?: NeededApproval;
  /** What the configuration's file looks like, for the inventory; absent: it came from no file. */
  readonly file?: FileTrace;
  /** Over the rendered objects, the live spec of the objects that are ours, and what is deleted: `sha256:` and 64 hex digits. */
  readonly hash: string;
}
