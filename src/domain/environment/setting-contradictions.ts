import type { EnvironmentConfig } from './config.generated.ts';
import type { Remark } from '../finding/place-finding.ts';

/** Settings that ask for opposite things: which of them was meant cannot be guessed. */
export function settingContradictions(config: EnvironmentConfig): readonly Remark[] {
  const { cluster, metallb } = config;
  const remarks: Remark[] = [];
  const backend = metallb.bgp?.backend;
  const frr = metallb.speaker?.frr?.enabled;
  if (backend !== undefined && frr !== undefined && frr !== (backend === 'frr')) {
    remarks.push({
      code: 'setting-contradiction',
      path: ['metallb', 'speaker', 'frr', 'enabled'],
      part: 'value',
      message: `speaker.frr.enabled is ${String(frr)}, but bgp.backend is ${backend}; both say what speaks BGP.`,
      remedy: 'Remove speaker.frr.enabled: bgp.backend says the same and more.',
    });
  }
  if (cluster?.inCluster === true && cluster.context !== undefined) {
    remarks.push({
      code: 'setting-contradiction',
      path: ['cluster', 'context'],
      part: 'value',
      message: 'cluster.context names a context of a kubeconfig, but cluster.inCluster says that there is none.',
      remedy: 'Remove one of the two.',
    });
  }
  return remarks;
}
