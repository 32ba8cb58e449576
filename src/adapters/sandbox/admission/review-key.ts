import { canonicalJson } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject, ManagedFieldsEntry } from '../../../domain/manifest/kube-object.ts';
import { collectionOf } from '../kinds/served-kind.ts';
import type { ReviewedWrite } from '../requests/write-review.ts';

/** Tells writes apart by everything that they are about, but not by when they are tried. */
export function reviewKey({ target, live, object, subresource, dryRun }: ReviewedWrite): string {
  const { kind, namespace, name } = target;
  const { uid = '', resourceVersion = '' } = live?.metadata ?? {};
  const place = [collectionOf(kind), kind.version, namespace, name, subresource, dryRun, uid, resourceVersion];
  return canonicalJson([...place, object === undefined ? null : timeless(object, live === undefined)]);
}

/** What is new has another uid and age each time. */
function timeless(object: KubeObject, isNew: boolean): Json {
  const { uid = '', creationTimestamp = '', managedFields = [], ...metadata } = object.metadata;
  const owners = managedFields.map((entry) => withoutTime(entry));
  const identity = isNew ? {} : { uid, creationTimestamp };
  return asJson({ ...object, metadata: { ...metadata, ...identity, managedFields: owners } });
}

function withoutTime(entry: ManagedFieldsEntry): ManagedFieldsEntry {
  const { time: _, ...rest } = entry;
  return rest;
}
