import { blobId } from '../../../adapters/folder/blob-id.ts';
import { systemClock } from '../../../adapters/system/clock.ts';
import { yamlDocuments } from '../../../adapters/yaml/yaml-documents.ts';
import { Failure } from '../../../domain/failure.ts';
import type { LocatedFinding } from '../../../domain/finding/finding.ts';
import type { ImportedPart } from '../../../domain/import/imported.ts';
import type { ComparedResource } from '../../../domain/import/same-meaning.ts';
import type { DetectedMetalLb } from '../../../domain/metallb/detect.ts';
import type { InnerYaml } from '../../../domain/plain-manifests/contribution.ts';
import { homeNamespace } from '../../../domain/plain-manifests/namespaces.ts';
import type { Origin } from '../../../domain/plain-manifests/origin.ts';
import { importCluster } from '../../../engine/import-cluster.ts';
import { importFiles } from '../../../engine/import-files.ts';
import { innerYaml } from '../../../engine/load-manifests.ts';
import type { ClusterReader } from '../../../ports/cluster.ts';
import type { SourceFile } from '../../../ports/source.ts';
import type { VerbContext } from '../verb.ts';

/** What was read, from files or a cluster. */
export interface ImportSource {
  /** For people: `pools.yaml`, `the cluster home`. */
  readonly description: string;
  readonly part: ImportedPart;
  /** What keeps it from being read whole. */
  readonly findings: readonly LocatedFinding[];
  readonly files: readonly SourceFile[];
  readonly where: (origin: Origin | undefined) => string;
  /** MetalLB's own namespace. */
  readonly namespace: string | undefined;
  readonly live: LiveSource | undefined;
}

/** The cluster that was read. */
export interface LiveSource {
  readonly reader: ClusterReader;
  readonly resources: readonly ComparedResource[];
  readonly metalLb: DetectedMetalLb | undefined;
  readonly backend: string | undefined;
  /** A form of old stands for resources that the cluster does not hold. */
  readonly isOld: boolean;
}

/** What the operands name, or the cluster where there are none. */
export async function readImportSource(context: VerbContext): Promise<ImportSource> {
  return context.operands.length > 0 ? readFiles(context) : readCluster(context);
}

async function readFiles(context: VerbContext): Promise<ImportSource> {
  const forCluster = ['kubeconfig', 'context'].find((name) => context.options.text(name) !== undefined);
  if (forCluster !== undefined) {
    throw new Failure({
      code: 'usage',
      retry: 'never',
      message: `--${forCluster} is for a cluster, and files were named`,
      remedy: 'Leave out the one or the other.',
    });
  }
  const { readOperands } = await import('../../../adapters/folder/read-operands.ts');
  const { folder, signal, operands } = context;
  const always = /^kustomization(?:\.ya?ml)?$/iu;
  const files = await readOperands(operands, { folder, signal, standardInput: process.stdin, always });
  const { part, findings, where } = importFiles(files, yamlDocuments);
  const description = operands.map((each) => (each === '-' ? 'standard input' : each)).join(', ');
  if (isEmpty(part) && findings.length === 0) {
    throw nothingFound(description, part, where);
  }
  const namespace = context.options.text('namespace') ?? homeNamespace(part.resources) ?? settingsNamespace(part);
  return { description, part, findings, files, where, namespace, live: undefined };
}

function isEmpty({ resources, settings, problems }: ImportedPart): boolean {
  return resources.length === 0 && settings.length === 0 && problems.length === 0;
}

function nothingFound(description: string, part: ImportedPart, where: ImportSource['where']): Failure {
  const [note] = part.notes;
  return new Failure({
    code: 'source-not-found',
    retry: 'never',
    message:
      note === undefined
        ? `nothing of MetalLB was found in ${description}`
        : `nothing can be carried over from ${description}: ${where(note.origin)}: ${note.message}`,
    remedy:
      note?.remedy ??
      "import reads resources of metallb.io, the old ConfigMap, values of MetalLB's Helm chart, and the variables of Kubespray and k3s-ansible.",
  });
}

function settingsNamespace(part: ImportedPart): string | undefined {
  const last = part.settings.findLast(({ values }) => typeof values['namespace'] === 'string')?.values['namespace'];
  return typeof last === 'string' ? last : undefined;
}

async function readCluster(context: VerbContext): Promise<ImportSource> {
  const { openKubeCluster } = await import('../../../adapters/kube/open-cluster.ts');
  const reader = openKubeCluster({
    kubeconfig: context.options.text('kubeconfig'),
    context: context.options.text('context'),
    inCluster: false,
    env: context.env,
  });
  const { part, namespace, metalLb, backend, live, isOld } = await importCluster({
    reader,
    clock: systemClock,
    signal: context.signal,
    namespace: context.options.text('namespace'),
    readInner,
  });
  return {
    description: reader.description,
    part,
    findings: [],
    files: [],
    where: (origin) => origin?.file ?? '',
    namespace,
    live: { reader, resources: live, metalLb, backend, isOld },
  };
}

/** A YAML text of an object in a cluster. */
function readInner(text: string): InnerYaml {
  const bytes = new TextEncoder().encode(text);
  return innerYaml(yamlDocuments, { path: 'the ConfigMap', id: blobId(bytes), bytes }, text);
}
