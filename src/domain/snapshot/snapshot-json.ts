import type { JsonObject } from '../json.ts';
import { asJson } from '../manifest/kube-object.ts';
import { keyOf } from '../manifest/object-id.ts';
import { snapshotFormatVersion, type Snapshot } from './snapshot.ts';

const published = 'https://metalwave.io/schemas/snapshot.schema.json';

/** The snapshot in its published form (schemas/snapshot.schema.json); objects in the order of their keys. */
export function snapshotJson(snapshot: Snapshot): JsonObject {
  const { metallb } = snapshot;
  const keyed = snapshot.objects.map((object) => ({ key: keyOf(object), object }));
  return {
    $schema: published,
    formatVersion: snapshotFormatVersion,
    takenAt: snapshot.takenAt,
    cluster: snapshot.cluster,
    serverVersion: snapshot.serverVersion,
    metallb:
      metallb === undefined
        ? null
        : {
            namespace: metallb.namespace,
            engine: metallb.engine,
            version: metallb.version,
            backend: metallb.backend,
            loadBalancerClass: metallb.loadBalancerClass ?? null,
          },
    lists: (snapshot.lists ?? []).map((list) => ({ ...list })),
    objects: keyed.toSorted((left, right) => (left.key < right.key ? -1 : 1)).map(({ object }) => asJson(object)),
  };
}
