import { formatRange, rangeSize } from '../address/ip-range.ts';
import { differenceOf, type RangeSet, unionOf } from '../address/range-set.ts';
import { ownerOf } from '../allocation/pool-config.ts';
import { parseAddress } from '../address/parse-address.ts';
import { poolCapacity, type PoolAddresses } from '../pool/pool-addresses.ts';
import type { CountedRange, FamilyCounts, PoolOutcome, ServiceOutcome } from './address-plan.ts';
import type { Change, End } from './contest/change.ts';
import type { PoolHistory } from './contest/pool-history.ts';

const nothing: PoolAddresses = { set: unionOf(), avoidBuggyIPs: false };

/** Every pool: what it gains and loses, how much it holds and how much of that is in use. */
export function poolOutcomes(change: Change, services: readonly ServiceOutcome[]): readonly PoolOutcome[] {
  const before = new Map<string, Set<string>>();
  const least = new Map<string, Set<string>>();
  for (const service of services) {
    for (const { address, pool, verdict } of service.addresses) {
      if (verdict !== 'gained') {
        addUsed(before, pool.before, address);
      }
      if (verdict === 'kept' && service.after.length === 1) {
        addUsed(least, pool.after, address);
      }
    }
    if (service.after.length === 1 && service.verdict !== 'kept') {
      addAllUsed(least, change.after, service.after);
    }
  }
  const most = mostUsed(change, services, least);
  return [...change.pools.values()].map((pool) =>
    poolOutcome(pool, {
      before: before.get(pool.name)?.size ?? 0,
      after: { least: least.get(pool.name)?.size ?? 0, most: most.get(pool.name) ?? 0 },
    }),
  );
}

function poolOutcome({ name, stages }: PoolHistory, used: PoolOutcome['used']): PoolOutcome {
  const [before, after] = [stages[0]?.view, stages.at(-1)?.view];
  const from = before?.addresses ?? nothing;
  const to = after?.addresses ?? nothing;
  return {
    name,
    exists: { before: before !== undefined, after: after !== undefined },
    added: countedRanges(differenceOf(to.set, from.set)),
    removed: countedRanges(differenceOf(from.set, to.set)),
    capacity: { before: counts(from), after: counts(to) },
    used,
  };
}

function countedRanges(set: RangeSet): readonly CountedRange[] {
  return set.ranges.map((range) => ({ range: formatRange(range), count: rangeSize(range).toString() }));
}

function counts(pool: PoolAddresses): FamilyCounts {
  return { ipv4: poolCapacity(pool, 'ipv4').toString(), ipv6: poolCapacity(pool, 'ipv6').toString() };
}

/** The distinct addresses of these lists that each pool holds. */
function usedAddresses(end: End, lists: readonly (readonly string[])[]): ReadonlyMap<string, ReadonlySet<string>> {
  const used = new Map<string, Set<string>>();
  addAllUsed(used, end, lists);
  return used;
}

function addAllUsed(used: Map<string, Set<string>>, { config }: End, lists: readonly (readonly string[])[]): void {
  for (const text of lists.flat()) {
    const read = parseAddress(text);
    addUsed(used, read.ok ? ownerOf(config, read.value)?.name : undefined, text);
  }
}

function addUsed(used: Map<string, Set<string>>, pool: string | undefined, address: string): void {
  if (pool !== undefined) {
    const together = used.get(pool) ?? new Set();
    used.set(pool, together.add(address));
  }
}

/** An undecided Service may bring each pool at most as many addresses as any of its possible ends has there. */
function mostUsed(
  change: Change,
  services: readonly ServiceOutcome[],
  least: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, number> {
  const most = new Map([...least].map(([name, addresses]) => [name, addresses.size]));
  const known = new Map<ServiceOutcome['after'], ReadonlyMap<string, number>>();
  for (const { after } of services.filter((each) => each.after.length > 1)) {
    const own = known.get(after) ?? mostOf(change, after);
    known.set(after, own);
    for (const [name, count] of own) {
      most.set(name, (most.get(name) ?? 0) + count);
    }
  }
  return most;
}

/** The most addresses of each pool in any of the ends. */
function mostOf(change: Change, ends: ServiceOutcome['after']): ReadonlyMap<string, number> {
  const own = new Map<string, number>();
  for (const end of ends) {
    for (const [name, addresses] of usedAddresses(change.after, [end])) {
      own.set(name, Math.max(own.get(name) ?? 0, addresses.size));
    }
  }
  return own;
}
