import type { Json } from '../../../domain/json.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';

/** Different records that are remembered; past it all are forgotten, and those in use stay with their objects. */
const mostRecords = 2_000;

/**
 * Objects that are written alike have the same fields in their records of owners, which often take more room than all else of
 * the object: equal ones are kept once.
 */
export class SharedOwners {
  readonly #known = new Map<string, Json>();

  shared(object: KubeObject): KubeObject {
    const { managedFields } = object.metadata;
    if (managedFields === undefined) {
      return object;
    }
    const owners = managedFields.map((entry) =>
      entry.fieldsV1 === undefined ? entry : { ...entry, fieldsV1: this.#one(entry.fieldsV1) },
    );
    return { ...object, metadata: { ...object.metadata, managedFields: owners } };
  }

  #one(fields: Json): Json {
    const text = JSON.stringify(fields);
    const known = this.#known.get(text);
    if (known !== undefined) {
      return known;
    }
    if (this.#known.size >= mostRecords) {
      this.#known.clear();
    }
    this.#known.set(text, fields);
    return fields;
  }
}
