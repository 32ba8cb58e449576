import type { JsonObject } from '../../src/domain/json.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import type { Plane } from '../plane/plane.ts';

const namespace = 'metallb-system';

function resource(kind: string, name: string, spec: JsonObject, metadata: JsonObject = {}): KubeObject {
  const apiVersion = `metallb.io/${kind === 'BGPPeer' ? 'v1beta2' : 'v1beta1'}`;
  return { apiVersion, kind, metadata: { name, namespace, ...metadata }, spec };
}

/** As a chart's objects are after `helm install`. */
const ofHelm: JsonObject = {
  labels: { 'app.kubernetes.io/managed-by': 'Helm', 'helm.sh/chart': 'pools-1.0.0' },
  annotations: { 'meta.helm.sh/release-name': 'pools', 'meta.helm.sh/release-namespace': namespace },
};

const byKubectl = ['apply'];
const byHelm = ['create', '--field-manager=helm'];

/** MetalLB's objects as people have them before they come, and the kubectl command that leaves the traces of each tool. */
export const madeByOthers: readonly { readonly object: KubeObject; readonly args: readonly string[] }[] = [
  {
    object: resource('IPAddressPool', 'office', {
      addresses: ['10.30.0.0/28', 'fd30::/124'],
      serviceAllocation: { priority: 5, namespaceSelectors: [{ matchLabels: { team: 'office' } }] },
    }),
    args: byKubectl,
  },
  {
    object: resource('IPAddressPool', 'edge', { addresses: ['10.31.0.0/27'], autoAssign: false }, ofHelm),
    args: byHelm,
  },
  {
    object: resource('L2Advertisement', 'office', { ipAddressPools: ['office'], interfaces: ['eth0'] }),
    args: byKubectl,
  },
  {
    object: resource('BGPPeer', 'router', {
      myASN: 64_512,
      peerASN: 64_513,
      peerAddress: '10.0.0.1',
      passwordSecret: { name: 'router' },
    }),
    args: byKubectl,
  },
  {
    object: resource(
      'BGPAdvertisement',
      'edge',
      { ipAddressPools: ['edge'], communities: ['near'], localPref: 100 },
      ofHelm,
    ),
    args: byHelm,
  },
  {
    object: resource('Community', 'names', { communities: [{ name: 'near', value: '64512:1' }] }, ofHelm),
    args: byHelm,
  },
];

const kinds = 'ipaddresspools,l2advertisements,bgppeers,bgpadvertisements,communities,bfdprofiles';

/** What every object of MetalLB's configuration says, with its uid and generation: the same if nobody touched it. */
export async function settingsOf(plane: Plane): Promise<readonly JsonObject[]> {
  const text = await plane.kubectl('get', kinds, '-n', namespace, '-o', 'json');
  const { items } = JSON.parse(text) as { readonly items: readonly KubeObject[] };
  return items.map(({ kind, metadata, spec }) => ({
    kind,
    name: metadata.name,
    uid: metadata.uid ?? '',
    generation: metadata.generation ?? 0,
    spec: spec as JsonObject,
  }));
}
