import { compareRanges, formatRange, type IpRange } from '../../address/ip-range.ts';
import { firstShared, intersectionOf, type RangeSet, rangeSetOf } from '../../address/range-set.ts';
import type { Json } from '../../json.ts';
import { networkEntries, type NetworkEntry } from '../rules/network.ts';
import { ruleContext } from '../rules/rule-context.ts';
import type { Path } from '../rules/rule.ts';

/** One environment's config as it was read, be it with errors. */
export interface ComparedConfig {
  readonly name: string;
  readonly file: string;
  readonly config: Json;
}

/** One entry of a pool. */
export interface Claim {
  readonly range: IpRange;
  readonly text: string;
  readonly pool: string;
  readonly path: Path;
}

/** What of an environment can collide with another one. */
export interface EnvironmentFacts extends ComparedConfig {
  /** Of all pools, by address. */
  readonly claims: readonly Claim[];
  readonly claimed: RangeSet;
  readonly subnets: RangeSet;
  readonly gateway: readonly NetworkEntry[];
  readonly dhcp: readonly NetworkEntry[];
  readonly reserved: readonly NetworkEntry[];
}

export function environmentFacts(input: ComparedConfig): EnvironmentFacts {
  const claims = ruleContext(input.config, undefined)
    .pools.flatMap((pool) =>
      pool.entries.flatMap(({ entry, text, path }) =>
        entry === undefined ? [] : [{ range: entry.range, text, pool: pool.name, path }],
      ),
    )
    .toSorted((a, b) => compareRanges(a.range, b.range));
  return {
    ...input,
    claims,
    claimed: rangeSetOf(claims.map(({ range }) => range)),
    subnets: rangeSetOf(networkEntries(input.config, 'subnets').flatMap(({ range }) => range ?? [])),
    gateway: networkEntries(input.config, 'gateway'),
    dhcp: networkEntries(input.config, 'dhcp'),
    reserved: networkEntries(input.config, 'reserved'),
  };
}

/** A claim of the environment that meets the range, with what they share. */
export interface Meeting {
  readonly claim: Claim;
  readonly shared: IpRange;
}

/** The lowest addresses of the range that a pool of the environment holds. Binary search. */
export function meetingWith(facts: EnvironmentFacts, range: IpRange): Meeting | undefined {
  const shared = firstShared(facts.claimed, range);
  const claim = shared === undefined ? undefined : lastClaimUpTo(facts.claims, shared);
  return shared === undefined || claim === undefined ? undefined : { claim, shared };
}

/** Claims of one environment do not overlap (that is an error of its own), so the last to start is the one that holds it. */
function lastClaimUpTo(claims: readonly Claim[], range: IpRange): Claim | undefined {
  let low = 0;
  let high = claims.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const claim = claims[middle];
    const starts = claim?.range;
    const before =
      starts !== undefined && (starts.family === range.family ? starts.first <= range.first : starts.family === 'ipv4');
    if (before) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return claims[low - 1];
}

/** The network that both declare to be on, for people; undefined where they declare none in common. */
export function commonNetwork(one: EnvironmentFacts, other: EnvironmentFacts): string | undefined {
  const [subnet] = intersectionOf(one.subnets, other.subnets).ranges;
  if (subnet !== undefined) {
    return formatRange(subnet);
  }
  if (one.subnets.ranges.length > 0 && other.subnets.ranges.length > 0) {
    return undefined;
  }
  const gateway = one.gateway.find(({ range }) =>
    other.gateway.some((each) => range !== undefined && each.range !== undefined && !compareRanges(range, each.range)),
  );
  return gateway === undefined ? undefined : `the network of gateway ${gateway.text}`;
}
