import { isJsonArray, isJsonObject, listAt, numberAt, textAt, valueAt, type Json } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { groupOf } from '../manifest/object-id.ts';
import { difference } from './difference.ts';
import type { FieldChange } from './plan.ts';
import { sensitiveMark } from './sensitive.ts';

const fieldLimit = 24;

function fact(path: string, after: Json | undefined): readonly FieldChange[] {
  return after === undefined ? [] : [{ path, before: undefined, after }];
}

function names(list: readonly Json[]): readonly string[] {
  return list.map((element) => textAt(element, 'name')).filter((name) => name !== undefined);
}

function imagesOf(root: Json): readonly FieldChange[] {
  const pod = valueAt(root, 'spec', 'template', 'spec');
  return [...listAt(pod, 'initContainers'), ...listAt(pod, 'containers')].flatMap((container) =>
    fact(`image of ${textAt(container, 'name') ?? '?'}`, textAt(container, 'image')),
  );
}

function deploymentFields(root: Json): readonly FieldChange[] {
  return [...fact('spec.replicas', numberAt(root, 'spec', 'replicas')), ...imagesOf(root)];
}

function definitionFields(root: Json): readonly FieldChange[] {
  return [
    ...fact('spec.group', textAt(root, 'spec', 'group')),
    ...fact('spec.names.kind', textAt(root, 'spec', 'names', 'kind')),
    ...fact('versions', names(listAt(root, 'spec', 'versions'))),
  ];
}

function keysOf(field: string): (root: Json) => readonly FieldChange[] {
  return (root) => {
    const map = valueAt(root, field);
    return isJsonObject(map) ? fact(`${field} keys`, Object.keys(map).toSorted()) : [];
  };
}

function secretFields(root: Json): readonly FieldChange[] {
  return ['data', 'stringData'].flatMap((field) => {
    const map = valueAt(root, field);
    const keys = isJsonObject(map) ? Object.keys(map).toSorted() : [];
    return keys.map((key): FieldChange => ({ path: `${field}.${key}`, before: undefined, after: sensitiveMark }));
  });
}

function bindingFields(root: Json): readonly FieldChange[] {
  return [...fact('roleRef', textAt(root, 'roleRef', 'name')), ...fact('subjects', names(listAt(root, 'subjects')))];
}

function serviceFields(root: Json): readonly FieldChange[] {
  const ports = listAt(root, 'spec', 'ports').map((port) => valueAt(port, 'port') ?? null);
  return [...fact('spec.type', textAt(root, 'spec', 'type')), ...fact('ports', ports)];
}

function ruleFields(root: Json): readonly FieldChange[] {
  const rules = listAt(root, 'spec', 'groups').flatMap((group) => listAt(group, 'rules'));
  return fact(
    'alerts',
    rules.map((rule) => textAt(rule, 'alert')).filter((alert) => alert !== undefined),
  );
}

const byKind: ReadonlyMap<string, (root: Json) => readonly FieldChange[]> = new Map([
  ['Deployment', deploymentFields],
  ['DaemonSet', deploymentFields],
  ['StatefulSet', deploymentFields],
  ['CustomResourceDefinition', definitionFields],
  ['ConfigMap', keysOf('data')],
  ['Secret', secretFields],
  ['RoleBinding', bindingFields],
  ['ClusterRoleBinding', bindingFields],
  ['Service', serviceFields],
  ['PrometheusRule', ruleFields],
  ['ValidatingWebhookConfiguration', (root: Json) => fact('webhooks', names(listAt(root, 'webhooks')))],
]);

function ruleCount(root: Json): readonly FieldChange[] {
  const rules = valueAt(root, 'rules');
  return isJsonArray(rules) ? fact('rules', rules.length) : [];
}

/** MetalLB's own objects are small and are what people came for: all of their spec. */
function specFields(object: KubeObject): readonly FieldChange[] {
  const { apiVersion, kind, metadata } = object;
  const spec = difference(undefined, {
    apiVersion,
    kind,
    metadata: { name: metadata.name },
    spec: object['spec'] ?? {},
  });
  return spec.length <= fieldLimit ? spec : spec.slice(0, fieldLimit);
}

/** The few fields by which people know a new object: its addresses, its image, its peers; never a definition's hundreds of lines. */
export function tellingFields(object: KubeObject): readonly FieldChange[] {
  if (groupOf(object.apiVersion) === 'metallb.io') {
    return specFields(object);
  }
  const root = asJson(object);
  return byKind.get(object.kind)?.(root) ?? ruleCount(root);
}
