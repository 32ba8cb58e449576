import { schemaChecker } from '../../../adapters/schema/schema-checker.ts';
import { systemClock } from '../../../adapters/system/clock.ts';
import { sha256 } from '../../../adapters/system/digest.ts';
import { yamlDocuments } from '../../../adapters/yaml/yaml-documents.ts';
import { defaultNamespace } from '../../../domain/environment/metallb-defaults.ts';
import { Failure } from '../../../domain/failure.ts';
import { hasErrors } from '../../../domain/finding/finding.ts';
import { isJsonObject, listAt, textAt, type Json } from '../../../domain/json.ts';
import { lineOf, metalLbLines } from '../../../domain/metallb/release.ts';
import type { FoundService } from '../../../domain/plain-manifests/contribution.ts';
import { type Origin, originBelow } from '../../../domain/plain-manifests/origin.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { loadGivenFiles } from '../../../engine/load-given-files.ts';
import { planManifests } from '../../../engine/plan-manifests.ts';
import type { SourceFile } from '../../../ports/source.ts';
import type { OptionTable, VerbContext } from '../verb.ts';
import { openCluster } from './cluster.ts';
import { readSnapshot } from './plan.ts';
import { showFindings } from './show-findings.ts';

/** Plain manifests in place of an environment. */
export const fileOptions: OptionTable = {
  file: {
    type: 'string',
    short: 'f',
    multiple: true,
    value: 'FILE|DIR|-',
    description: 'plan plain manifests in place of an environment; may be given several times',
  },
  prune: {
    type: 'boolean',
    description: 'with -f: what they do not hold of MetalLB counts as deleted, as a tool with pruning does',
  },
  'metallb-version': {
    type: 'string',
    value: 'VERSION',
    description: 'with -f: the MetalLB whose rules apply (default: the one that runs there)',
  },
  'metallb-namespace': {
    type: 'string',
    value: 'NAME',
    description: `with -f: where MetalLB runs (default: the snapshot's, else ${defaultNamespace})`,
  },
};

const ofEnvironments = ['env', 'config-repo', 'revision', 'config-path', 'verify-signatures', 'verified-since'];
const ofFiles = ['metallb-version', 'metallb-namespace'];

function usage(message: string, remedy: string): Failure {
  return new Failure({ code: 'usage', retry: 'never', message, remedy });
}

/** Options of the one way with the other are a mistake that is told of. */
export function refuseMixedOptions({ options }: VerbContext): void {
  const hasFiles = options.texts('file').length > 0;
  const wrong = hasFiles
    ? ofEnvironments.find((name) => options.text(name) !== undefined)
    : [...ofFiles.filter((name) => options.text(name) !== undefined), ...(options.flag('prune') ? ['prune'] : [])][0];
  if (wrong !== undefined) {
    throw hasFiles
      ? usage(`--${wrong} is for environments, and -f names files`, 'Leave out the one or the other.')
      : usage(`--${wrong} is for files, and none is named`, 'Name files or folders with -f.');
  }
  const version = options.text('metallb-version');
  if (version !== undefined && lineOf(version) === undefined) {
    const known = metalLbLines.join(', ');
    throw usage(`--metallb-version ${version}: the known lines are ${known}`, 'Name a release of one of them.');
  }
}

/** Every Service of the files, whatever its type: one that is no longer of type LoadBalancer loses its address. */
function servicesIn(files: readonly SourceFile[]): readonly FoundService[] {
  const found = (value: Json, origin: Origin): readonly FoundService[] => {
    if (!isJsonObject(value)) {
      return [];
    }
    if (textAt(value, 'kind') === 'List') {
      return listAt(value, 'items').flatMap((item, index) => found(item, originBelow(origin, 'items', index)));
    }
    return textAt(value, 'kind') === 'Service' && textAt(value, 'apiVersion') === 'v1' ? [{ origin, value }] : [];
  };
  return files.flatMap((file) =>
    yamlDocuments
      .parse(file)
      .documents.flatMap((document) => found(document.value, { file: file.path, document: document.index, path: [] })),
  );
}

async function readFiles(context: VerbContext, paths: readonly string[]): Promise<readonly SourceFile[]> {
  const { readOperands } = await import('../../../adapters/folder/read-operands.ts');
  const { folder, signal } = context;
  return readOperands(paths, { folder, signal, standardInput: process.stdin, always: /\.(?:ya?ml|json)$/iu });
}

/** Plans the plain manifests that `-f` names. Findings go to standard error; with an error among them there is no plan. */
export async function planFiles(context: VerbContext): Promise<Plan | undefined> {
  const paths = context.options.texts('file');
  const files = await readFiles(context, paths);
  const version = context.options.text('metallb-version');
  const assumed = { version, backend: undefined };
  const given = loadGivenFiles({ files, documents: yamlDocuments, checker: schemaChecker, assumed });
  showFindings(context, paths.join(', '), given);
  if (hasErrors(given.findings)) {
    return undefined;
  }
  const services = servicesIn(files);
  if (given.set.resources.length + services.length === 0) {
    throw new Failure({
      code: 'source-not-found',
      retry: 'never',
      message: `nothing of MetalLB and no Service was found in ${paths.join(', ')}`,
      remedy:
        'It reads resources of metallb.io and Services from *.yaml, *.yml and *.json; environments are planned with --env.',
    });
  }
  const live = context.options.text('live');
  const snapshot = live === undefined ? undefined : await readSnapshot(context, live);
  return planManifests({
    reader: snapshot ?? (await openCluster(context, undefined)),
    clock: systemClock,
    signal: context.signal,
    digest: sha256,
    set: given.set,
    services,
    paths,
    namespace: context.options.text('metallb-namespace') ?? snapshot?.metallb?.namespace ?? defaultNamespace,
    prune: context.options.flag('prune'),
    version,
  });
}
