import { customObjectSchema } from '../../../domain/crd/built-in-schemas.ts';
import { isJsonObject, listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { mergeSchemaOf } from '../../../domain/merge/structural-merge-schema.ts';
import type { Column, KindVersions, ScalePaths, ServedKind } from './served-kind.ts';
import { byPriority } from './version-priority.ts';

/** The kinds that one CustomResourceDefinition declares: one for each served version. */
export function customKinds(definition: KubeObject): readonly ServedKind[] {
  const spec = valueAt(asJson(definition), 'spec');
  const declared = listAt(spec, 'versions');
  const schemas = new Map(declared.map((version) => [textAt(version, 'name') ?? '', schemaOf(version)]));
  const stored = declared.find((version) => valueAt(version, 'storage') === true);
  const versions = { storage: textAt(stored, 'name') ?? '', schemas };
  return declared
    .filter((version) => valueAt(version, 'served') === true)
    .map((version) => customKind(definition, version, versions));
}

function schemaOf(version: Json): JsonObject {
  const declared = valueAt(version, 'schema', 'openAPIV3Schema');
  return customObjectSchema(isJsonObject(declared) ? declared : {});
}

function customKind(definition: KubeObject, version: Json, versions: KindVersions): ServedKind {
  const spec = valueAt(asJson(definition), 'spec');
  const name = textAt(version, 'name') ?? '';
  const schema = versions.schemas.get(name) ?? {};
  const deprecation = deprecationOf(spec, version);
  return {
    ...namesOf(definition),
    group: textAt(spec, 'group') ?? '',
    version: name,
    versions,
    ...(deprecation === undefined ? {} : { deprecation }),
    ...(valueAt(version, 'subresources', 'scale') === undefined ? {} : { scale: scaleOf(version) }),
    ...(definition.metadata.deletionTimestamp === undefined ? {} : { isEnding: true }),
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

type Names = Pick<ServedKind, 'kind' | 'listKind' | 'resource' | 'singular' | 'shortNames' | 'categories'>;

/** The names that were accepted: those that were asked for since may belong to others. */
function namesOf(definition: KubeObject): Names {
  const accepted = valueAt(asJson(definition), 'status', 'acceptedNames');
  const names = (textAt(accepted, 'kind') ?? '') === '' ? valueAt(asJson(definition), 'spec', 'names') : accepted;
  const kind = textAt(names, 'kind') ?? '';
  const texts = (field: string): readonly string[] => listAt(names, field).filter((name) => typeof name === 'string');
  return {
    kind,
    listKind: textAt(names, 'listKind') ?? `${kind}List`,
    resource: textAt(names, 'plural') ?? '',
    singular: textAt(names, 'singular') ?? kind.toLowerCase(),
    shortNames: texts('shortNames'),
    categories: texts('categories'),
  };
}

/** A version that is deprecated names the best of those that come before it and are not. */
function deprecationOf(spec: Json | undefined, version: Json): string | undefined {
  if (valueAt(version, 'deprecated') !== true) {
    return undefined;
  }
  const group = textAt(spec, 'group') ?? '';
  const kind = textAt(spec, 'names', 'kind') ?? '';
  const name = textAt(version, 'name') ?? '';
  const others = listAt(spec, 'versions')
    .filter((one) => valueAt(one, 'served') === true && valueAt(one, 'deprecated') !== true)
    .map((one) => textAt(one, 'name') ?? '');
  const [best] = byPriority([...others, name]);
  const instead = best === undefined || best === name ? '' : `; use ${group}/${best} ${kind}`;
  return textAt(version, 'deprecationWarning') ?? `${group}/${name} ${kind} is deprecated${instead}`;
}

function scaleOf(version: Json): ScalePaths {
  const path = (field: string): readonly string[] | undefined =>
    textAt(version, 'subresources', 'scale', field)?.split('.').slice(1);
  return {
    wanted: path('specReplicasPath') ?? [],
    there: path('statusReplicasPath') ?? [],
    selector: path('labelSelectorPath'),
  };
}

function columnOf(column: Json): Column {
  return {
    name: textAt(column, 'name') ?? '',
    type: textAt(column, 'type') ?? 'string',
    jsonPath: textAt(column, 'jsonPath') ?? '',
    description: textAt(column, 'description') ?? '',
    priority: numberAt(column, 'priority') ?? 0,
  };
}
