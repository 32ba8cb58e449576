import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { blobId } from '../../../adapters/folder/blob-id.ts';
import { schemaChecker } from '../../../adapters/schema/schema-checker.ts';
import { yamlDocuments } from '../../../adapters/yaml/yaml-documents.ts';
import { Failure } from '../../../domain/failure.ts';
import type { LoadedEnvironment } from '../../../engine/environment-cache.ts';
import { loadEnvironmentFile } from '../../../engine/load-environment.ts';
import type { OptionTable, VerbContext } from '../verb.ts';
import { writableRoot } from './source.ts';

/** Where an environment that does not exist yet is written to. */
export const newEnvironmentOptions: OptionTable = {
  'config-repo': {
    type: 'string',
    value: 'PATH',
    description: 'folder that gets environments/ENV/config-ENV.yaml (default: this one, or METALWAVE_CONFIG_REPO)',
  },
  'config-path': { type: 'string', value: 'PATH', description: 'folder inside it that holds environments/' },
  out: { type: 'string', short: 'o', value: 'FILE|-', description: 'write this file in its place; - prints it' },
  'dry-run': { type: 'boolean', description: 'print it and write nothing' },
  force: { type: 'boolean', description: 'put it in the place of a file that is there' },
  install: {
    type: 'string',
    choices: ['yes', 'no'],
    description: 'whether Metalwave installs MetalLB, or manages only the resources of one that is there',
  },
};

/** A place for an environment's file. */
export interface NewEnvironment {
  readonly name: string;
  /** undefined: it is printed. */
  readonly file: string | undefined;
}

function usage(message: string, remedy: string): Failure {
  return new Failure({ code: 'usage', retry: 'never', message, remedy });
}

/** True for what can be an environment's name: it is part of labels and object names (RFC 1123, section 2.1). */
export function isEnvironmentName(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u.test(name);
}

/** The place that the options choose. A file that is there already is a failure now, before any work is done. */
export function placeOf(context: VerbContext, name: string): NewEnvironment {
  if (!isEnvironmentName(name)) {
    throw usage(
      `${JSON.stringify(name)} is no name for an environment`,
      'Up to 63 lower-case letters, digits and dashes make one, with no dash at either end.',
    );
  }
  const out = context.options.text('out');
  if (out === '-' || context.options.flag('dry-run')) {
    return { name, file: undefined };
  }
  const file = out === undefined ? fileBelowRoot(context, name) : path.resolve(context.folder, out);
  if (existsSync(file) && !context.options.flag('force')) {
    throw usage(`${file} is there already`, '--force puts the new one in its place, --out FILE writes another.');
  }
  return { name, file };
}

function fileBelowRoot(context: VerbContext, name: string): string {
  const root = writableRoot(context);
  if (root === undefined) {
    throw usage(
      'the configuration repository is no folder of this machine',
      'Clone it, or write elsewhere with --out FILE.',
    );
  }
  const base = path.join(root, 'environments', name, `config-${name}`);
  return existsSync(`${base}.yml`) ? `${base}.yml` : `${base}.yaml`;
}

/** Writes or prints the file, and reads it back as any verb would. */
export async function writeEnvironment(
  context: VerbContext,
  { name, file }: NewEnvironment,
  text: string,
): Promise<LoadedEnvironment> {
  const bytes = new TextEncoder().encode(text);
  if (file === undefined) {
    context.out(text);
    return readBack(name, `environments/${name}/config-${name}.yaml`, bytes);
  }
  if (existsSync(file)) {
    const { replaceFile } = await import('../../../adapters/folder/replace-file.ts');
    await replaceFile(file, await readFile(file), bytes);
  } else {
    const { writeNewFile } = await import('../../../adapters/folder/write-new-file.ts');
    await writeNewFile(file, bytes);
  }
  return readBack(name, path.relative(context.folder, file), await readFile(file));
}

/** A text as the environment it would be. */
export function readBack(name: string, shown: string, bytes: Uint8Array): LoadedEnvironment {
  const file = { path: shown, id: blobId(bytes), bytes };
  return loadEnvironmentFile({ name, documents: yamlDocuments, checker: schemaChecker }, file);
}
