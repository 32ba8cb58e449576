import type { SourceFile, SourceTree } from '../ports/source.ts';

/** The files that claim to configure one environment: one, or by mistake two. */
export interface EnvironmentFiles {
  readonly name: string;
  readonly files: readonly SourceFile[];
}

/** The folder that holds a folder for each environment. */
export const environmentsFolder = 'environments';

/** `environments/dev/config-dev.yaml`; names are DNS labels (RFC 1123, section 2.1), as labels and object names hold them. */
const environmentPath = /^environments\/([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\/config-\1\.ya?ml$/;

/** True for a path at which an environment's configuration is looked for. */
export function isEnvironmentFile(path: string): boolean {
  return environmentPath.test(path);
}

/** Every environment of a tree with its files, sorted by name. Two files are left for a finding. */
export function findEnvironments(tree: SourceTree): readonly EnvironmentFiles[] {
  const found = new Map<string, SourceFile[]>();
  for (const file of tree.files) {
    const name = environmentPath.exec(file.path)?.[1];
    if (name !== undefined) {
      found.set(name, [...(found.get(name) ?? []), file]);
    }
  }
  return [...found.keys()].toSorted().map((name) => ({ name, files: found.get(name) ?? [] }));
}
