import { Failure } from '../../src/domain/failure.ts';
import { fieldManager } from '../../src/domain/identity.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import { keyOf, objectKey } from '../../src/domain/manifest/object-id.ts';
import { mergeSchemaFor } from '../../src/domain/merge/kind-schemas.ts';
import { mergeApply } from '../../src/domain/merge/merge-apply.ts';
import type { FieldOwners } from '../../src/ports/field-owners.ts';
import type { MemoryCluster } from './memory-cluster.ts';

function changed(): Failure {
  return new Failure({ code: 'object-changed', retry: 'later', message: 'the object has been modified' });
}

/** Who owns the fields in a cluster in memory. Writes of owners count as requests `apply owners KEY`. */
export function memoryOwners(cluster: MemoryCluster): FieldOwners {
  return {
    previewTakeover: async (applied, uid) => {
      await Promise.resolve();
      const live = cluster.objects.get(keyOf(applied));
      if (live?.metadata.uid !== uid) {
        throw changed();
      }
      const schema = mergeSchemaFor(applied.apiVersion, applied.kind, []);
      const { object } = mergeApply({ live, applied, manager: fieldManager, force: true, schema, time: '' });
      if (object === undefined) {
        throw new Error('a forced apply had conflicts');
      }
      return object;
    },
    rewriteOwnership: async ({ id, uid, resourceVersion }, { managedFields, withoutLabels }) => {
      await Promise.resolve();
      const request = { verb: 'apply', target: `owners ${objectKey(id)}` } as const;
      cluster.before(request);
      cluster.requests.push(request);
      const live = cluster.objects.get(objectKey(id));
      if (live?.metadata.uid !== uid || live.metadata.resourceVersion !== resourceVersion) {
        throw changed();
      }
      const stored = cluster.put({ ...live, metadata: { ...withoutNamed(live, withoutLabels), managedFields } });
      cluster.after(request);
      return stored;
    },
  };
}

function withoutNamed({ metadata }: KubeObject, names: readonly string[]): KubeObject['metadata'] {
  const { labels, ...rest } = metadata;
  const left = Object.entries(labels ?? {}).filter(([name]) => !names.includes(name));
  return left.length === 0 ? rest : { ...rest, labels: Object.fromEntries(left) };
}
