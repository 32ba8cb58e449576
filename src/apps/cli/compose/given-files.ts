import { schemaChecker } from '../../../adapters/schema/schema-checker.ts';
import { yamlDocuments } from '../../../adapters/yaml/yaml-documents.ts';
import { Failure } from '../../../domain/failure.ts';
import { lineOf, metalLbLines } from '../../../domain/metallb/release.ts';
import { type GivenFiles, loadGivenFiles } from '../../../engine/load-given-files.ts';
import type { SourceFile } from '../../../ports/source.ts';
import type { OptionTable, VerbContext } from '../verb.ts';

/** What a person says of the MetalLB that is to read plain manifests. */
export const manifestOptions: OptionTable = {
  'metallb-version': {
    type: 'string',
    value: 'VERSION',
    description: 'MetalLB that is to read FILE (default: 0.15.2, forgiving fields of later ones)',
  },
  'bgp-backend': {
    type: 'string',
    choices: ['native', 'frr', 'frr-k8s'],
    description: 'what speaks BGP there (default: rules of one backend alone are left out)',
  },
};

export interface ReadGivenFiles extends GivenFiles {
  readonly files: readonly SourceFile[];
  /** What is to be said of these files with other contents. */
  readonly judge: (files: readonly SourceFile[]) => GivenFiles;
}

/** Reads and judges the files, folders and standard input that the operands name. */
export async function loadOperands(context: VerbContext): Promise<ReadGivenFiles> {
  refuseEnvironmentOptions(context);
  const version = context.options.text('metallb-version');
  if (version !== undefined && lineOf(version) === undefined) {
    const message = `--metallb-version ${version}: the known lines are ${metalLbLines.join(', ')}`;
    throw new Failure({ code: 'usage', retry: 'never', message, remedy: 'Name a release of one of them.' });
  }
  const { readOperands } = await import('../../../adapters/folder/read-operands.ts');
  const { folder, signal } = context;
  const always = /^kustomization(?:\.ya?ml)?$/iu;
  const files = await readOperands(context.operands, { folder, signal, standardInput: process.stdin, always });
  const assumed = { version, backend: context.options.text('bgp-backend') };
  const judge = (given: readonly SourceFile[]): GivenFiles =>
    loadGivenFiles({ files: given, documents: yamlDocuments, checker: schemaChecker, assumed });
  return { ...judge(files), files, judge };
}

function refuseEnvironmentOptions({ options }: VerbContext): void {
  const other = ['env', 'config-repo', 'revision', 'config-path'].find((name) => options.texts(name).length > 0);
  if (other !== undefined) {
    throw new Failure({
      code: 'usage',
      retry: 'never',
      message: `--${other} is for environments, and files were named`,
      remedy: 'Leave out the one or the other.',
    });
  }
}
