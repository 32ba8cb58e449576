import { compile } from 'json-schema-to-typescript';
import type { JsonSchema } from './json-schema.ts';

const banner = '// Generated from schemas/environment.schema.json by `npm run generate`. Do not edit.\n';

/** The config's types, out of its schema: what a checked document is, before defaults are filled in. */
export async function configTypes(schema: JsonSchema): Promise<string> {
  const plain = { ...describedOnly(schema), title: 'EnvironmentConfig' };
  const source = await compile(JSON.parse(JSON.stringify(plain)) as object, 'EnvironmentConfig', {
    bannerComment: banner,
    ignoreMinAndMaxItems: true,
    format: true,
    style: { printWidth: 120, singleQuote: true },
    strictIndexSignatures: false,
  });
  return readonlyOf(source);
}

/** Titles would name types, examples would fill the comments, and a type has nothing to say of patterns. */
function describedOnly(schema: JsonSchema): JsonSchema {
  const { title: _title, default: _default, examples: _examples, propertyNames: _names, ...kept } = schema;
  return {
    ...kept,
    ...(kept.items === undefined ? {} : { items: describedOnly(kept.items) }),
    ...(kept.properties === undefined ? {} : { properties: eachDescribed(kept.properties) }),
    ...(kept.definitions === undefined ? {} : { definitions: eachDescribed(kept.definitions) }),
    ...(typeof kept.additionalProperties === 'object'
      ? { additionalProperties: describedOnly(kept.additionalProperties) }
      : {}),
  };
}

function eachDescribed(schemas: { readonly [name: string]: JsonSchema }): { readonly [name: string]: JsonSchema } {
  return Object.fromEntries(Object.entries(schemas).map(([key, inner]) => [key, describedOnly(inner)]));
}

/** Members and arrays become readonly. Comment lines begin with `*`, so no member pattern meets them. */
function readonlyOf(source: string): string {
  const lines = source.split('\n').map((line) =>
    line
      .replace(/^(\s+)((?:[A-Za-z_]\w*|'[^']*')\??: )/, '$1readonly $2')
      .replace(/^(\s+)(\[k: string\]: )/, '$1readonly $2')
      .replace(/(: )([A-Za-z]\w*(?:\[\])+;)$/, '$1readonly $2')
      .replace(/: \((.+)\)\[\];$/, ': readonly ($1)[];'),
  );
  for (const [index, line] of lines.entries()) {
    if (/^\s*\}\[\];$/.test(line)) {
      const opening = openingOf(lines, index);
      lines[opening] = (lines[opening] ?? '').replace(/\{$/, 'readonly {');
    }
  }
  return aliasesOf(lines.join('\n'));
}

/** The line that opens the mapping closed at `closing`: the nearest one above with the same indentation. */
function openingOf(lines: readonly string[], closing: number): number {
  const indent = /^\s*/.exec(lines[closing] ?? '')?.[0].length ?? 0;
  const above = lines.slice(0, closing);
  return above.findLastIndex((line) => line.endsWith('{') && line.search(/\S/) === indent);
}

/** Type aliases instead of interfaces: only those count as JSON objects to the compiler. */
function aliasesOf(source: string): string {
  return source.replaceAll(/^export interface (\w+) \{\n([\s\S]*?)^\}$/gm, 'export type $1 = {\n$2};');
}
