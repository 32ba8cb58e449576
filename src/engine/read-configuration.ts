import { configurationStateName, readConfigurationState } from '../domain/health/configuration/configuration-state.ts';
import type { ConfigurationEvidence, ProgramReport } from '../domain/health/configuration/evidence.ts';
import { readMetalLbMetrics } from '../domain/health/configuration/metallb-metrics.ts';
import { conditionOf } from '../domain/health/conditions.ts';
import type { MetalLbSettings } from '../domain/environment/environment.ts';
import { isFailure } from '../domain/failure.ts';
import { textAt } from '../domain/json.ts';
import { asJson, type KubeObject } from '../domain/manifest/kube-object.ts';
import { workloadProfile } from '../domain/render/metallb-profile.ts';
import { podLabels, type Component } from '../domain/render/object-labels.ts';
import type { ClusterReader } from '../ports/cluster.ts';
import type { PodReader } from '../ports/pod-reader.ts';
import { inParallel } from './in-parallel.ts';

const podsAskedAtOnce = 16;

/** How the programs of an environment's MetalLB are asked. */
export interface ConfigurationWorld {
  readonly reader: ClusterReader;
  readonly pods: PodReader;
  readonly metallb: MetalLbSettings;
  readonly signal: AbortSignal;
}

/** What can't be listed is undefined: health then says that it doesn't know, and why. */
async function listOr(
  world: ConfigurationWorld,
  apiVersion: string,
  kind: string,
  labelSelector?: string,
): Promise<readonly KubeObject[] | undefined> {
  try {
    const options = {
      namespace: world.metallb.namespace,
      ...(labelSelector === undefined ? {} : { labelSelector }),
    };
    return (await world.reader.list(apiVersion, kind, options, world.signal)).items;
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    return undefined;
  }
}

/** Pods that run and are ready: for the others the health of their workload tells. */
async function podsOf(world: ConfigurationWorld, component: Component): Promise<readonly KubeObject[]> {
  const labels = world.metallb.foundPods?.[component] ?? podLabels(component);
  const selector = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  const pods = (await listOr(world, 'v1', 'Pod', selector.join(','))) ?? [];
  return pods.filter(
    (pod) => pod.metadata.deletionTimestamp === undefined && conditionOf(pod, 'Ready')?.status === 'True',
  );
}

async function askMetrics(
  world: ConfigurationWorld,
  component: Component,
  pod: KubeObject,
): Promise<ConfigurationEvidence> {
  const profile = workloadProfile(world.metallb, component);
  if (profile.metricsSecured) {
    return { kind: 'silent', why: 'this release shows its metrics only to those it knows', final: true };
  }
  const { name, namespace = '' } = pod.metadata;
  try {
    const endpoint = { namespace, name, port: profile.metricsPort };
    return readMetalLbMetrics(await world.pods.podText(endpoint, '/metrics', world.signal));
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    return { kind: 'silent', why: error.message, final: error.retry !== 'now' };
  }
}

/**
 * Asks every running program of MetalLB which configuration it is on: by its ConfigurationState where the cluster has
 * that kind, else by its metrics.
 */
export async function readConfiguration(world: ConfigurationWorld): Promise<readonly ProgramReport[]> {
  const components = ['controller', 'speaker'] as const;
  const [states, ...pods] = await Promise.all([
    listOr(world, 'metallb.io/v1beta1', 'ConfigurationState'),
    ...components.map(async (component) =>
      (await podsOf(world, component)).map((pod) => ({
        component,
        pod,
        node: textAt(asJson(pod), 'spec', 'nodeName') ?? '',
      })),
    ),
  ]);
  const byName = new Map((states ?? []).map((state) => [state.metadata.name, state]));
  return inParallel(pods.flat(), podsAskedAtOnce, async ({ component, pod, node }): Promise<ProgramReport> => {
    const state = byName.get(configurationStateName(component, node));
    // The kind may be left over from a newer release than the one that runs.
    const byState =
      state !== undefined || (states !== undefined && workloadProfile(world.metallb, component).metricsSecured);
    const evidence = byState ? readConfigurationState(state) : await askMetrics(world, component, pod);
    return { component, pod: pod.metadata.name, node, evidence };
  });
}
