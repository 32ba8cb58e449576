import { isFailure } from '../domain/failure.ts';
import type { PlannedImport } from '../domain/import/print-import.ts';
import { type ComparedResource, type ResourceDifference, resourceDifferences } from '../domain/import/same-meaning.ts';
import { isJsonObject, valueAt } from '../domain/json.ts';
import { asJson } from '../domain/manifest/kube-object.ts';
import type { Manifest } from '../domain/manifest/manifest.ts';
import { describeObject } from '../domain/manifest/object-id.ts';
import { metalLbApi, metalLbGroup } from '../domain/metallb/api.ts';
import type { Change } from '../domain/plan/plan.ts';
import { planEnvironment, type PlanRequest } from './plan-environment.ts';

/** Those manifests that configure MetalLB. */
export function metalLbManifests(manifests: readonly Manifest[]): readonly Manifest[] {
  return manifests.filter(({ object }) => object.apiVersion.startsWith(`${metalLbGroup}/`));
}

/** Every resource in which what is rendered is not what was there. */
export function differencesOfRender(
  before: readonly ComparedResource[],
  manifests: readonly Manifest[],
): readonly ResourceDifference[] {
  const after = metalLbManifests(manifests).flatMap(({ object }): readonly ComparedResource[] => {
    const config = metalLbApi.find((kind) => kind.kind === object.kind)?.config;
    const spec = valueAt(asJson(object), 'spec');
    return config === undefined
      ? []
      : [{ list: config.key, name: object.metadata.name, spec: isJsonObject(spec) ? spec : {} }];
  });
  return resourceDifferences(before, after);
}

const isLabel = (path: string): boolean => /^\.?metadata\.labels\b/u.test(path);

function changeWords(change: Change): readonly string[] {
  const name = describeObject(change.id);
  if (change.action === 'create') {
    return [`${name} would be made.`];
  }
  if (change.action === 'update') {
    return change.fields.filter(({ path }) => !isLabel(path)).map(({ path }) => `${name}: ${path} would change.`);
  }
  if (change.action === 'conflict') {
    return change.conflicts
      .filter(({ field }) => !isLabel(field))
      .map(({ field, manager }) => `${name}: ${field} belongs to ${manager} with another value.`);
  }
  return change.action === 'skip' ? [`${name}: ${change.reason}`] : [];
}

/**
 * Plans the rendered resources against the cluster they were read from, as a sync would. undefined where whoever asks may
 * read the cluster and no more: the server lets only those who may change an object try a change.
 */
export async function planOfImport(request: PlanRequest): Promise<PlannedImport | undefined> {
  try {
    const { plan } = await planEnvironment({ ...request, manifests: metalLbManifests(request.manifests) });
    return {
      labelled: plan.changes.filter(({ action }) => action === 'update').length,
      labelsOfOthers: plan.changes.filter(
        (change) => change.action === 'conflict' && change.conflicts.some(({ field }) => isLabel(field)),
      ).length,
      changes: plan.changes.flatMap((change) => changeWords(change)),
    };
  } catch (error) {
    if (isFailure(error, 'cluster-forbidden')) {
      return undefined;
    }
    throw error;
  }
}
