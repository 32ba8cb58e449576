import { isJsonObject, listAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { emptySet, fieldSetOf } from '../../../domain/merge/field-set.ts';
import type { FieldSet, PathElement } from '../../../domain/merge/field-set.ts';
import { elementKey } from '../../../domain/merge/merge-schema.ts';
import type { ListSchema } from '../../../domain/merge/merge-schema.ts';
import type { ServedKind } from '../kinds/served-kind.ts';

const byKind: { readonly [kind: string]: readonly (readonly string[])[] } = {
  Service: ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'healthCheckNodePort'].map((name) => [
    'spec',
    name,
  ]),
  Namespace: [
    ['metadata', 'labels'],
    ['spec', 'finalizers'],
  ],
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

const portKeys: ListSchema = {
  type: 'keyed-list',
  keys: ['port', 'protocol'],
  keyDefaults: { protocol: 'TCP' },
  items: { type: 'leaf' },
};

/**
 * Fields that the server fills in after it has recorded who owns what: addresses, node ports, a namespace's label. They
 * are nobody's unless the client sent them.
 */
export function allocatedFields(kind: ServedKind, sent: KubeObject, stored: KubeObject): FieldSet {
  if (kind.custom || byKind[kind.kind] === undefined) {
    return emptySet;
  }
  const body = asJson(sent);
  const filled = (byKind[kind.kind] ?? []).filter((path) => valueAt(body, ...path) === undefined);
  const ports = kind.kind === 'Service' ? filledNodePorts(body, asJson(stored)) : [];
  return fieldSetOf([...filled.map((path) => path.map((name) => `f:${name}`)), ...ports]);
}

function filledNodePorts(sent: Json, stored: Json): readonly (readonly PathElement[])[] {
  const given = new Set(
    listAt(sent, 'spec', 'ports')
      .filter((port) => isJsonObject(port) && port['nodePort'] !== undefined)
      .map((port) => elementKey(portKeys, port)),
  );
  return listAt(stored, 'spec', 'ports').flatMap((port) => {
    const key = elementKey(portKeys, port);
    return key === undefined || given.has(key) ? [] : [['f:spec', 'f:ports', key, 'f:nodePort']];
  });
}
