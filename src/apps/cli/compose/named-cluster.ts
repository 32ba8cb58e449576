import { systemClock } from '../../../adapters/system/clock.ts';
import { Failure } from '../../../domain/failure.ts';
import type { HistoryRequest } from '../../../engine/keep-history.ts';
import type { ClusterReader, ClusterWriter } from '../../../ports/cluster.ts';
import type { VerbContext } from '../verb.ts';
import { openCluster } from './cluster.ts';
import { loadOne } from './environment.ts';

/** An environment by its name alone, and the cluster that remembers it. */
export interface NamedCluster extends HistoryRequest {
  readonly reader: ClusterReader;
  readonly writer: ClusterWriter;
}

/**
 * The cluster of an environment for verbs that need nothing of its configuration but where that is. With `--env` and
 * `--context` the configuration isn't even read, so that a broken one stands in nobody's way.
 */
export async function openNamedCluster(context: VerbContext): Promise<NamedCluster> {
  const [env, kubeContext] = [context.options.text('env'), context.options.text('context')];
  const { signal } = context;
  if (env !== undefined && kubeContext !== undefined) {
    const cluster = await openCluster(context, undefined);
    return { environment: env, reader: cluster, writer: cluster, clock: systemClock, signal };
  }
  const ready = await loadOne({ ...context, quiet: true });
  if (ready === undefined) {
    throw new Failure({
      code: 'usage',
      retry: 'never',
      message: 'the configuration has errors, so the cluster of the environment is not known',
      remedy: 'Name the environment and its cluster: --env ENV --context CONTEXT.',
    });
  }
  const cluster = await openCluster(context, ready.environment);
  return { environment: ready.environment.name, reader: cluster, writer: cluster, clock: systemClock, signal };
}
