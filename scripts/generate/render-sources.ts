import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { load } from 'js-yaml';
import type { AlertRule } from '../../src/domain/render/alert-rule.ts';
import { templateNames } from '../../src/domain/render/render-unit.ts';

export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

const templateFolder = 'src/adapters/template/manifests';
const suffix = '.json.hbs';
const alertFile = 'alerts/metallb.rules.yaml';

/**
 * Compiles the templates ahead, so that a render neither looks for files nor makes code from text. Strict: a value that
 * is not in the model is an error. No helper but `json` and the built-in blocks is known.
 */
export function generateTemplates(root: string): GeneratedFile {
  const found = readdirSync(join(root, templateFolder)).toSorted();
  const wanted = templateNames.map((name) => `${name}${suffix}`).toSorted();
  if (found.join() !== wanted.join()) {
    throw new Error(`${templateFolder} holds ${found.join(', ')}, but render-unit.ts names ${wanted.join(', ')}`);
  }
  const entries = templateNames.map((name) => {
    const source = readFileSync(join(root, templateFolder, `${name}${suffix}`), 'utf8');
    const compiled: unknown = Handlebars.precompile(source, {
      strict: true,
      knownHelpers: { json: true },
      knownHelpersOnly: true,
    });
    if (typeof compiled !== 'string') {
      throw new TypeError(`Handlebars compiled ${name} to something else than text`);
    }
    return `  ${JSON.stringify(name)}: ${compiled},\n`;
  });
  return {
    path: 'src/adapters/template/templates.generated.ts',
    text:
      '// @ts-nocheck: compiled by Handlebars.\n' +
      `// Generated from ${templateFolder} by \`npm run generate\`.\n` +
      "import type { TemplateName } from '../../domain/render/render-unit.ts';\n\n" +
      `export const templates: { readonly [name in TemplateName]: object } = {\n${entries.join('')}};\n`,
  };
}

/** Embeds the alert rules, so that their file is the one source of what is deployed, tested and documented. */
export function generateAlertRules(root: string): GeneratedFile {
  const parsed = load(readFileSync(join(root, alertFile), 'utf8')) as {
    readonly groups: readonly { readonly rules: readonly AlertRule[] }[];
  };
  const rules = parsed.groups.flatMap((group) => group.rules);
  return {
    path: 'src/domain/render/alert-rules.generated.ts',
    text:
      `// Generated from ${alertFile} by \`npm run generate\`.\n` +
      "import type { AlertRule } from './alert-rule.ts';\n\n" +
      `export const alertSource: readonly AlertRule[] = ${JSON.stringify(rules, null, 2)};\n`,
  };
}
