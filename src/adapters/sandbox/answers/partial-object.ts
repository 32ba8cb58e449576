import { valueAt } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';

const apiVersion = 'meta.k8s.io/v1';

/** An object for a client that wants nothing but metadata. */
export function partialObject(object: KubeObject): JsonObject {
  return { kind: 'PartialObjectMetadata', apiVersion, metadata: valueAt(asJson(object), 'metadata') ?? {} };
}

export function partialList(objects: readonly KubeObject[], metadata: JsonObject): JsonObject {
  return { kind: 'PartialObjectMetadataList', apiVersion, metadata, items: objects.map((one) => partialObject(one)) };
}
