import type { Environment, NamedSpec } from '../environment/environment.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { StepName } from '../manifest/waves.ts';
import { objectMetadata } from './object-labels.ts';
import type { RenderUnit } from './render-unit.ts';

interface ResourceKind {
  readonly kind: string;
  readonly apiVersion: 'metallb.io/v1beta1' | 'metallb.io/v1beta2';
  readonly step: StepName;
  readonly of: (environment: Environment) => readonly NamedSpec[];
}

/** Each kind in the version that its engine stores. What others refer to comes first. */
const resourceKinds: readonly ResourceKind[] = [
  { kind: 'Community', apiVersion: 'metallb.io/v1beta1', step: 'references', of: ({ metallb }) => metallb.communities },
  {
    kind: 'BFDProfile',
    apiVersion: 'metallb.io/v1beta1',
    step: 'references',
    of: ({ metallb }) => metallb.bfdProfiles,
  },
  { kind: 'IPAddressPool', apiVersion: 'metallb.io/v1beta1', step: 'pools', of: ({ metallb }) => metallb.pools },
  { kind: 'BGPPeer', apiVersion: 'metallb.io/v1beta2', step: 'peers', of: ({ metallb }) => metallb.bgpPeers },
  {
    kind: 'L2Advertisement',
    apiVersion: 'metallb.io/v1beta1',
    step: 'advertisements',
    of: ({ metallb }) => metallb.l2Advertisements,
  },
  {
    kind: 'BGPAdvertisement',
    apiVersion: 'metallb.io/v1beta1',
    step: 'advertisements',
    of: ({ metallb }) => metallb.bgpAdvertisements,
  },
];

/** Says nothing that an absent field would not say, by kind. */
const noEffect: { readonly [kind: string]: JsonObject } = {
  Community: { communities: [] },
  BFDProfile: { passiveMode: false },
  L2Advertisement: { ipAddressPools: [] },
  BGPAdvertisement: { ipAddressPools: [] },
};

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/**
 * The spec with no mapping left empty. Server-side apply turns a mapping whose last field it removes into null, and a
 * structural schema refuses null: without this, taking the last setting out of an advertisement could not be applied.
 */
function filledSpec(kind: string, spec: JsonObject): JsonObject {
  if (isEmpty(spec)) {
    return noEffect[kind] ?? spec;
  }
  const allocation = spec['serviceAllocation'];
  return isJsonObject(allocation) && isEmpty(allocation) ? { ...spec, serviceAllocation: { priority: 0 } } : spec;
}

/** Pools, advertisements, peers, BFD profiles and communities, with the fields the user set and no server default. */
export function metalLbResources(environment: Environment): readonly RenderUnit[] {
  return resourceKinds.flatMap(({ kind, apiVersion, step, of }) =>
    of(environment).map(({ name, labels = {}, spec }): RenderUnit => ({
      step,
      template: 'metallb-resource',
      values: {
        apiVersion,
        kind,
        metadata: objectMetadata(environment, name, { namespace: environment.metallb.namespace, labels }),
        spec: filledSpec(kind, spec),
      },
    })),
  );
}
