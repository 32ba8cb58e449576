import type { Environment } from '../../../domain/environment/environment.ts';
import type { ClusterReader, ClusterWriter } from '../../../ports/cluster.ts';
import type { FieldOwners } from '../../../ports/field-owners.ts';
import type { PodReader } from '../../../ports/pod-reader.ts';
import type { VerbContext } from '../verb.ts';

/** The cluster of an environment: `--context` wins over the environment's own, which wins over kubeconfig's current one. */
export async function openCluster(
  context: VerbContext,
  environment: Environment | undefined,
): Promise<ClusterReader & ClusterWriter & PodReader & FieldOwners> {
  const { openKubeCluster } = await import('../../../adapters/kube/open-cluster.ts');
  return openKubeCluster({
    kubeconfig: context.options.text('kubeconfig'),
    context: context.options.text('context') ?? environment?.cluster.context,
    inCluster: environment?.cluster.inCluster ?? false,
    env: context.env,
  });
}
