import { defaultRoles } from '../../src/domain/rbac/default-roles.ts';
import type { KubeObject, ObjectMeta } from '../../src/domain/manifest/kube-object.ts';
import { keepAccounts } from '../../src/adapters/sandbox/controllers/accounts.ts';
import { ClusterState } from '../../src/adapters/sandbox/controllers/cluster-state.ts';
import { KindRegistry } from '../../src/adapters/sandbox/kinds/kind-registry.ts';
import { ObjectRemover } from '../../src/adapters/sandbox/objects/object-remover.ts';
import { ObjectStore } from '../../src/adapters/sandbox/objects/object-store.ts';
import { ObjectWriter } from '../../src/adapters/sandbox/objects/object-writer.ts';
import type { RecordedObject } from '../../src/adapters/sandbox/seed/first-objects.ts';

const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

function nothing(): string {
  return '';
}

/**
 * Writes what every cluster has from its start through the same checks, defaults and record of owners as a client's objects,
 * and gives what came of it. Done when the product is built, so that a start need not do it.
 */
function recordFirstObjects(): readonly RecordedObject[] {
  const store = new ObjectStore();
  const registry = new KindRegistry(store);
  const writer = new ObjectWriter({ store, timestamp: nothing, newUid: nothing, families: ['IPv4'] });
  const remover = new ObjectRemover(store, nothing);
  const state = new ClusterState({ store, registry, writer, remover });
  const recorded: RecordedObject[] = [];
  store.subscribe(({ collection, object }) => {
    recorded.push({ collection, object: withoutBirth(object) });
  });
  for (const object of [...defaultRoles(), ...namespaces.map((name) => namespaceNamed(name))]) {
    state.ensure(object, 'metalwave-sandbox');
  }
  keepAccounts(state);
  return recorded;
}

/** One text: parsing it is the fastest way to have the objects. */
export function recordedObjectsFile(): string {
  const text = JSON.stringify(JSON.stringify(recordFirstObjects()));
  return (
    '// Generated from the default roles and the rules of the embedded control plane by `npm run generate`. Do not edit.\n' +
    `export const recordedObjects: string = ${text};\n`
  );
}

function namespaceNamed(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

function withoutBirth(object: KubeObject): KubeObject {
  const { uid: _, resourceVersion: __, creationTimestamp: ___, managedFields, ...metadata } = object.metadata;
  const owners = managedFields?.map(({ time: ____, ...entry }) => entry);
  const kept: ObjectMeta = owners === undefined ? metadata : { ...metadata, managedFields: owners };
  return { ...object, metadata: kept };
}
