import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commitAll } from '../../adapters/git/commit-all.ts';
import { Failure } from '../../domain/failure.ts';

/** The product's own folder: from the bundle as well as from the sources it is the nearest one with environments/ beside package.json. */
function productFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'environments')) || !existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) {
      throw new Error('bug: the example environments are not shipped with the product');
    }
    folder = parent;
  }
  return folder;
}

/** A Git repository with the example environments, as a platform team would keep it. */
export interface ExampleRepository {
  readonly folder: string;
  configFile(environment: string): string;
  /** Changes one environment's file and commits it; the text must be there. */
  change(environment: string, from: string, to: string, message: string): Promise<void>;
}

function configFile(environment: string): string {
  return join('environments', environment, `config-${environment}.yaml`);
}

/** Makes the repository in an empty or new folder and commits the examples. */
export async function makeExampleRepository(folder: string, signal: AbortSignal): Promise<ExampleRepository> {
  if (existsSync(join(folder, 'environments'))) {
    throw new Failure({
      code: 'usage',
      retry: 'never',
      message: `${folder} already holds environments/`,
      remedy: 'Name a new folder with --folder, or none for a temporary one.',
    });
  }
  await mkdir(folder, { recursive: true });
  await cp(join(productFolder(), 'environments'), join(folder, 'environments'), { recursive: true });
  await commitAll(folder, 'Add the example environments', signal);
  return {
    folder,
    configFile,
    async change(environment, from, to, message) {
      const file = join(folder, configFile(environment));
      const text = await readFile(file, 'utf8');
      if (!text.includes(from)) {
        throw new Error(`bug: ${file} does not hold ${from}`);
      }
      await writeFile(file, text.replace(from, to));
      await commitAll(folder, message, signal);
    },
  };
}
