import type { Json, JsonObject } from '../json.ts';
import type { EnvironmentConfig } from './config.generated.ts';
import type { MetalLbSettings, NamedSpec } from './environment.ts';

type Resources = Pick<
  MetalLbSettings,
  'pools' | 'l2Advertisements' | 'bgpPeers' | 'bgpAdvertisements' | 'bfdProfiles' | 'communities'
>;

/** The specification's advertisement, made where nobody wrote one. */
export const implicitAdvertisement = 'l2-advert';

/**
 * The resources of MetalLB's API. With neither kind of advertisement in the config one L2Advertisement names all pools; an
 * empty list is an answer, too, and means none.
 */
export function decodeResources(metallb: EnvironmentConfig['metallb']): Resources {
  const pools = namedSpecs(metallb.ipAddressPool);
  const implicit = metallb.l2Advertisement === undefined && metallb.bgpAdvertisement === undefined;
  return {
    pools,
    l2Advertisements: implicit ? coverAll(pools) : namedSpecs(metallb.l2Advertisement),
    bgpPeers: namedSpecs(metallb.bgpPeer),
    bgpAdvertisements: namedSpecs(metallb.bgpAdvertisement),
    bfdProfiles: namedSpecs(metallb.bfdProfile),
    communities: namedSpecs(metallb.community),
  };
}

/** With no pool there is nothing to cover, and an advertisement that names none would cover pools to come. */
function coverAll(pools: readonly NamedSpec[]): readonly NamedSpec[] {
  return pools.length === 0
    ? []
    : [{ name: implicitAdvertisement, spec: { ipAddressPools: pools.map((pool) => pool.name) } }];
}

interface Named {
  readonly name: string;
  readonly labels?: { readonly [name: string]: string };
}
type ResourceConfig = JsonObject & Named;

function namedSpecs(items: readonly ResourceConfig[] | undefined): readonly NamedSpec[] {
  return (items ?? []).map(({ name, labels, ...fields }) => {
    const spec: { readonly [field: string]: Json } = fields;
    return labels === undefined ? { name, spec } : { name, labels, spec };
  });
}
