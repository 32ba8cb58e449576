import { listAt, textAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject, ObjectMeta } from '../../../domain/manifest/kube-object.ts';
import { finalizersOf } from '../requests/removal.ts';
import type { ServedKind } from '../kinds/served-kind.ts';

const standard: ReadonlySet<string> = new Set(['orphan', 'foregroundDeletion', 'kubernetes']);

/** Metadata in which no owner stands twice; the client is told of owners that did, and of finalizers without a domain. */
export function tidyMetadata(
  kind: ServedKind,
  object: KubeObject,
  live: KubeObject | undefined,
  warn: (text: string) => void = () => undefined,
): ObjectMeta {
  if (kind.custom) {
    const before = live === undefined ? [] : finalizersOf(live);
    for (const name of finalizersOf(object).filter((one) => !before.includes(one) && isBare(one))) {
      const why = 'prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers';
      warn(`metadata.finalizers: ${JSON.stringify(name)}: ${why}`);
    }
  }
  const owners = listAt(asJson(object), 'metadata', 'ownerReferences');
  const kept = owners.filter((owner, index) => !repeats(owner, owners.slice(0, index)));
  if (kept.length === owners.length) {
    return object.metadata;
  }
  const uids = owners.filter((owner) => !kept.includes(owner)).map((owner) => textAt(owner, 'uid') ?? '');
  const rule = 'API server dedups owner references in 1.20+, and may reject such requests as early as 1.24';
  const seen = [...new Set(uids)].join(', ');
  warn(
    `.metadata.ownerReferences contains duplicate entries; ${rule}; please fix your requests; duplicate UID(s) observed: ${seen}`,
  );
  const tidied: ObjectMeta & { readonly ownerReferences: Json } = { ...object.metadata, ownerReferences: kept };
  return tidied;
}

function isBare(finalizer: string): boolean {
  return !finalizer.includes('/') && !standard.has(finalizer);
}

function repeats(owner: Json, earlier: readonly Json[]): boolean {
  const text = JSON.stringify(owner);
  return earlier.some((one) => JSON.stringify(one) === text);
}
