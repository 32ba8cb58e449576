import { listAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ClusterState } from './cluster-state.ts';

/** Those of a pod and of its node, IPv4 first; none where none is left. */
export interface PodAddresses {
  readonly pods: readonly string[];
  readonly hosts: readonly string[];
}

/** The node's own addresses for a pod on its network; else what the pod has, or the lowest free ones of the node's ranges. */
export function addressesFor(state: ClusterState, pod: KubeObject, node: string): PodAddresses {
  const home = asJson(state.get('', 'Node', '', node) ?? pod);
  const hosts = listAt(home, 'status', 'addresses').flatMap((one) =>
    textAt(one, 'type') === 'InternalIP' ? [textAt(one, 'address') ?? ''] : [],
  );
  const known = podAddresses(pod);
  if (known.length > 0) {
    return { pods: known, hosts };
  }
  const isOnHost = valueAt(asJson(pod), 'spec', 'hostNetwork') === true;
  return { pods: isOnHost ? hosts : freeAddresses(state, home), hosts };
}

export function podAddresses(pod: KubeObject): readonly string[] {
  return listAt(asJson(pod), 'status', 'podIPs').flatMap((one) => textAt(one, 'ip') ?? []);
}

/** The lowest IPv4 address from the node's range on that no pod has; with a range of IPv6 one like it. */
function freeAddresses(state: ClusterState, node: Json): readonly string[] {
  const used = new Set(state.list('', 'Pod').map((one) => textAt(asJson(one), 'status', 'podIP')));
  const ranges = listAt(node, 'spec', 'podCIDRs').filter((range) => typeof range === 'string');
  const [ipv4 = '10.244.0.0/24', ipv6] = ranges;
  const [, prefix = '10.244', from = '0'] = /^(\d+\.\d+)\.(\d+)\.0\/\d+$/u.exec(ipv4) ?? [];
  for (let third = Number(from); third < 256; third += 1) {
    for (let last = 2; last < 255; last += 1) {
      const address = `${prefix}.${third}.${last}`;
      if (!used.has(address)) {
        const number = (third * 256 + last).toString(16);
        return ipv6 === undefined ? [address] : [address, ipv6.replace(/\/\d+$/u, number)];
      }
    }
  }
  return [];
}
