import { customObjectSchema } from '../../../domain/crd/built-in-schemas.ts';
import { isJsonObject, listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { mergeSchemaOf } from '../../../domain/merge/structural-merge-schema.ts';
import type { Column, ServedKind } from './served-kind.ts';

/** The kinds that one CustomResourceDefinition declares: one for each served version. */
export function customKinds(definition: KubeObject): readonly ServedKind[] {
  const spec = valueAt(asJson(definition), 'spec');
  return listAt(spec, 'versions')
    .filter((version) => valueAt(version, 'served') === true)
    .map((version) => customKind(spec, version));
}

function customKind(spec: Json | undefined, version: Json): ServedKind {
  const declared = valueAt(version, 'schema', 'openAPIV3Schema');
  const schema = customObjectSchema(isJsonObject(declared) ? declared : {});
  const kind = textAt(spec, 'names', 'kind') ?? '';
  return {
    group: textAt(spec, 'group') ?? '',
    version: textAt(version, 'name') ?? '',
    kind,
    listKind: textAt(spec, 'names', 'listKind') ?? `${kind}List`,
    resource: textAt(spec, 'names', 'plural') ?? '',
    singular: textAt(spec, 'names', 'singular') ?? kind.toLowerCase(),
    shortNames: listAt(spec, 'names', 'shortNames').filter((name) => typeof name === 'string'),
    categories: listAt(spec, 'names', 'categories').filter((name) => typeof name === 'string'),
    selectableFields: listAt(version, 'selectableFields').flatMap((field) => {
      const path = textAt(field, 'jsonPath');
      return path === undefined ? [] : [path.replace(/^\./u, '')];
    }),
    namespaced: textAt(spec, 'scope') !== 'Cluster',
    custom: true,
    hasStatus: valueAt(version, 'subresources', 'status') !== undefined,
    hasGeneration: true,
    schema,
    mergeSchema: mergeSchemaOf(schema),
    columns: listAt(version, 'additionalPrinterColumns').map((column) => columnOf(column)),
  };
}

function columnOf(column: Json): Column {
  return {
    name: textAt(column, 'name') ?? '',
    type: textAt(column, 'type') ?? 'string',
    jsonPath: textAt(column, 'jsonPath') ?? '',
    priority: numberAt(column, 'priority') ?? 0,
  };
}
