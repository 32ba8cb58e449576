import { listAt, textAt, type Json } from '../../src/domain/json.ts';
import { asJson, type KubeObject } from '../../src/domain/manifest/kube-object.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import { planeAddress } from '../plane/availability.ts';
import type { ClientPlane } from '../plane/plane.ts';

/** The rendered object of that kind and name; throws where there is none. */
export function renderedObject(manifests: readonly Manifest[], kind: string, name: string): KubeObject {
  const found = manifests.find(({ object }) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) {
    throw new Error(`no ${kind} ${name} was rendered`);
  }
  return found.object;
}

/** Stands in for the kubelet: arguments and environment of one rendered container, for one pod. */
export function containerOf(
  workload: KubeObject,
  container: string,
  pod: { readonly name: string; readonly node: string },
): { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv } {
  const found = listAt(asJson(workload), 'spec', 'template', 'spec', 'containers').find(
    (entry) => textAt(entry, 'name') === container,
  );
  if (found === undefined) {
    throw new Error(`${workload.metadata.name} has no container ${container}`);
  }
  const fields: { readonly [path: string]: string } = {
    'metadata.name': pod.name,
    'metadata.namespace': workload.metadata.namespace ?? '',
    'spec.nodeName': pod.node,
    'status.hostIP': planeAddress,
    'status.podIP': planeAddress,
  };
  const value = (entry: Json): string => {
    const path = textAt(entry, 'valueFrom', 'fieldRef', 'fieldPath');
    return path === undefined ? (textAt(entry, 'value') ?? '') : (fields[path] ?? `unknown field ${path}`);
  };
  return {
    args: listAt(found, 'args').map(String),
    env: Object.fromEntries(listAt(found, 'env').map((entry) => [textAt(entry, 'name') ?? '', value(entry)])),
  };
}

/** Applies what the product would, step by step, without waiting for roll-outs; CRDs are served before the rest. */
export async function applyRendered(plane: ClientPlane, manifests: readonly Manifest[]): Promise<void> {
  const early = manifests.filter(({ step }) => step === 'namespace' || step === 'crds');
  await plane.kubectlApply(...early.map(({ object }) => object));
  await plane.kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s');
  const rest = manifests.filter(({ step }) => step !== 'namespace' && step !== 'crds');
  await plane.kubectlApply(...rest.map(({ object }) => object));
}

/** A kubeconfig with a fresh token of the component's rendered service account. */
export async function kubeconfigOf(plane: ClientPlane, namespace: string, account: string): Promise<string> {
  const token = await plane.kubectl('create', 'token', account, '--namespace', namespace, '--duration=1h');
  return plane.kubeconfigFor(token.trim());
}
