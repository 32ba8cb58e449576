import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { keyOf, objectKey, type ObjectKey } from '../manifest/object-id.ts';
import { comparable } from './comparable.ts';
import type { Change, Rail } from './plan.ts';
import type { PlanInput } from './plan-input.ts';
import type { PlannedAddresses } from './planned-addresses.ts';

/** Annotations that controllers write on their own; an approval must outlive them. */
const volatileAnnotations: ReadonlySet<string> = new Set([
  'deployment.kubernetes.io/revision',
  'deprecated.daemonset.template.generation',
]);

function stableMetadata(metadata: Json | undefined): JsonObject {
  if (!isJsonObject(metadata)) {
    return {};
  }
  const annotations = isJsonObject(metadata['annotations']) ? metadata['annotations'] : {};
  const kept = Object.entries(annotations).filter(([name]) => !volatileAnnotations.has(name));
  return { labels: metadata['labels'] ?? {}, annotations: Object.fromEntries(kept) };
}

function liveBase(live: KubeObject): Json {
  const content = comparable(live);
  return { ...content, metadata: stableMetadata(content['metadata']) };
}

/** What a plan decides about objects that are no longer in the configuration. */
export interface HashedPruning {
  readonly leftovers: readonly Change[];
  readonly rails: readonly Rail[];
}

/** Nothing where nothing is deleted, so that switching sync.prune on voids no approval by itself. */
function pruning({ leftovers, rails }: HashedPruning): readonly Json[] {
  const deleted = leftovers.filter(({ action }) => action === 'delete').map(({ id }) => objectKey(id));
  return deleted.length === 0 ? [] : [[deleted, rails.map(({ code, reason }) => [code, reason])]];
}

/**
 * Who is affected, and how. Services that stay as they are count for nothing, so that one that comes or goes elsewhere voids
 * no approval; one more that would lose its address does.
 */
function outcomes(addresses: PlannedAddresses | undefined): readonly Json[] {
  if (addresses === undefined) {
    return [];
  }
  if (addresses.state === 'unknown') {
    return [{ addresses: null }];
  }
  const table = addresses.plan.services
    .filter(({ verdict, advertised }) => verdict !== 'kept' || advertised.length > 0)
    .map(({ namespace, name, before, after, exact, verdict, advertised }): Json => [
      namespace,
      name,
      verdict,
      before,
      after,
      exact,
      advertised.map(({ address, change }) => [address, change]),
    ]);
  return [{ addresses: table }];
}

/**
 * Binds an approval to content: what is rendered, and what stands now in every object the plan can touch. The same
 * objects from another commit give the same hash; a status write, a new resourceVersion or a rotated caBundle too. What is
 * deleted counts with all that its rails say: another Service on a pool is another plan. So does what happens to addresses.
 */
export function planHash(
  input: Pick<PlanInput, 'environment' | 'manifests' | 'live' | 'inventory' | 'digest'> &
    HashedPruning & { readonly outcomes?: PlannedAddresses | undefined },
): string {
  const rendered = new Map(input.manifests.map(({ object, step, hash }) => [keyOf(object), `${step} ${hash}`]));
  const inventoryKeys = [...(input.inventory?.entries.values() ?? [])].map(({ id }) => objectKey(id));
  const keys = [...new Set<ObjectKey>([...rendered.keys(), ...inventoryKeys])].toSorted();
  const base = keys.map((key): Json => {
    const live = input.live.get(key);
    return [key, rendered.get(key) ?? null, live === undefined ? null : liveBase(live)];
  });
  return `sha256:${input.digest(canonicalJson([input.environment, base, ...pruning(input), ...outcomes(input.outcomes)]))}`;
}
