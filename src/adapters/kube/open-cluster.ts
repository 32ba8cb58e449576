import { type AccessOptions, findAccess } from './find-access.ts';
import { KubeCluster, type KubeClusterOptions } from './kube-cluster.ts';

/**
 * The cluster that the options lead to. Nothing is sent yet. Throws `kubeconfig-invalid` where no kubeconfig or context
 * is found.
 */
export function openKubeCluster(options: AccessOptions, limits: KubeClusterOptions = {}): KubeCluster {
  return new KubeCluster(findAccess(options), limits);
}
