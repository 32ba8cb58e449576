import type { IpAddress } from '../../../domain/address/ip-address.ts';
import type { IpRange } from '../../../domain/address/ip-range.ts';
import { parseAddress } from '../../../domain/address/parse-address.ts';
import { countAddresses, rangeSetOf, setContains } from '../../../domain/address/range-set.ts';
import { listAt, numberAt, textAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { expositionText, expositionType } from '../../../domain/metrics/exposition.ts';
import { plainMetric } from '../../../domain/metrics/metric-family.ts';
import type { MetricFamily } from '../../../domain/metrics/metric-family.ts';
import { parseAddressEntry } from '../../../domain/pool/address-entry.ts';
import type { ClusterState } from '../controllers/cluster-state.ts';

export interface ProgramAnswer {
  readonly code: number;
  readonly type: string;
  readonly text: string;
}

const plainText = 'text/plain; charset=utf-8';
const nowhere: ProgramAnswer = { code: 404, type: plainText, text: '404 page not found\n' };

/** Numbers of the ports that a pod declares; what listens on others is not known. */
export function portsOf(pod: KubeObject): readonly { readonly name: string; readonly port: number }[] {
  return listAt(asJson(pod), 'spec', 'containers')
    .flatMap((container) => listAt(container, 'ports'))
    .map((port) => ({ name: textAt(port, 'name') ?? '', port: numberAt(port, 'containerPort') ?? 0 }));
}

/**
 * What the program in a pod says at a path: MetalLB's programs their metrics, as ones that took their configuration at once;
 * every other the name of its pod, so that one sees who answered.
 */
export function askProgram(state: ClusterState, pod: KubeObject, path: string): ProgramAnswer {
  if (!isMetalLb(pod)) {
    return { code: 200, type: plainText, text: `${pod.metadata.name}\n` };
  }
  if (['/healthz', '/readyz', '/livez'].includes(path)) {
    return { code: 200, type: plainText, text: 'ok' };
  }
  return path === '/metrics'
    ? { code: 200, type: expositionType, text: expositionText(metallbMetrics(state, pod)) }
    : nowhere;
}

/** Whether the pod is one of MetalLB's, or of what takes their place. */
export function isMetalLb(pod: KubeObject): boolean {
  const labels = pod.metadata.labels ?? {};
  const app = labels['app.kubernetes.io/name'] ?? labels['app'];
  return app === 'metallb' || app === 'metalwave';
}

function metallbMetrics(state: ClusterState, pod: KubeObject): readonly MetricFamily[] {
  const client = 'metallb_k8s_client';
  return [
    plainMetric('counter', `${client}_updates_total`, 'Objects that were looked at.', state.revision),
    plainMetric('counter', `${client}_update_errors_total`, 'Objects whose reconciliation failed.', 0),
    plainMetric('gauge', `${client}_config_loaded_bool`, '1 once a configuration was taken.', 1),
    plainMetric('gauge', `${client}_config_stale_bool`, '1 while an earlier configuration counts.', 0),
    ...(pod.metadata.labels?.['component'] === 'speaker' ? [] : poolMetrics(state)),
  ];
}

function poolMetrics(state: ClusterState): readonly MetricFamily[] {
  const given = state
    .list('', 'Service')
    .flatMap((service) => listAt(asJson(service), 'status', 'loadBalancer', 'ingress'))
    .flatMap((ingress) => addressOf(textAt(ingress, 'ip')));
  const pools = state.list('metallb.io', 'IPAddressPool').map((pool) => {
    const set = rangeSetOf(listAt(asJson(pool), 'spec', 'addresses').flatMap((entry) => rangesOf(entry)));
    const total = Number(countAddresses(set, 'ipv4') + countAddresses(set, 'ipv6'));
    const used = given.filter((address) => setContains(set, address)).length;
    return { labels: { pool: pool.metadata.name }, total, used };
  });
  const family = (name: string, help: string, of: 'total' | 'used'): MetricFamily => ({
    type: 'gauge',
    name: `metallb_allocator_${name}`,
    help,
    samples: pools.map((pool) => ({ labels: pool.labels, value: pool[of] })),
  });
  return [
    family('addresses_total', 'Addresses of the pool.', 'total'),
    family('addresses_in_use_total', 'Addresses of the pool that are in use.', 'used'),
  ];
}

function addressOf(text: string | undefined): readonly IpAddress[] {
  const read = parseAddress(text ?? '');
  return read.ok ? [read.value] : [];
}

function rangesOf(entry: Json): readonly IpRange[] {
  const read = parseAddressEntry(typeof entry === 'string' ? entry : '');
  return read.ok ? [read.value.range] : [];
}
