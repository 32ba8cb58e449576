import { listAt, textAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';

/** A MetalLB that somebody else installed: by Helm, as an addon or from plain manifests. */
export interface DetectedMetalLb {
  readonly version: string;
  readonly deployment: string;
}

/** The controller's image, whatever registry mirrors it: `…/metallb/controller:v0.15.2`, `…/metallb-controller:0.14.9@sha256:…`. */
const controllerImage = /(?:^|\/)(?:metallb[/-])?controller:v?(\d+\.\d+\.\d+)(?:[-+][\w.]+)?(?:@|$)/u;

function isMetalLbController(deployment: KubeObject): boolean {
  const labels = deployment.metadata.labels ?? {};
  const named = labels['app'] === 'metallb' || labels['app.kubernetes.io/name'] === 'metallb';
  const component = labels['component'] ?? labels['app.kubernetes.io/component'] ?? '';
  return named && (component === '' || component === 'controller');
}

function versionOf(deployment: KubeObject): string | undefined {
  const containers = listAt(asJson(deployment), 'spec', 'template', 'spec', 'containers');
  const fromImage = containers
    .map((container) => controllerImage.exec(textAt(container, 'image') ?? '')?.[1])
    .find((version) => version !== undefined);
  const label = deployment.metadata.labels?.['app.kubernetes.io/version'];
  return fromImage ?? /^v?(\d+\.\d+\.\d+)/u.exec(label ?? '')?.[1];
}

/** Finds MetalLB's controller among the Deployments of its namespace, and the version it runs. */
export function detectMetalLb(deployments: readonly KubeObject[]): DetectedMetalLb | undefined {
  for (const deployment of deployments.filter((candidate) => isMetalLbController(candidate))) {
    const version = versionOf(deployment);
    if (version !== undefined) {
      return { version, deployment: deployment.metadata.name };
    }
  }
  return undefined;
}
