import type { Json } from '../json.ts';

/** One entry of metadata.managedFields, as the API server writes it. `fieldsV1` is the set in its `f:`/`k:`/`v:` form. */
export type ManagedFieldsEntry = {
  readonly manager?: string;
  readonly operation?: 'Apply' | 'Update';
  readonly apiVersion?: string;
  readonly time?: string;
  readonly fieldsType?: string;
  readonly fieldsV1?: Json;
  readonly subresource?: string;
};

/** The parts of metadata the product reads. All others pass through untouched. */
export type ObjectMeta = {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  readonly managedFields?: readonly ManagedFieldsEntry[];
};

/**
 * A Kubernetes object. Only identity and metadata are typed; the rest is JSON and is read by `valueAt` and its kin, so no
 * field is ever dropped because a type did not know it.
 */
export type KubeObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: Json | ObjectMeta;
};

/** The object as plain JSON, for walking, hashing and printing. */
export function asJson(object: KubeObject): Json {
  return object;
}
