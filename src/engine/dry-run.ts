import { FieldConflictFailure, isFailure } from '../domain/failure.ts';
import { fieldManager, transitionAnnotation } from '../domain/identity.ts';
import type { Inventory } from '../domain/inventory/inventory.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import { groupOf, keyOf, type ObjectKey } from '../domain/manifest/object-id.ts';
import { mergeSchemaFor } from '../domain/merge/kind-schemas.ts';
import { mergeApply } from '../domain/merge/merge-apply.ts';
import { needsDryRun } from '../domain/plan/make-plan.ts';
import type { DryRunResult, HashedManifest } from '../domain/plan/plan-input.ts';
import { withTransitionMark } from '../domain/transition/transition-mark.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader } from '../ports/cluster.ts';
import { inParallel } from './in-parallel.ts';
import { withRetry } from './with-retry.ts';

const dryRunsInFlight = 16;

export interface DryRunRequest {
  readonly reader: ClusterReader;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly inventory: Inventory | undefined;
}

interface Asked {
  readonly object: KubeObject;
  readonly live: KubeObject;
  /** CustomResourceDefinitions that say how lists are merged. */
  readonly definitions: readonly KubeObject[];
}

function isPool(object: KubeObject): boolean {
  return groupOf(object.apiVersion) === 'metallb.io' && object.kind === 'IPAddressPool';
}

async function ask(request: DryRunRequest, { object, live }: Asked): Promise<DryRunResult> {
  try {
    const fence = live.metadata.uid === undefined ? {} : { uid: live.metadata.uid };
    const result = await withRetry(() => request.reader.dryRunApply(object, fence, request.signal), request);
    return { kind: 'object', object: result };
  } catch (error) {
    if (error instanceof FieldConflictFailure) {
      return { kind: 'conflict', conflicts: error.conflicts };
    }
    throw error;
  }
}

function withoutMark(object: KubeObject): KubeObject {
  const { annotations, ...metadata } = object.metadata;
  const rest = Object.entries(annotations ?? {}).filter(([name]) => name !== transitionAnnotation);
  return { ...object, metadata: rest.length === 0 ? metadata : { ...metadata, annotations: Object.fromEntries(rest) } };
}

/** What the apply would leave behind by our own merge, where a check refuses to let the server say it. */
function merged({ object, live, definitions }: Asked, refusal: string): DryRunResult {
  const schema = mergeSchemaFor(object.apiVersion, object.kind, definitions);
  const time = live.metadata.creationTimestamp ?? '';
  const result = mergeApply({ live, applied: object, manager: fieldManager, force: false, schema, time });
  return result.object === undefined
    ? { kind: 'conflict', conflicts: result.conflicts.map(({ manager, field }) => ({ manager, field })) }
    : { kind: 'object', object: result.object, refusal };
}

/**
 * MetalLB's webhook refuses a pool that overlaps another one, also where it only takes addresses over. So a pool that is
 * refused is asked about once more with the mark that lets it pass; who refuses that too is quoted in the result.
 */
async function askAboutPool(request: DryRunRequest, asked: Asked): Promise<DryRunResult> {
  try {
    return await ask(request, asked);
  } catch (error) {
    if (!isFailure(error, 'admission-refused')) {
      throw error;
    }
    try {
      const result = await ask(request, { ...asked, object: withTransitionMark(asked.object) });
      return result.kind === 'object' ? { ...result, object: withoutMark(result.object) } : result;
    } catch (second) {
      if (!isFailure(second, 'admission-refused')) {
        throw second;
      }
      return merged(asked, error.message);
    }
  }
}

/** Lets the server say what each apply that may change something would leave behind. Nothing is changed. */
export async function dryRunAll(
  request: DryRunRequest,
  manifests: readonly HashedManifest[],
  live: ReadonlyMap<ObjectKey, KubeObject>,
): Promise<ReadonlyMap<ObjectKey, DryRunResult>> {
  const results = new Map<ObjectKey, DryRunResult>();
  const definitions = manifests.map(({ object }) => object).filter(({ kind }) => kind === 'CustomResourceDefinition');
  await inParallel(manifests, dryRunsInFlight, async (manifest) => {
    const { object } = manifest;
    const key = keyOf(object);
    const there = live.get(key);
    if (there !== undefined && needsDryRun(manifest, there, request.inventory?.entries.get(key))) {
      const asked = { object, live: there, definitions };
      results.set(key, await (isPool(object) ? askAboutPool(request, asked) : ask(request, asked)));
    }
  });
  return results;
}
