import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Arbitrary, array, boolean, constantFrom, dictionary, oneof, record, tuple } from 'fast-check';
import { loadAll } from 'js-yaml';
import { isJsonObject, type Json, type JsonObject, textAt } from '../../src/domain/json.ts';
import { metalLbApi } from '../../src/domain/metallb/api.ts';
import type { Field, Fields } from '../../src/domain/metallb/field.ts';
import type { KindVersion, MetalLbKind } from '../../src/domain/metallb/kind.ts';
import type { Sample } from './crd-server.ts';

/** Folder of real people's manifests, where it lies beside the repository. */
export const corpusFolder: string = process.env['METALWAVE_CORPUS'] ?? join('..', 'shared', 'corpus');

/** Every metallb.io document of the corpus whose kind the API still has. */
export function corpusSamples(): readonly Sample[] {
  const files = ['valid', 'invalid', 'legacy']
    .map((folder) => join(corpusFolder, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const samples = files.flatMap((file) => documentsOf(file)).flatMap((document, index) => sampleOf(document, index));
  if (samples.length === 0) {
    throw new Error(`${corpusFolder} holds no document of metallb.io`);
  }
  return samples;
}

function documentsOf(file: string): readonly Json[] {
  try {
    return loadAll(readFileSync(file, 'utf8')) as Json[];
  } catch {
    return []; // No YAML: no server ever sees it.
  }
}

function sampleOf(document: Json, index: number): readonly Sample[] {
  const kind = metalLbApi.find((entry) => entry.kind === textAt(document, 'kind'));
  const apiVersion = textAt(document, 'apiVersion') ?? '';
  if (kind === undefined || !isJsonObject(document) || !apiVersion.startsWith('metallb.io/v1beta')) {
    return [];
  }
  const name = textAt(document, 'metadata', 'name') ?? `document-${index}`;
  return [
    { apiVersion, plural: kind.plural, object: { ...document, metadata: { name, namespace: 'metallb-system' } } },
  ];
}

/** An object of a kind, without spec and status. */
export function bareSample(kind: MetalLbKind, version: KindVersion, more: JsonObject): Sample {
  const apiVersion = `metallb.io/${version.name}`;
  const metadata = { name: 'sample', namespace: 'metallb-system' };
  return { apiVersion, plural: kind.plural, object: { apiVersion, kind: kind.kind, metadata, ...more } };
}

/**
 * Objects as the table has them: half of them clean, half in part beside it (missing, wrong, null, unknown, just beyond a
 * bound), because one misfit spoils a whole object.
 */
export function objectsOf(fields: Fields): Arbitrary<JsonObject> {
  return oneof(cleanObjects(fields), strayObjects(fields));
}

function cleanObjects(fields: Fields): Arbitrary<JsonObject> {
  const model = modelOf(fields, cleanValues);
  const requiredKeys = Object.keys(fields).filter((name) => fields[name]?.required === true);
  return record(model, { requiredKeys }).map(present);
}

function strayObjects(fields: Fields): Arbitrary<JsonObject> {
  const known = record(modelOf(fields, strayValues), { requiredKeys: [] });
  return tuple(known, constantFrom<JsonObject>({}, {}, {}, { stray: 1 })).map(([fitting, stray]): JsonObject => ({
    ...present(fitting),
    ...stray,
  }));
}

function modelOf(
  fields: Fields,
  values: (field: Field) => Arbitrary<Json>,
): { readonly [name: string]: Arbitrary<Json> } {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, values(field)]));
}

function present(entries: { readonly [name: string]: Json | undefined }): JsonObject {
  const kept: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(entries)) {
    if (value !== undefined) {
      kept[name] = value;
    }
  }
  return kept;
}

function cleanValues(field: Field): Arbitrary<Json> {
  switch (field.type) {
    case 'string': {
      const texts =
        field.format === 'date-time' ? ['2026-01-01T00:00:00Z'] : (field.enum ?? field.examples ?? ['Text']);
      return constantFrom<Json>(...texts);
    }
    case 'integer': {
      const { minimum: least = 1, maximum: most = 2 ** 31 - 1 } = field;
      return constantFrom<Json>(least + 1, most - 1, most);
    }
    case 'boolean':
      return boolean();
    case 'list':
      return array(cleanValues(field.items), { minLength: field.minItems ?? 0, maxLength: 1 });
    case 'map':
      return dictionary(constantFrom('a', 'b/c'), cleanValues(field.values), { maxKeys: 2 });
    case 'object':
      return cleanObjects(field.fields);
  }
}

const misfits: Arbitrary<Json> = constantFrom<Json>(null, 'text', -1, 0, 1.5, true, [], {}, [null], ['text']);

function strayValues(field: Field): Arbitrary<Json> {
  return oneof({ weight: 12, arbitrary: nearlyFitting(field) }, { weight: 1, arbitrary: misfits });
}

function nearlyFitting(field: Field): Arbitrary<Json> {
  switch (field.type) {
    case 'string':
      return constantFrom<Json>(
        ...(field.enum ?? []),
        ...(field.examples ?? []),
        '',
        '10s',
        '1500ms',
        '0s',
        'a b',
        '70000s',
      );
    case 'integer': {
      const { minimum: least = 0, maximum: most = 2 ** 31 } = field;
      return constantFrom<Json>(least - 1, least, least + 1, most - 1, most, most + 1, 32, 128);
    }
    case 'boolean':
      return boolean();
    case 'list':
      return array(strayValues(field.items), { maxLength: 2 });
    case 'map':
      return dictionary(constantFrom('a', 'b/c'), strayValues(field.values), { maxKeys: 2 });
    case 'object':
      return objectsOf(field.fields);
  }
}
