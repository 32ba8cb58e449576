import type { Environment } from '../domain/environment/environment.ts';
import { lineOf } from '../domain/metallb/release.ts';
import { Failure } from '../domain/failure.ts';
import { detectMetalLb } from '../domain/metallb/detect.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader } from '../ports/cluster.ts';
import { firstContactRetry, withRetry } from './with-retry.ts';

/**
 * With `metallb.install: false` the MetalLB that is there decides the version whose rules apply, whatever the
 * configuration says. Gives the environment as it is to be rendered.
 */
export async function findMetalLb(
  environment: Environment,
  world: { readonly reader: ClusterReader; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Environment> {
  const { namespace, install } = environment.metallb;
  if (install) {
    return environment;
  }
  const contact = { ...world, policy: firstContactRetry };
  const [deployments, daemonSets] = await Promise.all(
    ['Deployment', 'DaemonSet'].map(async (kind) =>
      withRetry(() => world.reader.list('apps/v1', kind, { namespace }, world.signal), contact),
    ),
  );
  const found = detectMetalLb(deployments?.items ?? [], daemonSets?.items ?? []);
  const line = found === undefined ? undefined : lineOf(found.version);
  if (found === undefined || line === undefined) {
    const what = found === undefined ? 'no MetalLB controller was found' : `MetalLB ${found.version} is not supported`;
    throw new Failure({
      code: 'metallb-not-found',
      retry: 'later',
      message: `metallb.install is false, and ${what} in namespace ${namespace} of ${world.reader.description}`,
      remedy:
        found === undefined
          ? 'Set metallb.namespace to where it runs, or metallb.install to true to have it installed.'
          : 'Supported are 0.14, 0.15 and 0.16.',
    });
  }
  return {
    ...environment,
    metallb: {
      ...environment.metallb,
      version: found.version,
      line,
      loadBalancerClass: found.loadBalancerClass,
      foundPods: found.podLabels,
    },
  };
}
