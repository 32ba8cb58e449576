import { isJsonObject, listAt, textAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { withSpec } from './with-spec.ts';

/** A namespace is held until its contents are gone, and selected by its name. */
export function admittedNamespace(object: JsonObject): JsonObject {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const labels = isJsonObject(metadata['labels']) ? metadata['labels'] : {};
  const named = { ...labels, 'kubernetes.io/metadata.name': metadata['name'] ?? '' };
  const status = isJsonObject(object['status']) ? object['status'] : { phase: 'Active' };
  return withSpec({ ...object, metadata: { ...metadata, labels: named }, status }, (spec) => {
    const held = listAt(spec, 'finalizers');
    // What holds a namespace is taken away for good while it is being deleted.
    const isHeld = metadata['deletionTimestamp'] !== undefined || held.includes('kubernetes');
    return isHeld ? spec : { ...spec, finalizers: [...held, 'kubernetes'] };
  });
}

/** Coordinated elections are not on. */
export function admittedLease(object: JsonObject): JsonObject {
  return withSpec(object, uncoordinated);
}

function uncoordinated(given: JsonObject): JsonObject {
  const { strategy: _, preferredHolder: __, ...spec } = given;
  return spec;
}

export function admittedBinding(object: JsonObject): JsonObject {
  const subjects = listAt(object, 'subjects');
  return subjects.length === 0 ? object : { ...object, subjects: subjects.map((subject) => admitSubject(subject)) };
}

function admitSubject(subject: Json): Json {
  const isAccount = textAt(subject, 'kind') === 'ServiceAccount';
  return isAccount || !isJsonObject(subject) ? subject : { apiGroup: 'rbac.authorization.k8s.io', ...subject };
}
