import { familyName, formatAddress, holdsAddress, type IpAddress, ipFamilies } from '../address/ip-address.ts';
import { allocate, type AllocationWorld, refusalIn, sameFamilies } from './allocate.ts';
import { type AllocationPool, commonOwner, ownerOf } from './pool-config.ts';
import type { ServiceView } from './service-view.ts';

/** What one look of the controller at a Service ends in. */
export interface Converged {
  readonly addresses: readonly IpAddress[];
  /** Why addresses it held were taken from it, as the end of a sentence; undefined where none were. */
  readonly taken: string | undefined;
  /** Why it holds none, or not all it wants, as the end of a sentence. */
  readonly refused: string | undefined;
}

/**
 * One look of the controller at one Service that holds `held`, in a world where all others hold what the ledger says.
 * Every possible end, in the order of pools: several only where MetalLB draws at random.
 */
export function converge(
  world: AllocationWorld,
  service: ServiceView,
  held: readonly IpAddress[],
): readonly Converged[] {
  const impossible = cannotHold(world, service);
  if (impossible !== undefined) {
    return [{ addresses: [], taken: held.length > 0 ? impossible : undefined, refused: impossible }];
  }
  if (held.length === 0) {
    return granted(world, service, undefined);
  }
  const taken = takenBecause(world, service, held, commonOwner(world.config, held));
  if (taken !== undefined) {
    return granted(world, service, taken);
  }
  return [withMissingFamily(world, service, held)];
}

/** Why no Service like this can hold any address; undefined where one can. */
export function cannotHold({ config }: Pick<AllocationWorld, 'config'>, service: ServiceView): string | undefined {
  if (!service.isLoadBalancer) {
    return 'it is not of type LoadBalancer';
  }
  if (config.pools.length === 0) {
    return 'there is no pool for it';
  }
  if (service.clusterFamilies.length === 0) {
    return 'it has no cluster address';
  }
  if (service.policy === 'RequireDualStack' && service.clusterFamilies.length < 2) {
    return 'it requires both families and has a cluster address of only one';
  }
  return undefined;
}

/** Why the controller takes away what the Service holds, all of it from `pool` or from none; undefined where it leaves it. */
export function takenBecause(
  world: AllocationWorld,
  service: ServiceView,
  held: readonly IpAddress[],
  pool: AllocationPool | undefined,
): string | undefined {
  const { request } = service;
  if (!familiesFit(world, service, held)) {
    return 'the families of its addresses are not those of its cluster addresses';
  }
  if (pool === undefined) {
    return noPoolHolds(world, held);
  }
  const refusal = refusalIn(world, service, held, pool);
  if (refusal !== undefined) {
    return refusal;
  }
  if (service.pool !== undefined && service.pool !== pool.name) {
    return `it asks for pool ${service.pool} and its address is in pool ${pool.name}`;
  }
  // A request that cannot be read leaves what is held.
  if (request.kind === 'addresses' && !sameAddresses(request.addresses, held)) {
    return `it asks for ${request.addresses.map((address) => formatAddress(address)).join(' and ')}`;
  }
  return undefined;
}

function noPoolHolds({ config }: AllocationWorld, held: readonly IpAddress[]): string {
  const outside = held.filter((address) => ownerOf(config, address) === undefined);
  const [first, second] = outside;
  if (first === undefined) {
    return 'these addresses are not in one pool any more';
  }
  if (outside.length < held.length) {
    return `no pool contains its ${familyName(first.family)} address any more`;
  }
  return second === undefined ? 'no pool contains this address any more' : 'no pool contains these addresses any more';
}

/** With PreferDualStack one address will do for two cluster addresses, and in 0.14 two for one. */
function familiesFit({ config }: AllocationWorld, service: ServiceView, held: readonly IpAddress[]): boolean {
  if (sameFamilies(held, service.clusterFamilies)) {
    return true;
  }
  if (service.policy !== 'PreferDualStack') {
    return false;
  }
  return (
    (service.clusterFamilies.length === 2 && held.length === 1) ||
    (config.profile === 'metallb-0.14' && held.length === 2)
  );
}

/** True for the same addresses in any order. */
export function sameAddresses(left: readonly IpAddress[], right: readonly IpAddress[]): boolean {
  return left.length === right.length && left.every((address) => holdsAddress(right, address));
}

function granted(world: AllocationWorld, service: ServiceView, taken: string | undefined): readonly Converged[] {
  const allocation = allocate(world, service);
  if (!allocation.granted) {
    return [{ addresses: [], taken, refused: allocation.reason }];
  }
  return allocation.grants.map(({ addresses }) => ({ addresses, taken, refused: undefined }));
}

/** With PreferDualStack an address of the other family is added from the same pool, whatever the cluster addresses are. */
function withMissingFamily(
  { config, ledger }: AllocationWorld,
  service: ServiceView,
  held: readonly IpAddress[],
): Converged {
  const kept = { addresses: held, taken: undefined, refused: undefined };
  const [only, second] = held;
  if (
    only === undefined ||
    second !== undefined ||
    service.policy !== 'PreferDualStack' ||
    service.request.kind === 'unusable'
  ) {
    return kept;
  }
  const missing = ipFamilies.find((family) => family !== only.family);
  const pool = commonOwner(config, held);
  if (missing === undefined || pool === undefined) {
    return kept;
  }
  const added = ledger.firstFitting(service, pool, missing);
  return added === undefined ? kept : { ...kept, addresses: [...held, added] };
}
