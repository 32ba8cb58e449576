import { isJsonArray } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import type { KubeObject, ObjectMeta } from '../../../domain/manifest/kube-object.ts';
import { emptySet, fieldSetOf } from '../../../domain/merge/field-set.ts';
import type { FieldSet } from '../../../domain/merge/field-set.ts';
import type { ServedKind } from '../kinds/served-kind.ts';

const statusAlone = fieldSetOf([['f:status']]);
const specAlone = fieldSetOf([['f:spec']]);
const wholeMetadata = fieldSetOf([['f:spec'], ['f:metadata']]);

/** What else the status' endpoint of a kind leaves alone beside the spec. */
const ignoredByStatus: { readonly [kind: string]: FieldSet } = {
  Deployment: fieldSetOf([['f:spec'], ['f:metadata', 'f:labels']]),
  Pod: fieldSetOf([['f:spec'], ['f:metadata', 'f:deletionTimestamp'], ['f:metadata', 'f:ownerReferences']]),
  CustomResourceDefinition: wholeMetadata,
  ValidatingAdmissionPolicy: wholeMetadata,
};

/** Fields that a write through this endpoint neither changes nor owns. */
export function resetFields(kind: ServedKind, subresource: string): FieldSet {
  if (!kind.hasStatus) {
    return emptySet;
  }
  if (subresource === '') {
    return statusAlone;
  }
  return (kind.custom ? undefined : ignoredByStatus[kind.kind]) ?? specAlone;
}

/** The object's endpoint leaves the status alone, the status' endpoint everything else save the metadata. */
export function keepOtherPart(
  kind: ServedKind,
  live: KubeObject | undefined,
  body: KubeObject,
  subresource: string,
): KubeObject {
  if (!kind.hasStatus || (live === undefined && kind.kind === 'Node')) {
    return body;
  }
  const { status, ...rest } = body;
  if (subresource === 'status' && live !== undefined) {
    const { status: _, ...kept } = live;
    return withStatus({ ...kept, metadata: body.metadata }, status);
  }
  return withStatus(rest, live?.['status']);
}

function withStatus(object: KubeObject, status: Json | ObjectMeta | undefined): KubeObject {
  return status === undefined ? object : { ...object, status };
}

/**
 * The metadata that a write of the status leaves. Custom resources, definitions and policies keep all of theirs but the record of
 * owners, Deployments their labels; other kinds take labels and annotations along.
 */
export function keepMetadata(
  kind: ServedKind,
  live: KubeObject | undefined,
  object: KubeObject,
  subresource: string,
): KubeObject {
  if (subresource !== 'status' || live === undefined) {
    return object;
  }
  const { managedFields, labels: _, ...metadata } = object.metadata;
  if (!kind.custom && kind.kind === 'Deployment') {
    const { labels } = live.metadata;
    const owners = managedFields === undefined ? {} : { managedFields };
    return { ...object, metadata: { ...metadata, ...owners, ...(labels === undefined ? {} : { labels }) } };
  }
  if (!kind.custom && ignoredByStatus[kind.kind] !== wholeMetadata) {
    return object;
  }
  const { managedFields: __, ...kept } = live.metadata;
  return { ...object, metadata: isJsonArray(managedFields) ? { ...kept, managedFields } : kept };
}
