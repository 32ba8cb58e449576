import { builtInSchema, customObjectSchema } from '../crd/built-in-schemas.ts';
import { isJsonObject, listAt, textAt, valueAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { asJson } from '../manifest/kube-object.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { groupOf, versionOf } from '../manifest/object-id.ts';
import { untypedSchema } from './merge-schema.ts';
import type { MergeSchema } from './merge-schema.ts';
import { mergeSchemaOf } from './structural-merge-schema.ts';

/**
 * The structural schema of a kind: from the built-in tables, else from the CustomResourceDefinition among `definitions` that
 * declares it; undefined where neither knows it.
 */
export function structuralSchemaFor(
  apiVersion: string,
  kind: string,
  definitions: readonly KubeObject[],
): JsonObject | undefined {
  const builtIn = builtInSchema(apiVersion, kind);
  if (builtIn !== undefined) {
    return builtIn;
  }
  const definition = definitions
    .map((object) => asJson(object))
    .find(
      (candidate) =>
        textAt(candidate, 'spec', 'group') === groupOf(apiVersion) &&
        textAt(candidate, 'spec', 'names', 'kind') === kind,
    );
  const served = listAt(definition, 'spec', 'versions').find(
    (version) => textAt(version, 'name') === versionOf(apiVersion),
  );
  const schema = valueAt(served, 'schema', 'openAPIV3Schema');
  return isJsonObject(schema) ? customObjectSchema(schema) : undefined;
}

/** How objects of a kind merge. A kind that nobody declares merges by the form of its values. */
export function mergeSchemaFor(apiVersion: string, kind: string, definitions: readonly KubeObject[]): MergeSchema {
  const schema = structuralSchemaFor(apiVersion, kind, definitions);
  return schema === undefined ? untypedSchema : mergeSchemaOf(schema);
}
