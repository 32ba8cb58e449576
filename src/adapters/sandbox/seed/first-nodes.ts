import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ServiceFamily } from '../../../domain/object-rules/service/service-families.ts';

/** The nodes that a cluster has from the start, `node-1` and on, with addresses and ranges for pods of these families. */
export function firstNodes(
  count: number,
  families: readonly ServiceFamily[],
  timestamp: string,
): readonly KubeObject[] {
  return Array.from({ length: count }, (_, index) => nodeAt(index, families, timestamp));
}

const podRange: { readonly [family in ServiceFamily]: (index: number) => string } = {
  IPv4: (index) => `10.244.${index}.0/24`,
  IPv6: (index) => `fd00:10:244:${index.toString(16)}::/64`,
};
const address: { readonly [family in ServiceFamily]: (index: number) => string } = {
  IPv4: (index) => `192.168.1.${11 + index}`,
  IPv6: (index) => `fd00:192:168:1::${(11 + index).toString(16)}`,
};

function nodeAt(index: number, families: readonly ServiceFamily[], timestamp: string): KubeObject {
  const name = `node-${index + 1}`;
  const labels = { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' };
  const condition = { lastHeartbeatTime: timestamp, lastTransitionTime: timestamp };
  const status = {
    addresses: [
      ...families.map((family) => ({ type: 'InternalIP', address: address[family](index) })),
      { type: 'Hostname', address: name },
    ],
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        reason: 'KubeletReady',
        message: 'kubelet is posting ready status',
        ...condition,
      },
      { type: 'NetworkUnavailable', status: 'False', reason: 'RouteCreated', message: 'a route exists', ...condition },
    ],
    nodeInfo: {
      architecture: 'amd64',
      bootID: '',
      containerRuntimeVersion: 'sandbox://1',
      kernelVersion: '',
      kubeProxyVersion: '',
      kubeletVersion: 'v1.35.4',
      machineID: '',
      operatingSystem: 'linux',
      osImage: 'sandbox',
      systemUUID: '',
    },
  };
  const podCIDRs = families.map((family) => podRange[family](index));
  const spec = { podCIDR: podCIDRs[0] ?? '', podCIDRs };
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec, status };
}
