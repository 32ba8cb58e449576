import { anySelectorMatches, decodeSelector, type Labels, type LabelSelector } from '../allocation/label-selector.ts';
import { decodePool, type PoolView } from '../allocation/pool-view.ts';
import { listAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { metalLbGroup } from '../metallb/api.ts';

/** What both kinds of advertisement say. Empty lists do not limit. */
export interface AdvertisementView {
  readonly name: string;
  readonly pools: readonly string[];
  readonly poolSelectors: readonly LabelSelector[];
  readonly nodeSelectors: readonly LabelSelector[];
  readonly serviceSelectors: readonly LabelSelector[];
  /** Interfaces of an L2Advertisement. */
  readonly interfaces: readonly string[];
  /** BGPPeers of a BGPAdvertisement, by name. */
  readonly peers: readonly string[];
}

/** A BGPPeer: its name and the nodes that speak to it. */
export interface PeerView {
  readonly name: string;
  readonly nodeSelectors: readonly LabelSelector[];
}

/** MetalLB's configuration, read. */
export interface MetallbObjects {
  readonly pools: readonly PoolView[];
  readonly l2Advertisements: readonly AdvertisementView[];
  readonly bgpAdvertisements: readonly AdvertisementView[];
  readonly bgpPeers: readonly PeerView[];
  /** What could not be read: outcomes that may depend on it are not exact. */
  readonly problems: readonly string[];
}

/**
 * Reads MetalLB's configuration from live objects or manifests; other kinds are passed over. Never throws: what cannot be
 * read is told in `problems`, or as the refusal of a pool.
 */
export function decodeMetallbObjects(objects: readonly KubeObject[]): MetallbObjects {
  const ours = objects.filter((object) => object.apiVersion.startsWith(`${metalLbGroup}/`));
  const ofKind = (kind: string): readonly KubeObject[] => ours.filter((object) => object.kind === kind);
  const problems: string[] = [];
  return {
    pools: ofKind('IPAddressPool').map((object) => decodePool(object)),
    l2Advertisements: ofKind('L2Advertisement').map((object) => decodeAdvertisement(object, problems)),
    bgpAdvertisements: ofKind('BGPAdvertisement').map((object) => decodeAdvertisement(object, problems)),
    bgpPeers: ofKind('BGPPeer').map((object) => ({
      name: object.metadata.name,
      nodeSelectors: selectorsOf(object, 'nodeSelectors', problems),
    })),
    problems,
  };
}

function decodeAdvertisement(object: KubeObject, problems: string[]): AdvertisementView {
  return {
    name: object.metadata.name,
    pools: textsOf(object, 'ipAddressPools'),
    poolSelectors: selectorsOf(object, 'ipAddressPoolSelectors', problems),
    nodeSelectors: selectorsOf(object, 'nodeSelectors', problems),
    serviceSelectors: selectorsOf(object, 'serviceSelectors', problems),
    interfaces: textsOf(object, 'interfaces'),
    peers: textsOf(object, 'peers'),
  };
}

function textsOf(object: KubeObject, key: string): readonly string[] {
  return listAt(asJson(object), 'spec', key).filter((each) => typeof each === 'string');
}

/** A selector that cannot be read selects nothing, and is told. */
function selectorsOf(object: KubeObject, key: string, problems: string[]): readonly LabelSelector[] {
  return listAt(asJson(object), 'spec', key).map((each) => {
    const selector = decodeSelector(each);
    if (selector === undefined) {
      problems.push(`A selector in ${key} of the ${object.kind} ${object.metadata.name} cannot be read.`);
    }
    return selector ?? selectsNothing;
  });
}

const selectsNothing: LabelSelector = {
  requirements: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [] }],
};

/** True where an advertisement is about the pool: it names it, selects it, or does neither with any. */
export function advertisesPool(advertisement: AdvertisementView, pool: string, labels: Labels): boolean {
  const { pools, poolSelectors } = advertisement;
  if (pools.length === 0 && poolSelectors.length === 0) {
    return true;
  }
  return pools.includes(pool) || anySelectorMatches(poolSelectors, labels);
}
