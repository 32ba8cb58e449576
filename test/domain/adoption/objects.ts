import type { AdoptionQuestion } from '../../../src/domain/adoption/judge-adoption.ts';
import { fieldManager } from '../../../src/domain/identity.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { KubeObject, ManagedFieldsEntry, ObjectMeta } from '../../../src/domain/manifest/kube-object.ts';
import { mergeSchemaFor } from '../../../src/domain/merge/kind-schemas.ts';
import { mergeApply } from '../../../src/domain/merge/merge-apply.ts';
import { updateOwnership } from '../../../src/domain/merge/update-ownership.ts';

const apiVersion = 'metallb.io/v1beta1';
const kind = 'IPAddressPool';
const time = '2026-01-01T00:00:00Z';
const schema = mergeSchemaFor(apiVersion, kind, []);

export const ownLabels = { 'app.kubernetes.io/managed-by': 'metalwave', 'metalwave.io/environment': 'dev' };

export function pool(spec: JsonObject, metadata: Partial<ObjectMeta> = {}): KubeObject {
  return { apiVersion, kind, metadata: { name: 'default', namespace: 'metallb-system', ...metadata }, spec };
}

/** The pool as Metalwave renders it. */
export function rendered(spec: JsonObject): KubeObject {
  return pool(spec, { labels: ownLabels });
}

/** One writer after the other, as the API server would record them; then what only the server gives. */
export function written(
  ...writers: readonly {
    readonly manager: string;
    readonly operation: 'Apply' | 'Update';
    readonly object: KubeObject;
  }[]
): KubeObject {
  let live: KubeObject | undefined;
  for (const { manager, operation, object } of writers) {
    if (operation === 'Apply') {
      live = mergeApply({ live, applied: object, manager, force: true, schema, time }).object;
    } else {
      const updated: KubeObject = live === undefined ? object : overlay(live, object);
      live = updateOwnership({ live, updated, manager, schema, time });
    }
  }
  if (live === undefined) {
    throw new Error('nobody wrote');
  }
  return withVersion(live);
}

function overlay(live: KubeObject, object: KubeObject): KubeObject {
  const spec = { ...(live['spec'] as JsonObject), ...(object['spec'] as JsonObject) };
  const labels = { ...live.metadata.labels, ...object.metadata.labels };
  const annotations = { ...live.metadata.annotations, ...object.metadata.annotations };
  return { ...live, spec, metadata: { ...live.metadata, labels, annotations } };
}

export function withVersion(live: KubeObject): KubeObject {
  return { ...live, metadata: { ...live.metadata, uid: 'u1', resourceVersion: '7' } };
}

/** What the server foresees of an apply that takes every field. */
export function foreseen(live: KubeObject, applied: KubeObject): KubeObject {
  const { object } = mergeApply({ live, applied, manager: fieldManager, force: true, schema, time });
  if (object === undefined) {
    throw new Error('a forced apply had conflicts');
  }
  return object;
}

/** The question for a pool that is live; parts of it may be given otherwise. */
export function questionAbout(
  live: KubeObject | undefined,
  object: KubeObject,
  more: Partial<AdoptionQuestion> = {},
): AdoptionQuestion {
  return {
    environment: 'dev',
    manifest: { step: 'pools', object, hash: 'h' },
    there: live === undefined ? undefined : { live, preview: { kind: 'object', object: foreseen(live, object) } },
    entry: undefined,
    allowChanges: false,
    letGo: new Set(),
    ...more,
  };
}

/** Managers of a record, each with its operation. */
export function managersOf(entries: readonly ManagedFieldsEntry[] | undefined): readonly string[] {
  return (entries ?? []).map(({ manager, operation }) => `${manager ?? ''} ${operation ?? ''}`);
}
