import { valueAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { emptySet, fieldSetOf } from '../../../domain/merge/field-set.ts';
import type { FieldSet } from '../../../domain/merge/field-set.ts';
import type { ServedKind } from '../kinds/served-kind.ts';

const byKind: { readonly [kind: string]: readonly (readonly string[])[] } = {
  Namespace: [['spec', 'finalizers']],
  Pod: [
    'serviceAccountName',
    'serviceAccount',
    'tolerations',
    'priority',
    'preemptionPolicy',
    'nodeName',
    'volumes',
  ].map((name) => ['spec', name]),
};

/**
 * Fields that the server fills in after it has recorded who owns what: what holds a namespace, what a pod gets. They are nobody's unless the
 * client sent them. (Of a Service nothing has been allocated when its owners are recorded.)
 */
export function allocatedFields(kind: ServedKind, sent: KubeObject): FieldSet {
  const fields = kind.custom ? undefined : byKind[kind.kind];
  if (fields === undefined) {
    return emptySet;
  }
  const body = asJson(sent);
  const filled = fields.filter((path) => valueAt(body, ...path) === undefined);
  // The label of a namespace is as old as its name: one that the server makes up comes after the record.
  const isMadeUp = kind.kind === 'Namespace' && valueAt(body, 'metadata', 'generateName') !== undefined;
  const label = isMadeUp ? [['f:metadata', 'f:labels']] : [];
  return fieldSetOf([...filled.map((path) => path.map((name) => `f:${name}`)), ...label]);
}
