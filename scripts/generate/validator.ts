import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { type JsonSchema, withoutWords } from './json-schema.ts';

const banner = '// Compiled from schemas/environment.schema.json by `npm run generate`. Do not edit.';

/**
 * The schema as code that imports nothing: ajv's own few helpers are bundled in, because loading ajv would cost more time
 * than everything else the validation of a file does. The bare schema is beside the code, so that a finding can say which
 * keys would have been known.
 */
export async function compiledValidator(schema: JsonSchema): Promise<string> {
  const ajv = new Ajv({
    allErrors: true,
    messages: false,
    strict: true,
    strictTypes: false,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  const bare = { $schema: 'http://json-schema.org/draft-07/schema#', ...withoutWords(schema) };
  const validate = ajv.compile(bare);
  const code = standaloneCode.default(ajv, validate);
  const bundled = await build({
    stdin: { contents: code, resolveDir: process.cwd(), sourcefile: 'environment-validator.js', loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'es2022',
    minify: true,
    write: false,
    legalComments: 'none',
  });
  const [output] = bundled.outputFiles;
  if (output === undefined) {
    throw new Error('esbuild wrote no validator');
  }
  return `${banner}\n${output.text}export const schemaText = ${JSON.stringify(JSON.stringify(bare))};\n`;
}

/** The types of the compiled code. */
export function validatorTypes(): string {
  return `${banner}
/** One violation, as ajv reports it. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: { readonly [name: string]: unknown };
  readonly propertyName?: string;
}

/** True where the document keeps to the schema; else \`errors\` holds every violation until the next call. */
export const validate: {
  (document: unknown): boolean;
  errors?: readonly SchemaError[] | null;
};

/** The schema without its words, as JSON. */
export const schemaText: string;
`;
}
