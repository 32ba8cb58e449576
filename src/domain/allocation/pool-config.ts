import { ipAddress, type IpAddress, type IpFamily } from '../address/ip-address.ts';
import { compareRanges, formatRange, type IpRange, rangeContains, sharedRange } from '../address/ip-range.ts';
import { poolContains } from '../pool/pool-addresses.ts';
import { anySelectorMatches, type Labels } from './label-selector.ts';
import type { PoolView } from './pool-view.ts';
import type { RulesProfile } from './rules-profile.ts';
import type { ServiceView } from './service-view.ts';

/** A pool with its namespaces resolved. */
export interface AllocationPool {
  readonly name: string;
  readonly view: PoolView;
  /** Namespaces it is for, by name and by selector; undefined where it limits none. */
  readonly namespaces: ReadonlySet<string> | undefined;
  /** `open`: without serviceAllocation. `everyone`: with one that limits nothing. `by-name`: only for who asks for it. */
  readonly reach: 'open' | 'everyone' | 'scoped' | 'by-name';
  /** Equal for pools between which the controller sees no difference. */
  readonly fingerprint: string;
}

/** The pools of one configuration, as the controller has loaded them. */
export interface PoolConfig {
  readonly profile: RulesProfile;
  readonly pools: readonly AllocationPool[];
  /** Why MetalLB refuses the whole; it then goes on with the last configuration it took. */
  readonly refusal: string | undefined;
  /** Some pool selects Services by their labels. */
  readonly selectsServices: boolean;
  /** Pools that give addresses to who asks for none. */
  readonly automatic: AutomaticPools;
  /** Sorted by first address, of one family each. */
  readonly owners: { readonly [family in IpFamily]: readonly OwnedRange[] };
}

/** Pools with autoAssign, by whom they may be for; within each list by name. */
interface AutomaticPools {
  readonly open: readonly AllocationPool[];
  readonly byNamespace: ReadonlyMap<string, readonly AllocationPool[]>;
  /** With selectors of Services, or with a serviceAllocation that limits nothing. */
  readonly selecting: readonly AllocationPool[];
}

interface OwnedRange {
  readonly range: IpRange;
  readonly pool: AllocationPool;
}

/** Resolves pools against namespaces. Sorted by name, as the controller reads them. */
export function compilePools(
  views: readonly PoolView[],
  namespaces: readonly { readonly name: string; readonly labels: Labels }[],
  profile: RulesProfile,
): PoolConfig {
  const pools = views
    .map((view) => compilePool(view, namespaces, profile))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return configOf(pools, profile);
}

/** A configuration of pools that are resolved already. */
export function configOf(pools: readonly AllocationPool[], profile: RulesProfile): PoolConfig {
  const owned = pools
    .flatMap((pool) => pool.view.ranges.map((range): OwnedRange => ({ range, pool })))
    .toSorted((left, right) => compareRanges(left.range, right.range));
  const ofFamily = (family: IpFamily): readonly OwnedRange[] => owned.filter(({ range }) => range.family === family);
  const refusal = pools.find(({ view }) => view.refusal !== undefined)?.view.refusal ?? overlapIn(owned);
  const selectsServices = pools.some(({ view }) => (view.allocation?.serviceSelectors.length ?? 0) > 0);
  const owners = { ipv4: ofFamily('ipv4'), ipv6: ofFamily('ipv6') };
  return { profile, pools, refusal, selectsServices, automatic: automaticPools(pools), owners };
}

function automaticPools(pools: readonly AllocationPool[]): AutomaticPools {
  const automatic = pools.filter((pool) => pool.view.autoAssign);
  const byNamespace = new Map<string, AllocationPool[]>();
  for (const pool of automatic) {
    for (const namespace of pool.namespaces ?? []) {
      const together = byNamespace.get(namespace) ?? [];
      byNamespace.set(namespace, together);
      together.push(pool);
    }
  }
  return {
    open: automatic.filter(({ reach }) => reach === 'open'),
    byNamespace,
    selecting: automatic.filter(
      ({ reach, view }) => reach === 'everyone' || (view.allocation?.serviceSelectors.length ?? 0) > 0,
    ),
  };
}

function overlapIn(owned: readonly OwnedRange[]): string | undefined {
  let reach: OwnedRange | undefined;
  for (const next of owned) {
    const shared = reach === undefined ? undefined : sharedRange(reach.range, next.range);
    if (reach !== undefined && shared !== undefined) {
      const names =
        reach.pool === next.pool
          ? `pool ${next.pool.name} holds`
          : `pools ${reach.pool.name} and ${next.pool.name} both hold`;
      return `${names} ${formatRange(shared)}${reach.pool === next.pool ? ' twice' : ''}`;
    }
    reach = next;
  }
  return undefined;
}

/** Resolves one pool. */
export function compilePool(
  view: PoolView,
  namespaces: readonly { readonly name: string; readonly labels: Labels }[],
  profile: RulesProfile,
): AllocationPool {
  const { allocation } = view;
  const scoped = allocation !== undefined && allocation.namespaces.length + allocation.namespaceSelectors.length > 0;
  const resolved = scoped
    ? new Set([
        ...allocation.namespaces,
        ...namespaces
          .filter(({ labels }) => anySelectorMatches(allocation.namespaceSelectors, labels))
          .map(({ name }) => name),
      ])
    : undefined;
  const reach = reachOf(view, scoped, profile);
  const fingerprint = JSON.stringify([
    view.written,
    view.autoAssign,
    view.addresses.avoidBuggyIPs,
    allocation === undefined ? null : [allocation.priority, allocation.serviceSelectors],
    resolved === undefined ? null : [...resolved].toSorted(),
    view.refusal ?? null,
  ]);
  return { name: view.name, view, namespaces: resolved, reach, fingerprint };
}

function reachOf({ allocation }: PoolView, scoped: boolean, profile: RulesProfile): AllocationPool['reach'] {
  if (allocation === undefined) {
    return 'open';
  }
  if (scoped || allocation.serviceSelectors.length > 0) {
    return 'scoped';
  }
  return profile === 'metallb-0.14' ? 'by-name' : 'everyone';
}

/** The pool that may give out the address, or undefined. */
export function ownerOf(config: PoolConfig, address: IpAddress): AllocationPool | undefined {
  const ranges = config.owners[address.family];
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.range.last ?? 0n) < address.value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const pool = ranges[low]?.pool;
  return pool !== undefined && poolContains(pool.view.addresses, address) ? pool : undefined;
}

/** The one pool that may give out all of the addresses. */
export function commonOwner(config: PoolConfig, addresses: readonly IpAddress[]): AllocationPool | undefined {
  const [first, second] = addresses;
  const owner = first === undefined ? undefined : ownerOf(config, first);
  return second === undefined || addresses.every((address) => ownerOf(config, address) === owner) ? owner : undefined;
}

/**
 * Whether the Service may use the pool at all. MetalLB takes a list of namespaces that came out empty for none given, so a
 * pool whose selectors match no namespace is open to all who ask for it; `native` admits nobody then.
 */
export function admits(pool: AllocationPool, service: ServiceView, profile: RulesProfile): boolean {
  const { namespaces, view } = pool;
  const selectors = view.allocation?.serviceSelectors ?? [];
  const openToNamespace =
    namespaces === undefined || namespaces.has(service.namespace) || (namespaces.size === 0 && profile !== 'native');
  return openToNamespace && (selectors.length === 0 || anySelectorMatches(selectors, service.labels));
}

/** Where in the pool's order of allocation an address stands. */
export function compareInPool(pool: AllocationPool, left: IpAddress, right: IpAddress): number {
  const difference = rangeIndex(pool, left) - rangeIndex(pool, right);
  return difference !== 0 ? difference : Number(left.value > right.value) - Number(left.value < right.value);
}

function rangeIndex(pool: AllocationPool, address: IpAddress): number {
  return pool.view.ranges.findIndex((range) => rangeContains(range, address));
}

/** Every address the pool gives out, in its order of allocation, one at a time. */
export function* poolAddresses(pool: AllocationPool, family: IpFamily): Generator<IpAddress, void, undefined> {
  for (const range of pool.view.ranges) {
    if (range.family !== family) {
      continue;
    }
    for (let value = range.first; value <= range.last; value += 1n) {
      const address = ipAddress(family, value);
      if (poolContains(pool.view.addresses, address)) {
        yield address;
      }
    }
  }
}
