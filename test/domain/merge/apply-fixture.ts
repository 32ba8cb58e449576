import { mergeApply } from '../../../src/domain/merge/merge-apply.ts';
import type { MergeApplyResult } from '../../../src/domain/merge/merge-apply.ts';
import { mergeSchemaFor } from '../../../src/domain/merge/kind-schemas.ts';
import type { MergeSchema } from '../../../src/domain/merge/merge-schema.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import type { Json } from '../../../src/domain/json.ts';

export const time = '2026-01-02T03:04:05Z';
export const later = '2026-01-02T03:04:09Z';

export const serviceSchema: MergeSchema = mergeSchemaFor('v1', 'Service', []);

export function service(
  spec: { readonly [field: string]: Json },
  labels: { readonly [key: string]: string } = {},
): KubeObject {
  const metadata = Object.keys(labels).length === 0 ? { name: 'web' } : { name: 'web', labels };
  return { apiVersion: 'v1', kind: 'Service', metadata, spec };
}

export function applyService(
  live: KubeObject | undefined,
  applied: KubeObject,
  manager: string,
  options: { readonly force?: boolean; readonly time?: string } = {},
): MergeApplyResult {
  return mergeApply({
    live,
    applied,
    manager,
    force: options.force ?? false,
    schema: serviceSchema,
    time: options.time ?? time,
  });
}

/** The object of an apply that must have gone through. */
export function appliedObject(result: MergeApplyResult): KubeObject {
  if (result.conflicts !== undefined) {
    throw new Error(`the apply met conflicts: ${result.conflicts.map((conflict) => conflict.field).join(', ')}`);
  }
  return result.object;
}
