import { Failure, isFailure } from '../domain/failure.ts';
import { importDocument } from '../domain/import/import-document.ts';
import { emptyPart, type ImportedPart, joinedParts } from '../domain/import/imported.ts';
import { withoutDefaults } from '../domain/import/known-fields.ts';
import type { ComparedResource } from '../domain/import/same-meaning.ts';
import { isJsonObject, listAt, textAt, valueAt } from '../domain/json.ts';
import { asJson, type KubeObject } from '../domain/manifest/kube-object.ts';
import { metalLbApi, metalLbGroup } from '../domain/metallb/api.ts';
import { type DetectedMetalLb, detectMetalLb } from '../domain/metallb/detect.ts';
import { storageVersion } from '../domain/metallb/kind.ts';
import { defaultNamespace } from '../domain/environment/metallb-defaults.ts';
import { homeNamespace } from '../domain/plain-manifests/namespaces.ts';
import type { InnerYaml } from '../domain/plain-manifests/contribution.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader } from '../ports/cluster.ts';
import { firstContactRetry, withRetry } from './with-retry.ts';

export interface ClusterToImport {
  readonly reader: ClusterReader;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Only this namespace is looked at; undefined: wherever MetalLB is. */
  readonly namespace: string | undefined;
  readonly readInner: (text: string) => InnerYaml;
}

/** What a cluster holds for an environment. */
export interface ClusterImport {
  readonly part: ImportedPart;
  /** MetalLB's own namespace, where it is known. */
  readonly namespace: string | undefined;
  /** undefined: no controller was found. */
  readonly metalLb: DetectedMetalLb | undefined;
  readonly backend: string | undefined;
  /** The resources of MetalLB's own namespace as the cluster holds them. */
  readonly live: readonly ComparedResource[];
  /** True where a form of old stands for resources that the cluster does not hold: there is nothing to plan against. */
  readonly isOld: boolean;
}

/** Every kind that configures MetalLB, the one given up in 0.13 included. */
const kinds: readonly { readonly apiVersion: string; readonly kind: string }[] = [
  ...metalLbApi
    .filter((kind) => kind.config !== undefined)
    .map((kind) => ({ apiVersion: `${metalLbGroup}/${storageVersion(kind).name}`, kind: kind.kind })),
  { apiVersion: `${metalLbGroup}/v1beta1`, kind: 'AddressPool' },
];

/** Reads what configures MetalLB in a cluster, and which MetalLB it is. Changes nothing. */
export async function importCluster(cluster: ClusterToImport): Promise<ClusterImport> {
  const [objects, deployments, daemonSets] = await Promise.all([
    Promise.all(kinds.map(async ({ apiVersion, kind }) => list(cluster, apiVersion, kind))),
    list(cluster, 'apps/v1', 'Deployment'),
    list(cluster, 'apps/v1', 'DaemonSet'),
  ]);
  const found = installations(deployments, daemonSets);
  const [installation, second] = found;
  if (installation !== undefined && second !== undefined) {
    const names = found.map((each) => each.namespace).join(' and ');
    const message = `MetalLB runs in the namespaces ${names} of ${cluster.reader.description}`;
    throw new Failure({ code: 'usage', retry: 'never', message, remedy: 'Choose one with --namespace.' });
  }
  const read = objects.flat();
  const parts =
    read.length > 0 ? read.map((object) => partOf(object, cluster)) : [await legacyPart(cluster, installation)];
  const part = joinedParts(...parts);
  if (installation === undefined && part.resources.length === 0) {
    throw nothingThere(cluster);
  }
  const namespace = cluster.namespace ?? installation?.namespace ?? homeNamespace(part.resources);
  return {
    part,
    namespace,
    metalLb: installation?.metalLb,
    backend: backendOf(daemonSets.filter((each) => each.metadata.namespace === namespace)),
    live: [...liveResources(read, namespace), ...converted(read, parts, namespace)],
    isOld: part.isLegacy || read.some((object) => object.kind === 'AddressPool'),
  };
}

async function list(cluster: ClusterToImport, apiVersion: string, kind: string): Promise<readonly KubeObject[]> {
  const { reader, signal, namespace } = cluster;
  const options = namespace === undefined ? {} : { namespace };
  try {
    const contact = { ...cluster, policy: firstContactRetry };
    return (await withRetry(() => reader.list(apiVersion, kind, options, signal), contact)).items;
  } catch (error) {
    if (isFailure(error, 'kind-missing')) {
      return [];
    }
    throw error;
  }
}

interface Installation {
  readonly namespace: string;
  readonly metalLb: DetectedMetalLb;
}

function installations(deployments: readonly KubeObject[], daemonSets: readonly KubeObject[]): readonly Installation[] {
  const namespaces = new Set(deployments.map((each) => each.metadata.namespace ?? ''));
  return [...namespaces].flatMap((namespace) => {
    const own = (all: readonly KubeObject[]): readonly KubeObject[] =>
      all.filter((each) => (each.metadata.namespace ?? '') === namespace);
    const metalLb = detectMetalLb(own(deployments), own(daemonSets));
    return metalLb === undefined ? [] : [{ namespace, metalLb }];
  });
}

const nameOf = ({ kind, metadata }: KubeObject): string =>
  `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;

/** What the server filled in by itself it will fill in again. */
function partOf(object: KubeObject, { readInner }: ClusterToImport): ImportedPart {
  const value = asJson(object);
  const origin = { file: nameOf(object), document: 0, path: [] };
  const part = (isJsonObject(value) ? importDocument({ origin, value }, readInner) : undefined) ?? emptyPart;
  return {
    ...part,
    resources: part.resources.map((each) => ({ ...each, value: withoutDefaults(each.list, each.value) })),
  };
}

/** The ConfigMap that MetalLB read before there were resources. */
async function legacyPart(cluster: ClusterToImport, installation: Installation | undefined): Promise<ImportedPart> {
  const namespace = cluster.namespace ?? installation?.namespace ?? defaultNamespace;
  const id = { group: '', kind: 'ConfigMap', namespace, name: 'config' };
  const found = await withRetry(() => cluster.reader.get('v1', id, cluster.signal), cluster);
  return found === undefined ? emptyPart : partOf(found, cluster);
}

function nothingThere({ reader, namespace }: ClusterToImport): Failure {
  return new Failure({
    code: 'metallb-not-found',
    retry: 'never',
    message: `nothing of MetalLB was found in ${namespace === undefined ? '' : `namespace ${namespace} of `}${reader.description}`,
    remedy: 'Choose another cluster with --context, name files to import, or begin anew with metalwave init.',
  });
}

/** What speaks BGP, where the speaker is told. */
function backendOf(daemonSets: readonly KubeObject[]): string | undefined {
  const told = daemonSets
    .flatMap((each) => listAt(asJson(each), 'spec', 'template', 'spec', 'containers'))
    .flatMap((container) => listAt(container, 'env'))
    .find((variable) => textAt(variable, 'name') === 'METALLB_BGP_TYPE');
  const backend = textAt(told, 'value');
  return backend !== undefined && ['native', 'frr', 'frr-k8s'].includes(backend) ? backend : undefined;
}

/** Straight from the objects, so that the proof owes nothing to the import. */
function liveResources(objects: readonly KubeObject[], namespace: string | undefined): readonly ComparedResource[] {
  return objects
    .filter((object) => object.metadata.namespace === namespace)
    .flatMap((object) => {
      const configured = metalLbApi.find((kind) => kind.kind === object.kind)?.config;
      const spec = valueAt(asJson(object), 'spec');
      return configured === undefined
        ? []
        : [{ list: configured.key, name: object.metadata.name, spec: isJsonObject(spec) ? spec : {} }];
    });
}

/** What an AddressPool or the ConfigMap of old stands for is not in the cluster by itself. */
function converted(
  objects: readonly KubeObject[],
  parts: readonly ImportedPart[],
  namespace: string | undefined,
): readonly ComparedResource[] {
  const old = parts.filter((_, index) => {
    const object = objects[index];
    return object === undefined || (object.kind === 'AddressPool' && object.metadata.namespace === namespace);
  });
  return old.flatMap((part) =>
    part.resources.map(({ list: key, value: { name, ...spec } }) => ({
      list: key,
      name: typeof name === 'string' ? name : '',
      spec,
    })),
  );
}
