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

/** Environments of the tour; each has a cluster of its own, which the kubeconfig of the tour knows by the same name. */
export const tourEnvironments = ['dev', 'prod'] as const;

/** Lines of the examples, and what stands there in the tour: each environment says where it lives and takes our own controller. */
const amendments = (environment: string): readonly (readonly [line: string, lines: string])[] => [
  [`environment: ${environment}\n`, `environment: ${environment}\n\ncluster:\n  context: ${environment}\n`],
  ['\nmetallb:\n', "\nmetallb:\n  engine: native # Metalwave's own controller gives the addresses\n"],
];

async function amend(file: string, changes: readonly (readonly [from: string, to: string])[]): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) {
      throw new Error(`bug: ${file} does not hold ${from}`);
    }
    text = text.replace(from, to);
  }
  await writeFile(file, text);
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
  for (const environment of tourEnvironments) {
    await amend(join(folder, configFile(environment)), amendments(environment));
  }
  await commitAll(folder, 'Add the example environments', signal);
  return {
    folder,
    configFile,
    async change(environment, from, to, message) {
      await amend(join(folder, configFile(environment)), [[from, to]]);
      await commitAll(folder, message, signal);
    },
  };
}
