import { jsonEqual } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ServedKind } from '../kinds/served-kind.ts';

/** The object with the number of its specification: one more where anything beside metadata and status changed. */
export function countGeneration(kind: ServedKind, live: KubeObject | undefined, object: KubeObject): KubeObject {
  if (!kind.hasGeneration) {
    return object;
  }
  const before = live?.metadata.generation ?? 0;
  const isSame = live !== undefined && jsonEqual(counted(live), counted(object));
  return { ...object, metadata: { ...object.metadata, generation: isSame ? before : before + 1 } };
}

function counted(object: KubeObject): Json {
  const { metadata: _, status: __, ...rest } = object;
  return rest;
}
