import type { BgpBackend } from '../environment/environment.ts';
import { isJsonObject, type Json, listAt, textAt, valueAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';

/** A MetalLB that somebody else installed: by Helm, as an addon or from plain manifests. */
export interface DetectedMetalLb {
  readonly version: string;
  /** What its controller validates by: MetalLB takes `native` where nothing is said. */
  readonly backend: BgpBackend;
  /** The class of Services it serves; undefined: those without one. */
  readonly loadBalancerClass: string | undefined;
  /** By which its pods are selected. A component that wasn't found has none. */
  readonly podLabels: { readonly [component in MetalLbComponent]?: Labels };
}

export type MetalLbComponent = 'controller' | 'speaker';
type Labels = { readonly [name: string]: string };

/** The controller's image, whatever registry mirrors it: `…/metallb/controller:v0.15.2`, `…/metallb-controller:0.14.9@sha256:…`. */
const controllerImage = /(?:^|\/)(?:metallb[/-])?controller:v?(\d+\.\d+\.\d+)(?:[-+][\w.-]+)?(?:@|$)/u;

/** True for MetalLB's own workloads, whether they come from its manifests, its chart or an addon. */
function isComponent(workload: KubeObject, wanted: MetalLbComponent): boolean {
  const labels = workload.metadata.labels ?? {};
  const named = labels['app'] === 'metallb' || labels['app.kubernetes.io/name'] === 'metallb';
  const component = labels['component'] ?? labels['app.kubernetes.io/component'] ?? wanted;
  return named && component === wanted;
}

function selectorOf(workload: KubeObject | undefined): Labels | undefined {
  const labels = workload === undefined ? undefined : valueAt(asJson(workload), 'spec', 'selector', 'matchLabels');
  if (!isJsonObject(labels)) {
    return undefined;
  }
  return Object.fromEntries(
    Object.entries(labels).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function versionOf(deployment: KubeObject): string | undefined {
  const fromImage = containersOf(deployment)
    .map((container) => controllerImage.exec(textAt(container, 'image') ?? '')?.[1])
    .find((version) => version !== undefined);
  const label = deployment.metadata.labels?.['app.kubernetes.io/version'];
  return fromImage ?? /^v?(\d+\.\d+\.\d+)/u.exec(label ?? '')?.[1];
}

const backends: readonly BgpBackend[] = ['native', 'frr', 'frr-k8s'];

function containersOf(workload: KubeObject): readonly Json[] {
  return listAt(asJson(workload), 'spec', 'template', 'spec', 'containers');
}

function backendOf(workload: KubeObject): BgpBackend | undefined {
  const variable = containersOf(workload)
    .flatMap((container) => listAt(container, 'env'))
    .find((candidate) => textAt(candidate, 'name') === 'METALLB_BGP_TYPE');
  return backends.find((backend) => backend === textAt(variable, 'value'));
}

/** `--lb-class=NAME` or `--lb-class NAME`; the empty class is none. */
function classOf(workload: KubeObject): string | undefined {
  const words = containersOf(workload).flatMap((container) =>
    listAt(container, 'args').flatMap((argument) => (typeof argument === 'string' ? argument.split(/[=\s]/u) : [])),
  );
  const flag = words.findIndex((word) => /^--?lb-class$/u.test(word));
  const name = flag < 0 ? '' : (words[flag + 1] ?? '');
  return name === '' || name.startsWith('-') ? undefined : name;
}

/** Finds MetalLB among the workloads of its namespace: the version its controller runs, and how its pods are selected. */
export function detectMetalLb(
  deployments: readonly KubeObject[],
  daemonSets: readonly KubeObject[],
): DetectedMetalLb | undefined {
  const speakers = daemonSets.find((candidate) => isComponent(candidate, 'speaker'));
  const speaker = selectorOf(speakers);
  for (const deployment of deployments.filter((candidate) => isComponent(candidate, 'controller'))) {
    const version = versionOf(deployment);
    const controller = selectorOf(deployment);
    if (version !== undefined) {
      return {
        version,
        backend: backendOf(deployment) ?? (speakers === undefined ? undefined : backendOf(speakers)) ?? 'native',
        loadBalancerClass: classOf(deployment),
        podLabels: {
          ...(controller === undefined ? {} : { controller }),
          ...(speaker === undefined ? {} : { speaker }),
        },
      };
    }
  }
  return undefined;
}
