import { setContains } from '../address/range-set.ts';
import { decodePool } from '../allocation/pool-view.ts';
import { decodeService, serviceKey } from '../allocation/service-view.ts';
import type { KubeObject } from '../manifest/kube-object.ts';

/** MetalLB writes the pool's name here; both prefixes are in use. */
const allocatedFrom = ['metallb.io/ip-allocated-from-pool', 'metallb.universe.tf/ip-allocated-from-pool'] as const;

/** A Service that holds addresses, by its key. */
export interface AddressHolder {
  readonly service: string;
  /** True where one of the pools that stay holds every address that the Service has from this one. */
  readonly covered: boolean;
}

/**
 * The Services that hold an address of the pool: by the addresses in their status, or by MetalLB's word where the pool
 * cannot be read. `staying` are the pools as they will be.
 */
export function holdersOf(
  pool: KubeObject,
  services: readonly KubeObject[],
  staying: readonly KubeObject[],
): readonly AddressHolder[] {
  const { set } = decodePool(pool).addresses;
  const others = staying.map((one) => decodePool(one).addresses.set);
  return services.flatMap((object): readonly AddressHolder[] => {
    const view = decodeService(object);
    const named = allocatedFrom.some((name) => object.metadata.annotations?.[name] === pool.metadata.name);
    const here = view.held.filter((address) => named || setContains(set, address));
    if (!view.isLoadBalancer || here.length === 0) {
      return [];
    }
    const covered = here.every((address) => others.some((other) => setContains(other, address)));
    return [{ service: serviceKey(view), covered }];
  });
}

/** The Services that hold any address, by their keys. */
export function servicesWithAddresses(services: readonly KubeObject[]): readonly string[] {
  return services
    .map((object) => decodeService(object))
    .filter((view) => view.isLoadBalancer && view.held.length > 0)
    .map((view) => serviceKey(view));
}
