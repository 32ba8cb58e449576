import type { Digest } from '../digest.ts';
import { canonicalJson } from '../json.ts';
import type { HashedManifest } from '../plan/plan-input.ts';
import { keyOf } from '../manifest/object-id.ts';

/** Stands for all that an environment renders to: the same for every commit that renders the same. */
export function renderedHash(manifests: readonly HashedManifest[], digest: Digest): string {
  const lines = manifests.map(({ object, step, hash }) => `${keyOf(object)} ${step} ${hash}`).toSorted();
  return `sha256:${digest(canonicalJson(lines))}`;
}
