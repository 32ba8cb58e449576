import type { KubeObject, ManagedFieldsEntry } from '../manifest/kube-object.ts';
import type { ObjectId } from '../manifest/object-id.ts';
import type { StepName } from '../manifest/waves.ts';
import type { FieldChange } from '../plan/plan.ts';
import type { Holder } from './holders.ts';

/** Fields of one writer, for people: `.spec.addresses`, as the API server prints paths. */
export interface ManagerFields {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly fields: readonly string[];
}

/** Why an object is not adopted. */
export interface Obstacle {
  readonly code: 'value-differs' | 'held' | 'other-environment' | 'being-deleted' | 'refused';
  /** One sentence with the facts. */
  readonly reason: string;
  /** One sentence with the way out. */
  readonly remedy: string;
}

/**
 * What adopting means for one rendered object.
 * - absent: it is not in the cluster; a sync will make it.
 * - ours: nothing is left to adopt.
 * - adopt: its fields become ours, and its values stay.
 * - defer: its fields become ours, and the next sync changes the values that differ.
 * - blocked: `obstacles` say why.
 */
export type AdoptionVerdict = 'absent' | 'ours' | 'adopt' | 'defer' | 'blocked';

export interface ObjectAdoption {
  readonly verdict: AdoptionVerdict;
  readonly id: ObjectId;
  readonly step: StepName;
  readonly hash: string;
  readonly object: KubeObject;
  readonly live: KubeObject | undefined;
  /** The record of owners to write before anything else; undefined where nobody's fields are taken. */
  readonly managedFields: readonly ManagedFieldsEntry[] | undefined;
  /** Fields that go over to us. */
  readonly taken: readonly ManagerFields[];
  /** Fields that are ours and another's: that they go from the configuration removes them only once the other lets go. */
  readonly shared: readonly ManagerFields[];
  /** Fields that the configuration doesn't set: they stay with whom they belong to. */
  readonly kept: readonly ManagerFields[];
  /** Our labels, which show whose the object is. */
  readonly marks: readonly FieldChange[];
  /** Values that the configuration sets otherwise. */
  readonly changes: readonly FieldChange[];
  readonly obstacles: readonly Obstacle[];
  readonly holders: readonly Holder[];
}

/** What `adopt` would do, as plain data: showing it is stopping here. */
export interface AdoptionPlan {
  readonly environment: string;
  readonly revision: string;
  /** In the order of the steps, then by object key. */
  readonly objects: readonly ObjectAdoption[];
}

/** The objects with one of these verdicts. */
export function adoptionsOf(plan: AdoptionPlan, ...verdicts: readonly AdoptionVerdict[]): readonly ObjectAdoption[] {
  return plan.objects.filter(({ verdict }) => verdicts.includes(verdict));
}
