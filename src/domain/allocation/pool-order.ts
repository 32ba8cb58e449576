import { canonicalJson } from '../json.ts';
import { anySelectorMatches } from './label-selector.ts';
import { admits, type AllocationPool, type PoolConfig } from './pool-config.ts';
import type { ServiceView } from './service-view.ts';

/** Pools in the order in which they are tried; within one tier MetalLB tries them in an order it draws at random. */
export type Tiers = readonly (readonly AllocationPool[])[];

/**
 * The two lists of pools that a Service without a request may be served from: first the pools that are meant for it, then,
 * if none of them gives an address, those that are open to all.
 */
export interface PoolOrder {
  readonly pinned: Tiers;
  readonly open: Tiers;
  /** All of them as a sentence names them; undefined where there are none. */
  readonly names: string | undefined;
}

/** Go sorts up to so many items by insertion, which keeps the order of equals; more of them end up in any order. */
const longestStableSort = 12;

/** Answers of `poolOrder` for Services that are alike to it; good for one configuration. */
export type PoolOrders = Map<string, PoolOrder>;

/** The order for a Service, found once for all that differ in nothing it depends on. */
export function poolOrder(config: PoolConfig, service: ServiceView, known: PoolOrders): PoolOrder {
  const key = config.selectsServices ? `${service.namespace} ${canonicalJson(service.labels)}` : service.namespace;
  const found = known.get(key);
  if (found !== undefined) {
    return found;
  }
  const tiers = orderFor(config, service);
  const order = { ...tiers, names: namesOf([...tiers.pinned, ...tiers.open].flat()) };
  known.set(key, order);
  return order;
}

function namesOf(pools: readonly AllocationPool[]): string | undefined {
  const [first, second] = pools;
  if (first === undefined || second === undefined) {
    return first === undefined ? undefined : `pool ${first.name}`;
  }
  const shown = pools.slice(0, 5).map(({ name }) => name);
  const more = pools.length > 5 ? ` and ${String(pools.length - 5)} more` : '';
  return `the pools ${shown.join(', ')}${more}`;
}

function orderFor(config: PoolConfig, service: ServiceView): Pick<PoolOrder, 'pinned' | 'open'> {
  const { open, byNamespace: named, selecting } = config.automatic;
  const byNamespace = (named.get(service.namespace) ?? []).filter((pool) => admits(pool, service, config.profile));
  const bySelector = selecting.filter((pool) => isSelector(pool, service) && admits(pool, service, config.profile));
  if (config.profile === 'native') {
    const meant = new Set([...byNamespace, ...bySelector]);
    return { pinned: byPriority([...meant]).map((pool) => [pool]), open: open.map((pool) => [pool]) };
  }
  return { pinned: distinct(pinnedTiers(byNamespace, bySelector)), open: open.length === 0 ? [] : [open] };
}

/**
 * A pool whose namespaces came out as none, and that selects no Services, is offered to nobody, though MetalLB gives it to
 * whoever asks for it.
 */
function isSelector(pool: AllocationPool, service: ServiceView): boolean {
  const selectors = pool.view.allocation?.serviceSelectors ?? [];
  return pool.reach === 'everyone' || anySelectorMatches(selectors, service.labels);
}

function priorityOf(pool: AllocationPool): number {
  return pool.view.allocation?.priority ?? 0;
}

function rank(pool: AllocationPool): number {
  return priorityOf(pool) === 0 ? Number.MAX_SAFE_INTEGER : priorityOf(pool);
}

/** The lowest priority above 0 first, 0 last, equals by name. */
function byPriority(pools: readonly AllocationPool[]): readonly AllocationPool[] {
  return pools.toSorted((left, right) => rank(left) - rank(right) || (left.name < right.name ? -1 : 1));
}

/**
 * Measured on the real controllers: among equals of a priority above 0 the pools of the namespace come first, in any order,
 * then those by selector, in the order of their names; equals without priority come the other way round.
 */
function pinnedTiers(byNamespace: readonly AllocationPool[], bySelector: readonly AllocationPool[]): Tiers {
  const stable = byNamespace.length + bySelector.length <= longestStableSort;
  const priorities = [...new Set([...byNamespace, ...bySelector].map((pool) => priorityOf(pool)))];
  const ordered = priorities.toSorted((left, right) => Number(left === 0) - Number(right === 0) || left - right);
  return ordered.flatMap((priority): Tiers => {
    const named = byNamespace.filter((pool) => priorityOf(pool) === priority);
    const selected = bySelector.filter((pool) => priorityOf(pool) === priority).map((pool) => [pool]);
    if (!stable) {
      return [[...named, ...selected.flat()]];
    }
    return priority === 0 ? [...selected.toReversed(), named] : [named, ...selected];
  });
}

/** A pool that stands in both lists counts where it comes first. */
function distinct(tiers: Tiers): Tiers {
  const seen = new Set<AllocationPool>();
  const left = tiers.map((tier) =>
    tier.filter((pool) => {
      const isNew = !seen.has(pool);
      seen.add(pool);
      return isNew;
    }),
  );
  return left.filter((tier) => tier.length > 0);
}
