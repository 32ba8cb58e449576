import { familyName, formatAddress, type IpAddress, type IpFamily, ipFamilies } from '../../address/ip-address.ts';
import { anySelectorMatches } from '../label-selector.ts';
import { cannotHold } from '../converge.ts';
import { admits, type AllocationPool, ownerOf, type PoolConfig } from '../pool-config.ts';
import type { ServiceView } from '../service-view.ts';
import type { ConsideredPool } from './decision.ts';
import type { Member } from './member.ts';
import type { Occupancy } from './occupancy.ts';
import type { NativeWorld } from './outcome.ts';
import type { FamilyState } from './pool-state.ts';

/** Answers that are remembered at most. */
const mostKnown = 1_000;

/**
 * Tells which pools were considered for a Service that is refused, and why each gave it nothing. While no address changes
 * hands, Services that are alike to the pools have one answer.
 */
export class Considerations {
  private readonly known = new Map<string, readonly ConsideredPool[]>();
  private version = -1;

  /** By name of the pools. */
  for(world: NativeWorld, member: Member, view: ServiceView): readonly ConsideredPool[] {
    const { config, occupancy } = world;
    if (view.request.kind === 'unusable' || cannotHold({ config }, view) !== undefined) {
      return [];
    }
    if (view.request.kind === 'addresses') {
      return view.request.addresses.flatMap((address) => ofAddress(config, occupancy, member, address));
    }
    if (this.version !== occupancy.version || this.known.size >= mostKnown) {
      this.version = occupancy.version;
      this.known.clear();
    }
    const labels = config.selectsServices ? view.labels : {};
    const kind = JSON.stringify([view.namespace, view.pool ?? null, view.clusterFamilies, labels]);
    const known = this.known.get(kind) ?? poolsFor(world, view);
    this.known.set(kind, known);
    return known;
  }
}

function poolsFor({ config, occupancy }: NativeWorld, view: ServiceView): readonly ConsideredPool[] {
  return config.pools
    .filter((pool) => view.pool === undefined || pool.name === view.pool)
    .map((pool) => ({
      pool: pool.name,
      why: notForIt(pool, view) ?? usedUp(occupancy, pool, view),
    }));
}

function ofAddress(
  config: PoolConfig,
  occupancy: Occupancy,
  member: Member,
  address: IpAddress,
): readonly ConsideredPool[] {
  const pool = ownerOf(config, address);
  if (pool === undefined) {
    const buggy = config.pools.find(({ view }) =>
      view.ranges.some(
        ({ family, first, last }) => family === address.family && first <= address.value && address.value <= last,
      ),
    );
    const why = `it gives out no addresses that end in .0 or .255, as ${formatAddress(address)} does (avoidBuggyIPs)`;
    return buggy === undefined ? [] : [{ pool: buggy.name, why }];
  }
  const conflict = occupancy.conflict(member, address, 'all');
  const closed = member.view === undefined ? undefined : closedTo(pool, member.view);
  const why = closed ?? (conflict === undefined ? undefined : `${formatAddress(address)} is taken: ${conflict}`);
  return why === undefined ? [] : [{ pool: pool.name, why }];
}

function notForIt(pool: AllocationPool, view: ServiceView): string | undefined {
  if (view.pool === undefined && !pool.view.autoAssign) {
    return 'it gives addresses only to who asks for it (autoAssign: false)';
  }
  return closedTo(pool, view);
}

function closedTo(pool: AllocationPool, view: ServiceView): string | undefined {
  if (admits(pool, view, 'native')) {
    return undefined;
  }
  const { namespaces } = pool;
  if (namespaces?.size === 0) {
    return 'its namespace selectors match no namespace';
  }
  if (namespaces !== undefined && !namespaces.has(view.namespace)) {
    return `it is for ${counted(namespaces.size, 'namespace')}, and ${view.namespace} is not among them`;
  }
  const selectors = pool.view.allocation?.serviceSelectors ?? [];
  return anySelectorMatches(selectors, view.labels)
    ? undefined
    : `its ${counted(selectors.length, 'service selector')} did not match the labels of the Service`;
}

function usedUp(occupancy: Occupancy, pool: AllocationPool, view: ServiceView): string {
  const state = occupancy.stateOf(pool);
  const wanted = ipFamilies.filter((family) => view.clusterFamilies.includes(family));
  return wanted
    .flatMap((family) => (state === undefined ? [] : [familyText(state[family], family, pool)]))
    .join(', and ');
}

function familyText(state: FamilyState, family: IpFamily, pool: AllocationPool): string {
  const name = familyName(family);
  if (state.capacity === 0n) {
    return `it has no ${name} addresses`;
  }
  const left = pool.view.addresses.avoidBuggyIPs && family === 'ipv4' ? ', those that end in .0 or .255 left out' : '';
  const kept = state.reserved === 0 ? '' : `, ${String(state.reserved)} of them kept for deleted Services`;
  return `${String(state.taken)} of its ${String(state.capacity)} ${name} addresses are in use${kept}${left}`;
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
