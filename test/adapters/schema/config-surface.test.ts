import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../../scripts/generate/environment-schema.ts';
import type { JsonSchema } from '../../../scripts/generate/json-schema.ts';
import { schemaChecker } from '../../../src/adapters/schema/schema-checker.ts';
import { decodeEnvironment } from '../../../src/domain/environment/decode-environment.ts';
import { isJsonObject, type Json, listAt, valueAt } from '../../../src/domain/json.ts';
import { metalLbApi } from '../../../src/domain/metallb/api.ts';
import { crdDocument } from '../../../src/domain/metallb/crd-document.ts';
import { storageVersion } from '../../../src/domain/metallb/kind.ts';

const schema = environmentSchema();

interface Place {
  readonly path: readonly string[];
  readonly node: JsonSchema;
}

/** Every named key of the schema, definitions included, with the way to it. */
function placesBelow(node: JsonSchema, path: readonly string[]): readonly Place[] {
  const inner = Object.entries(node.properties ?? {}).flatMap(([key, value]) => [
    { path: [...path, key], node: value },
    ...placesBelow(value, [...path, key]),
  ]);
  return [...inner, ...(node.items === undefined ? [] : placesBelow(node.items, [...path, '[]']))];
}

const places = [
  ...placesBelow(schema, []),
  ...Object.entries(schema.definitions ?? {}).flatMap(([name, node]) => [
    { path: [`#${name}`], node },
    ...placesBelow(node, [`#${name}`]),
  ]),
];

function resolved(node: JsonSchema): JsonSchema {
  const name = node.$ref?.replace('#/definitions/', '');
  return name === undefined ? node : (schema.definitions?.[name] ?? {});
}

/** A config that holds nothing but `value` at a path from the root. */
function wrapped(path: readonly string[], value: Json): Json {
  const [first, ...rest] = path;
  if (first === undefined) {
    return value;
  }
  return first === '[]' ? [wrapped(rest, value)] : { [first]: wrapped(rest, value) };
}

describe('the published schema', () => {
  it('has at least a hundred keys to speak of', () => {
    expect(places.length).toBeGreaterThan(100);
  });

  it('titles and describes every key', () => {
    const silent = places.filter(({ node }) => {
      const { title, description } = resolved(node);
      return title === undefined || description === undefined;
    });
    expect(silent.map(({ path }) => path.join('.'))).toEqual([]);
  });

  it('is closed: every mapping of ours names all of its keys', () => {
    const open = places.filter(({ node }) => node.properties !== undefined && node.additionalProperties !== false);
    expect(open.map(({ path }) => path.join('.'))).toEqual([]);
  });

  it('gives examples and defaults that it accepts itself', () => {
    const rooted = places.filter(({ path }) => path[0]?.startsWith('#') === false);
    for (const { path, node } of rooted) {
      const values = [...(node.examples ?? []), ...(node.default === undefined ? [] : [node.default])];
      for (const value of values) {
        const config = wrapped(path, value);
        const whole = isJsonObject(config) ? { metallb: {}, ...config } : config;
        const { findings } = schemaChecker.checkEnvironment('example.yaml', whole);
        const about = findings.filter(({ code }) => code !== 'missing-key');
        expect(about, `${path.join('.')}: ${JSON.stringify(value)}`).toEqual([]);
      }
    }
  });

  it("has a place for every field of MetalLB's API, with its default", () => {
    for (const kind of metalLbApi) {
      const spec = storageVersion(kind).spec;
      if (kind.config === undefined || spec === undefined) {
        continue;
      }
      const properties = schema.definitions?.[kind.config.key]?.properties ?? {};
      expect(Object.keys(properties)).toEqual(['name', 'labels', ...Object.keys(spec.fields)]);
      const crd = crdDocument(kind.kind, '0.16.2') as Json;
      const stored = listAt(crd, 'spec', 'versions').find((version) => valueAt(version, 'storage') === true);
      const fields = valueAt(stored, 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties');
      expect(isJsonObject(fields) ? Object.keys(fields) : []).toEqual(Object.keys(spec.fields));
      for (const name of Object.keys(spec.fields)) {
        expect(properties[name]?.default).toEqual(valueAt(fields, name, 'default'));
      }
    }
  });
});

describe('the example repository', () => {
  const names = readdirSync('environments');

  it('has dev and prod', () => {
    expect(names.toSorted()).toEqual(['dev', 'prod']);
  });

  it.each(names)('%s is valid without a single finding, and tells editors of the schema', (name) => {
    const path = `environments/${name}/config-${name}.yaml`;
    const text = readFileSync(path, 'utf8');
    expect(text.startsWith('# yaml-language-server: $schema=../../schemas/environment.schema.json\n')).toBe(true);
    const { config, findings } = schemaChecker.checkEnvironment(path, load(text) as Json);
    expect(findings).toEqual([]);
    if (config === undefined) {
      throw new Error('a config without findings is handed on');
    }
    expect(decodeEnvironment(name, path, config).findings).toEqual([]);
  });
});
