/** Where MetalLB lives in a benchmark. */
export const namespace = 'metallb-system';

/** A Service that wants an address. */
export function service(name: string, more: object = {}, metadata: object = {}): object {
  const spec = { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }], ...more };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, ...metadata }, spec };
}

export const servicesPath: string = '/api/v1/namespaces/default/services';
export const poolsPath: string = `/apis/metallb.io/v1beta1/namespaces/${namespace}/ipaddresspools`;
/** Where the claims of ours stand. */
export const claimsPath: string = `/api/v1/namespaces/${namespace}/configmaps?labelSelector=metalwave.io%2Fstate%3Dclaims`;

export function pool(name: string, addresses: string): object {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name, namespace },
    spec: { addresses: [addresses] },
  };
}
