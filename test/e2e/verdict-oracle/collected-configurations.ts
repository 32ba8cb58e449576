import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { explanationFamilies } from '../../../src/domain/finding/explanation/explanations.ts';
import { isJsonObject, type Json, type JsonObject, listAt, textAt } from '../../../src/domain/json.ts';
import { metalLbApi } from '../../../src/domain/metallb/api.ts';
import { storageVersion } from '../../../src/domain/metallb/kind.ts';
import { corpusFolder } from '../crd-samples.ts';
import type { Configuration } from './configurations.ts';

/** Every file of the corpus that holds objects of the API as it is now, as one configuration each. */
export function corpusConfigurations(): readonly Configuration[] {
  return ['valid', 'invalid']
    .map((folder) => join(corpusFolder, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .flatMap((file) =>
      configurationOf(
        file,
        readAll(readFileSync(file, 'utf8')).flatMap((each) => currentObject(each)),
      ),
    );
}

const identity = (each: JsonObject): string =>
  `${textAt(each, 'kind') ?? ''}/${textAt(each, 'metadata', 'name') ?? ''}`;

/** Objects with one name, as of several namespaces, would replace each other: none is made of them. */
function configurationOf(title: string, objects: readonly JsonObject[]): readonly Configuration[] {
  const names = new Set(objects.map((each) => identity(each)));
  // Secrets are not sent, and placeholders are not judged.
  const isOpen = /"passwordSecret":\{"|\$\{/u.test(JSON.stringify(objects));
  return objects.length === 0 || names.size < objects.length || isOpen ? [] : [{ title, objects }];
}

/** The examples by which findings are explained, where they are of MetalLB's own resources or of the config's lists. */
export function exampleConfigurations(): readonly Configuration[] {
  return explanationFamilies.flatMap(({ explanations }) =>
    Object.entries(explanations).flatMap(([code, { example }]) => {
      const objects = readAll(example).flatMap((each) => [...currentObject(each), ...objectsOfConfig(each)]);
      return configurationOf(`example of ${code}`, objects);
    }),
  );
}

function readAll(text: string): readonly Json[] {
  try {
    return loadAll(text) as Json[];
  } catch {
    return []; // No YAML: no server ever sees it.
  }
}

function currentObject(document: Json): readonly JsonObject[] {
  const kind = metalLbApi.find((each) => each.kind === textAt(document, 'kind') && each.config !== undefined);
  const apiVersion = kind === undefined ? '' : `metallb.io/${storageVersion(kind).name}`;
  const name = textAt(document, 'metadata', 'name');
  return isJsonObject(document) && name !== undefined && textAt(document, 'apiVersion') === apiVersion
    ? [{ kind: kind?.kind ?? '', metadata: { name }, spec: document['spec'] ?? {} }]
    : [];
}

function objectsOfConfig(document: Json): readonly JsonObject[] {
  return metalLbApi.flatMap(({ kind, config }) =>
    listAt(document, 'metallb', config?.key ?? '').flatMap((item) => {
      if (!isJsonObject(item) || typeof item['name'] !== 'string') {
        return [];
      }
      const { name, ...spec } = item;
      return [{ kind, metadata: { name }, spec }];
    }),
  );
}
