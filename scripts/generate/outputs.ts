import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { environmentSchema } from './environment-schema.ts';
import { configTypes } from './config-types.ts';
import { findingsPage } from './findings-page.ts';
import { recordedObjectsFile } from './recorded-objects.ts';
import { generateAlertRules, generateTemplates } from './render-sources.ts';
import { compiledValidator, validatorTypes } from './validator.ts';

/** Every generated file: its path from the repository's root and what it must hold. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const schema = environmentSchema();
  const render = [generateAlertRules('.'), generateTemplates('.')];
  return new Map([
    ...render.map(({ path, text }): [string, string] => [path, text]),
    ['schemas/environment.schema.json', await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 })],
    ['docs/findings.md', findingsPage()],
    ['src/domain/environment/config.generated.ts', await configTypes(schema)],
    ['src/adapters/sandbox/seed/recorded-objects.generated.ts', recordedObjectsFile()],
    ['src/domain/product-version.generated.ts', productVersion()],
    ['src/adapters/schema/environment-validator.generated.js', await compiledValidator(schema)],
    ['src/adapters/schema/environment-validator.generated.d.ts', validatorTypes()],
  ]);
}

/** The domain reads no files, and its default images carry the product's version. */
function productVersion(): string {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  return `// Generated from package.json by \`npm run generate\`. Do not edit.\nexport const productVersion = '${version}';\n`;
}
