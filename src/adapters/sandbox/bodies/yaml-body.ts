import { isJsonArray, isJsonObject } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { readPlainScalar } from '../../../domain/yaml-scalar/plain-scalar.ts';
import type { Schema, Type as YamlType } from 'js-yaml';

/** A body that is no YAML; the message is worded as the API server's where the parsers agree on what is wrong. */
export class BrokenYaml extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BrokenYaml';
  }
}

interface YamlBody {
  readonly value: Json;
  /** Keys that are there twice, as a client is told of them. */
  readonly doubts: readonly string[];
}

const standard = (name: string): string => `tag:yaml.org,2002:${name}`;

/** The first document of a text, its scalars read as the API server reads them and its keys in their order. */
export async function parseYamlBody(text: string): Promise<YamlBody> {
  const { loadAll, YAMLException } = await import('js-yaml');
  const schema = await serverSchema();
  const first = (isLenient: boolean): Json => {
    const documents = loadAll(text, undefined, { schema, json: isLenient });
    return sorted((documents[0] ?? null) as Json);
  };
  try {
    return { value: first(false), doubts: [] };
  } catch (error) {
    if (!(error instanceof YAMLException)) {
      throw error;
    }
    if (error.reason === 'duplicated mapping key') {
      return { value: first(true), doubts: await keysTwice(text) };
    }
    // What is wrong without a place is wrong in what follows the first document.
    const line = (error.mark as { readonly line: number } | undefined)?.line ?? 0;
    throw new BrokenYaml(`yaml: line ${line + 1}: ${error.reason}`);
  }
}

let schemaMade: Schema | undefined;

async function serverSchema(): Promise<Schema> {
  const { FAILSAFE_SCHEMA, Type } = await import('js-yaml');
  const scalar = (tag: string, resolve: (text: string) => boolean, construct: (text: string) => Json): YamlType =>
    new Type(tag, {
      kind: 'scalar',
      resolve: (data: unknown) => resolve(textOf(data)),
      construct: (data: unknown) => construct(textOf(data)),
    });
  const tagged = ['int', 'float', 'bool', 'null'].map((name) => scalar(standard(name), isMoreThanText, plainValue));
  const binary = scalar(
    standard('binary'),
    () => true,
    (text) => Buffer.from(text, 'base64').toString('utf8'),
  );
  const merge = new Type(standard('merge'), { kind: 'scalar', resolve: (data: unknown) => data === '<<' });
  const plain = scalar('tag:metalwave.io,2026:plain', isMoreThanText, plainValue);
  schemaMade ??= FAILSAFE_SCHEMA.extend({ implicit: [merge, plain], explicit: [...tagged, binary] });
  return schemaMade;
}

function textOf(data: unknown): string {
  return typeof data === 'string' ? data : '';
}

function isMoreThanText(text: string): boolean {
  return readPlainScalar(text).kind !== 'text';
}

function plainValue(text: string): Json {
  const scalar = readPlainScalar(text);
  if (scalar.kind === 'null') {
    return null;
  }
  return scalar.kind === 'text' ? text : scalar.value;
}

/** Go's encoder writes mappings in the order of their keys: so they are looked at. */
function sorted(value: Json): Json {
  if (isJsonArray(value)) {
    return value.map((item) => sorted(item));
  }
  if (!isJsonObject(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}

/** Each with the line of its value, inner ones first. */
async function keysTwice(text: string): Promise<readonly string[]> {
  const { LineCounter, isMap, isPair, isScalar, parseAllDocuments, visit } = await import('yaml');
  const lines = new LineCounter();
  const [document] = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false, version: '1.1' });
  const found: { readonly end: number; readonly text: string }[] = [];
  if (document === undefined || !('contents' in document)) {
    return [];
  }
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<unknown>();
      for (const { key, value } of isMap(map) ? map.items.filter((item) => isPair(item)) : []) {
        const name = isScalar(key) ? key.value : undefined;
        const range = (value as { readonly range?: readonly [number, number, number] } | null)?.range;
        if (seen.has(name) && range !== undefined) {
          const told = typeof name === 'string' ? JSON.stringify(name) : String(name);
          const { line } = lines.linePos(range[0]);
          found.push({ end: range[1], text: `line ${line}: key ${told} already set in map` });
        }
        seen.add(name);
      }
    },
  });
  return found.toSorted((left, right) => left.end - right.end).map((one) => one.text);
}
