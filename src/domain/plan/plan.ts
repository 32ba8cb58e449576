import type { FieldConflict } from '../failure.ts';
import type { Json } from '../json.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import type { ObjectId } from '../manifest/object-id.ts';
import type { StepName } from '../manifest/waves.ts';

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
 * - orphan: ours by the inventory, no longer in the configuration. It stays until it is pruned.
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
  | { readonly action: 'orphan'; readonly id: ObjectId; readonly apiVersion: string; readonly live: LiveRef };

export type ChangeAction = Change['action'];

/** Everything a sync would do, as plain data. A dry run is stopping here. */
export interface Plan {
  readonly formatVersion: 1;
  readonly environment: string;
  readonly revision: string;
  /** In the order of the steps, then by object key; orphans last. */
  readonly changes: readonly Change[];
  /** Over the rendered objects and the live spec of the objects that are ours: `sha256:` and 64 hex digits. */
  readonly hash: string;
}
