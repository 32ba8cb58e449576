import { familyName, formatAddress, type IpAddress, type IpFamily, ipFamilies } from '../address/ip-address.ts';
import { admits, type AllocationPool, commonOwner, ownerOf, type PoolConfig } from './pool-config.ts';
import { poolOrder, type PoolOrders, type Tiers } from './pool-order.ts';
import type { ServiceView } from './service-view.ts';

/** Addresses from one pool. */
export interface Grant {
  readonly pool: AllocationPool;
  readonly addresses: readonly IpAddress[];
}

/** Every grant that MetalLB may make, drawing at random among them; or why there is none, as the end of a sentence. */
export type Allocation =
  { readonly granted: true; readonly grants: readonly Grant[] } | { readonly granted: false; readonly reason: string };

/** Who else holds addresses, as far as one Service must know. */
export interface Occupants {
  /** Why the Service cannot have the address beside those who hold it; undefined where it can. */
  conflict(service: ServiceView, address: IpAddress): string | undefined;
  /** The first address of the pool, in its order, that the Service can have. */
  firstFitting(service: ServiceView, pool: AllocationPool, family: IpFamily): IpAddress | undefined;
}

/** The configuration, and what all other Services hold. */
export interface AllocationWorld {
  readonly config: PoolConfig;
  readonly ledger: Occupants;
  readonly orders: PoolOrders;
  /**
   * Follow one possibility instead of all: where a list of that many pools is tried in any order, the index of the one to
   * begin with.
   */
  readonly draw?: (count: number) => number;
}

function refusedFor(reason: string): Allocation {
  return { granted: false, reason };
}

/** New addresses for a Service that holds none. */
export function allocate(world: AllocationWorld, service: ServiceView): Allocation {
  const { request } = service;
  if (request.kind === 'unusable') {
    return refusedFor(request.reason);
  }
  if (request.kind === 'addresses') {
    return allocateRequested(world, service, request.addresses);
  }
  return service.pool === undefined ? allocateAnywhere(world, service) : allocateFrom(world, service, service.pool);
}

function allocateRequested(world: AllocationWorld, service: ServiceView, addresses: readonly IpAddress[]): Allocation {
  const { config } = world;
  const asked = addresses.map((address) => formatAddress(address)).join(' and ');
  if (!sameFamilies(addresses, service.clusterFamilies)) {
    return refusedFor(`it asks for ${asked}, and its cluster addresses are ${familiesText(service.clusterFamilies)}`);
  }
  const refusal = assignRefusal(world, service, addresses);
  if (refusal !== undefined) {
    return refusedFor(refusal);
  }
  const pool = commonOwner(config, addresses);
  if (pool === undefined) {
    return refusedFor(`${asked} is in no pool`);
  }
  if (service.pool !== undefined && service.pool !== pool.name) {
    return refusedFor(`it asks for ${asked}, which is in pool ${pool.name}, and for pool ${service.pool}`);
  }
  return { granted: true, grants: [{ pool, addresses }] };
}

/** Why the Service cannot have exactly these addresses, as the end of a sentence; undefined where it can. */
export function assignRefusal(
  { config, ledger }: AllocationWorld,
  service: ServiceView,
  addresses: readonly IpAddress[],
): string | undefined {
  const outside = addresses.find((address) => ownerOf(config, address) === undefined);
  if (outside !== undefined) {
    return `${formatAddress(outside)} is in no pool`;
  }
  const pool = commonOwner(config, addresses);
  if (pool === undefined) {
    return `${addresses.map((address) => formatAddress(address)).join(' and ')} are not in one pool`;
  }
  return refusalIn({ config, ledger }, service, addresses, pool);
}

/** The same of addresses that the pool holds. */
export function refusalIn(
  { config, ledger }: Pick<AllocationWorld, 'config' | 'ledger'>,
  service: ServiceView,
  addresses: readonly IpAddress[],
  pool: AllocationPool,
): string | undefined {
  if (!admits(pool, service, config.profile)) {
    return `pool ${pool.name} is not for this Service`;
  }
  for (const address of addresses) {
    const conflict = ledger.conflict(service, address);
    if (conflict !== undefined) {
      return `${formatAddress(address)} is taken: ${conflict}`;
    }
  }
  return undefined;
}

function allocateFrom(world: AllocationWorld, service: ServiceView, name: string): Allocation {
  const pool = world.config.pools.find((each) => each.name === name);
  if (pool === undefined) {
    return refusedFor(`the pool it asks for, ${name}, does not exist`);
  }
  if (!admits(pool, service, world.config.profile)) {
    return refusedFor(`the pool it asks for, ${name}, is not for this Service`);
  }
  const grants = choose(world, service, [[pool]]);
  return grants.length > 0
    ? { granted: true, grants }
    : refusedFor(`the pool it asks for, ${name}, has no free ${familiesText(service.clusterFamilies)} address for it`);
}

function allocateAnywhere(world: AllocationWorld, service: ServiceView): Allocation {
  const { pinned, open, names } = poolOrder(world.config, service, world.orders);
  for (const tiers of [pinned, open]) {
    const grants = choose(world, service, tiers);
    if (grants.length > 0) {
      return { granted: true, grants };
    }
  }
  return refusedFor(
    names === undefined
      ? 'no pool is for this Service'
      : `no free ${familiesText(service.clusterFamilies)} address is left for it in ${names}`,
  );
}

/**
 * The first pool that can serve every family the Service needs. Where it only prefers two, the first pool with its primary
 * family does if none has both, and else the first with the other.
 */
function choose(world: AllocationWorld, service: ServiceView, tiers: Tiers): readonly Grant[] {
  const wanted = service.clusterFamilies;
  const tries: readonly (readonly IpFamily[])[] =
    wanted.length === 2 && service.policy === 'PreferDualStack'
      ? [ipFamilies, [service.primaryFamily], [service.primaryFamily === 'ipv4' ? 'ipv6' : 'ipv4']]
      : [ipFamilies.filter((family) => wanted.includes(family))];
  for (const families of tries) {
    for (const tier of tiers) {
      const grants = grantsOf(world, service, tier, families);
      if (grants.length > 0) {
        return grants;
      }
    }
  }
  return [];
}

function grantsOf(
  world: AllocationWorld,
  service: ServiceView,
  tier: readonly AllocationPool[],
  families: readonly IpFamily[],
): readonly Grant[] {
  const [only, second] = tier;
  if (only !== undefined && second === undefined) {
    return grantFrom(world, service, only, families);
  }
  if (world.draw === undefined) {
    return tier.flatMap((pool) => grantFrom(world, service, pool, families));
  }
  const start = world.draw(tier.length);
  for (let index = 0; index < tier.length; index += 1) {
    const pool = tier[(start + index) % tier.length];
    const grants = pool === undefined ? [] : grantFrom(world, service, pool, families);
    if (grants.length > 0) {
      return grants;
    }
  }
  return [];
}

const noGrants: readonly Grant[] = [];

function grantFrom(
  { ledger }: AllocationWorld,
  service: ServiceView,
  pool: AllocationPool,
  families: readonly IpFamily[],
): readonly Grant[] {
  const [first, second] = families;
  const one = first === undefined ? undefined : ledger.firstFitting(service, pool, first);
  if (one === undefined || second === undefined) {
    return one === undefined ? noGrants : [{ pool, addresses: [one] }];
  }
  const other = ledger.firstFitting(service, pool, second);
  return other === undefined ? noGrants : [{ pool, addresses: [one, other] }];
}

/** True where the addresses have exactly these families. */
export function sameFamilies(addresses: readonly IpAddress[], families: readonly IpFamily[]): boolean {
  return (
    addresses.length === families.length && families.every((family) => addresses.some((each) => each.family === family))
  );
}

function familiesText(families: readonly IpFamily[]): string {
  return ipFamilies
    .filter((family) => families.includes(family))
    .map((family) => familyName(family))
    .join(' and ');
}
