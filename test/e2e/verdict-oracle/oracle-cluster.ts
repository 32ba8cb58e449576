import { isJsonObject, type Json, type JsonObject, listAt, textAt, valueAt } from '../../../src/domain/json.ts';

/** The nodes of the oracle's cluster, each with a speaker. */
export const oracleNodes: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[] = [
  { name: 'node-1', labels: { 'kubernetes.io/hostname': 'node-1', rack: 'a' } },
  { name: 'node-2', labels: { 'kubernetes.io/hostname': 'node-2', rack: 'b' } },
];

/** True where one of the object's node selectors selects a node of these labels, or where it has none. */
export function selectsNode(object: JsonObject, labels: Readonly<Record<string, string>>): boolean {
  const selectors = listAt(object, 'spec', 'nodeSelectors');
  return selectors.length === 0 || selectors.some((selector) => matches(selector, labels));
}

function matches(selector: Json, labels: Readonly<Record<string, string>>): boolean {
  const wanted = valueAt(selector, 'matchLabels');
  const pairs = isJsonObject(wanted) ? Object.entries(wanted) : [];
  return (
    pairs.every(([key, value]) => labels[key] === value) &&
    listAt(selector, 'matchExpressions').every((condition) => holds(condition, labels))
  );
}

function holds(condition: Json, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[textAt(condition, 'key') ?? ''];
  const isAmong = value !== undefined && listAt(condition, 'values').includes(value);
  const verdicts: Readonly<Record<string, boolean>> = {
    In: isAmong,
    NotIn: !isAmong,
    Exists: value !== undefined,
    DoesNotExist: value === undefined,
  };
  return verdicts[textAt(condition, 'operator') ?? ''] === true;
}

/** A node as the API server takes it; nothing runs there. */
export function oracleNode({ name, labels }: (typeof oracleNodes)[number]): JsonObject {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } };
}

/** The one kind of FRR-K8s that speakers write, with any content. */
export const frrConfigurationDefinition: JsonObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'frrconfigurations.frrk8s.metallb.io' },
  spec: {
    group: 'frrk8s.metallb.io',
    scope: 'Namespaced',
    names: { plural: 'frrconfigurations', singular: 'frrconfiguration', kind: 'FRRConfiguration' },
    versions: [
      {
        name: 'v1beta1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};
