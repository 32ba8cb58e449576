import type { Manifest } from '../manifest/manifest.ts';
import { keyOf, type ObjectKey } from '../manifest/object-id.ts';
import { stepRank } from '../manifest/waves.ts';

/**
 * Manifests in the order of their steps, then of their keys by code unit. The same object twice is a bug: names are
 * unique a kind once an environment is validated.
 */
export function orderManifests(manifests: readonly Manifest[]): readonly Manifest[] {
  const ranked = manifests.map((manifest) => ({
    manifest,
    rank: stepRank(manifest.step),
    key: keyOf(manifest.object),
  }));
  const seen = new Set<ObjectKey>();
  for (const { key } of ranked) {
    if (seen.has(key)) {
      throw new Error(`bug: ${key} is rendered twice`);
    }
    seen.add(key);
  }
  return ranked
    .toSorted((left, right) => left.rank - right.rank || (left.key < right.key ? -1 : 1))
    .map(({ manifest }) => manifest);
}
