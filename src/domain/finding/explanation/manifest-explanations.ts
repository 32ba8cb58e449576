import { explained, type Explanation, type Explanations } from './explanation.ts';

/** An object of MetalLB's API. */
function object(kind: string, name: string, spec: readonly string[], version = 'v1beta1'): string {
  const head = [`apiVersion: metallb.io/${version}`, `kind: ${kind}`, 'metadata:', `  name: ${name}`];
  const body = spec.length === 0 ? [] : ['spec:', ...spec.map((line) => `  ${line}`)];
  return [...head, ...body, ''].join('\n');
}

/** A pool and its advertisement. */
const pool = (entry = '192.168.1.240/28'): string =>
  `${object('IPAddressPool', 'default', ['addresses:', `  - ${entry}`])}---\n${object('L2Advertisement', 'lan', [])}`;

/** A Service of type LoadBalancer; lines for its metadata and for its spec. */
function service(metadata: readonly string[], spec: readonly string[] = [], port = 80, name = 'web'): string {
  const meta = ['metadata:', `  name: ${name}`, ...metadata.map((line) => `  ${line}`)];
  const body = ['spec:', '  type: LoadBalancer', ...spec.map((line) => `  ${line}`), '  ports:', `    - port: ${port}`];
  return ['apiVersion: v1', 'kind: Service', ...meta, ...body, ''].join('\n');
}

const annotated = (...lines: readonly string[]): readonly string[] => [
  'annotations:',
  ...lines.map((line) => `  ${line}`),
];

function inManifest(why: string, example: string, from: string, to: string): Explanation {
  return { ...explained(why, example, from, to), file: 'metallb.yaml' };
}

const asking = (address: string, port = 80, name = 'web'): string =>
  service(annotated('metallb.io/allow-shared-ip: web', `metallb.io/loadBalancerIPs: ${address}`), [], port, name);

/** What only plain manifests can have wrong: `metalwave validate FILE`. */
export const manifestExplanations: Explanations = {
  placeholder: inManifest(
    'Flux, Kustomize, Helm and others fill in such texts before the API server sees them. Until then nothing can be said of the value, so it is named and not judged.',
    pool('${LB_RANGE}'),
    '${LB_RANGE}',
    '192.168.1.240/28',
  ),
  'kind-unknown': inManifest(
    'Kinds are written with their exact letters; the API server refuses a kind that it does not know.',
    pool().replace('kind: IPAddressPool', 'kind: IpAddressPool'),
    'IpAddressPool',
    'IPAddressPool',
  ),
  'api-version-unknown': inManifest(
    'The API server refuses a resource in a version that it does not serve. BGPPeer is v1beta2, everything else v1beta1.',
    object('L2Advertisement', 'lan', [], 'v1'),
    'metallb.io/v1\n',
    'metallb.io/v1beta1\n',
  ),
  'api-version-deprecated': inManifest(
    'BGPPeer v1beta1 is kept for old manifests and translated by a webhook in the cluster. It lacks many fields, and is not readable where that webhook does not run.',
    object('BGPPeer', 'tor', ['myASN: 64512', 'peerASN: 64513', 'peerAddress: 10.0.0.1']),
    'v1beta1',
    'v1beta2',
  ),
  'legacy-format': {
    why: 'Up to 0.12 MetalLB was configured by a ConfigMap, and by configInline of its chart; AddressPool was a step between. Newer releases read none of them. What they say is judged all the same, for the day of the move.',
    example:
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\ndata:\n  config: |\n    address-pools:\n      - name: default\n        protocol: layer2\n        addresses:\n          - 192.168.1.240/28\n',
    repaired: pool(),
    file: 'metallb.yaml',
  },
  'namespace-differs': inManifest(
    'MetalLB reads resources in its own namespace only, and says nothing of those elsewhere: they do not exist for it.',
    pool()
      .replace('name: default', 'name: default\n  namespace: metallb-system')
      .replace('name: lan', 'name: lan\n  namespace: lb'),
    'namespace: lb',
    'namespace: metallb-system',
  ),
  'annotation-deprecated': inManifest(
    'The prefix metallb.universe.tf/ still works and is deprecated since 0.14.9. Where both are there, metallb.io/ wins.',
    service(annotated('metallb.universe.tf/address-pool: default')),
    'metallb.universe.tf/',
    'metallb.io/',
  ),
  'annotation-unknown': inManifest(
    'MetalLB passes over annotations that it does not know. There are three: address-pool, loadBalancerIPs and allow-shared-ip.',
    service(annotated('metallb.io/loadBalancerIP: 192.168.1.240')),
    'loadBalancerIP:',
    'loadBalancerIPs:',
  ),
  'annotation-misplaced': inManifest(
    'MetalLB looks for its annotations below metadata.annotations of the Service and nowhere else.',
    service(['labels:', '  metallb.io/allow-shared-ip: web']),
    'labels:',
    'annotations:',
  ),
  'annotation-without-effect': inManifest(
    'MetalLB gives addresses to Services of type LoadBalancer. On others, and on its own resources, its annotations do nothing.',
    service(annotated('metallb.io/address-pool: default')).replace('LoadBalancer', 'ClusterIP'),
    'ClusterIP',
    'LoadBalancer',
  ),
  'service-address-twice': inManifest(
    'A Service may ask for its address by the annotation loadBalancerIPs or by spec.loadBalancerIP, which Kubernetes is giving up. With both MetalLB gives it none.',
    service(annotated('metallb.io/loadBalancerIPs: 192.168.1.241'), ['loadBalancerIP: 192.168.1.241']),
    '  loadBalancerIP: 192.168.1.241\n',
    '',
  ),
  'service-address-syntax': inManifest(
    'A Service asks for one address, or for one of each family. With anything else it gets none and stays pending.',
    service(annotated('metallb.io/loadBalancerIPs: 192.168.1.240/32')),
    '192.168.1.240/32',
    '192.168.1.240',
  ),
  'service-pool-unknown': inManifest(
    'A Service that asks for a pool which does not exist gets no address and stays pending.',
    `${pool()}---\n${service(annotated('metallb.io/address-pool: defualt'))}`,
    'defualt',
    'default',
  ),
  'service-address-outside': inManifest(
    'A Service that asks for an address which no pool holds, or not the pool that it asks for, gets none and stays pending.',
    `${pool()}---\n${service(annotated('metallb.io/loadBalancerIPs: 192.168.1.20'))}`,
    '192.168.1.20',
    '192.168.1.241',
  ),
  'service-sharing': inManifest(
    'Services share an address when they have the same sharing key and no port in common, and either the traffic policy Cluster or the same pods. Else the first one gets it and the others stay pending.',
    `${asking('192.168.1.241')}---\n${asking('192.168.1.241', 80, 'api')}`,
    'name: api\n  annotations:\n    metallb.io/allow-shared-ip: web\n    metallb.io/loadBalancerIPs: 192.168.1.241',
    'name: api\n  annotations:\n    metallb.io/allow-shared-ip: web\n    metallb.io/loadBalancerIPs: 192.168.1.242',
  ),
};
