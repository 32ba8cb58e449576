import { listAt, textAt, valueAt } from '../../domain/json.ts';
import { asJson } from '../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import { groupOf, versionOf } from '../../domain/manifest/object-id.ts';
import { structuralSchemaFor } from '../../domain/merge/kind-schemas.ts';
import { pluralOf } from '../../domain/snapshot/plural.ts';
import type { ApiKind } from '../../ports/cluster.ts';

const clusterScoped: ReadonlySet<string> = new Set([
  'Namespace',
  'Node',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
]);

/**
 * A kind as the cluster of the snapshot served it: built in, declared by a definition in the file, or, failing both, borne by an
 * object in the file.
 */
export function snapshotKind(apiVersion: string, kind: string, objects: readonly KubeObject[]): ApiKind | undefined {
  const group = groupOf(apiVersion);
  const named = { group, version: versionOf(apiVersion), kind };
  const definition = objects
    .map((object) => asJson(object))
    .find(
      (object) =>
        textAt(object, 'kind') === 'CustomResourceDefinition' &&
        textAt(object, 'spec', 'group') === group &&
        textAt(object, 'spec', 'names', 'kind') === kind,
    );
  if (definition !== undefined) {
    const isServed = listAt(definition, 'spec', 'versions').some(
      (version) => textAt(version, 'name') === named.version && valueAt(version, 'served') !== false,
    );
    const resource = textAt(definition, 'spec', 'names', 'plural') ?? pluralOf(kind);
    return isServed ? { ...named, resource, namespaced: textAt(definition, 'spec', 'scope') !== 'Cluster' } : undefined;
  }
  const example = objects.find((object) => object.apiVersion === apiVersion && object.kind === kind);
  if (example !== undefined) {
    return { ...named, resource: pluralOf(kind), namespaced: (example.metadata.namespace ?? '') !== '' };
  }
  const isBuiltIn = structuralSchemaFor(apiVersion, kind, []) !== undefined;
  return isBuiltIn ? { ...named, resource: pluralOf(kind), namespaced: !clusterScoped.has(kind) } : undefined;
}
