import type { KubeObject, ObjectMeta } from '../../../domain/manifest/kube-object.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { recordedObjects } from './recorded-objects.generated.ts';

/** An object as a write has left it, but for what is new each time: its uid, its revision and the times in its metadata. */
export interface RecordedObject {
  readonly collection: string;
  readonly object: KubeObject;
}

interface Birth {
  /** RFC 3339 to the second. */
  readonly timestamp: string;
  readonly newUid: () => string;
}

/** Puts what every cluster has from its start: it was written as any client's objects are when it was recorded. */
export function placeFirstObjects(store: ObjectStore, birth: Birth): void {
  for (const { collection, object } of JSON.parse(recordedObjects) as readonly RecordedObject[]) {
    store.put(collection, { ...object, metadata: bornMetadata(object.metadata, birth) });
  }
}

function bornMetadata({ managedFields, ...metadata }: ObjectMeta, { timestamp, newUid }: Birth): ObjectMeta {
  const owners = managedFields?.map(({ manager = '', operation = 'Update', apiVersion = '', ...fields }) => {
    return { manager, operation, apiVersion, time: timestamp, ...fields };
  });
  const born = { ...metadata, uid: newUid(), creationTimestamp: timestamp };
  return owners === undefined ? born : { ...born, managedFields: owners };
}
