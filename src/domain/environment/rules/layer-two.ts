import { formatRange, type IpRange, prefixOfRange, rangeOf } from '../../address/ip-range.ts';
import { firstShared, ofFamily, type RangeSet, rangeSetOf } from '../../address/range-set.ts';
import { valueAt } from '../../json.ts';
import { poolsOf } from './aggregation.ts';
import { networkEntries } from './network.ts';
import { type EntryFacts, isGiven, itemsOf, type PoolFacts, type RuleContext, type RuleFinding } from './rule.ts';

/**
 * The pools that are surely announced by ARP and NDP; by default all are. Whether a node has the interfaces that an
 * advertisement names is known on the nodes alone, so those are not judged.
 */
function poolsOnLayerTwo(context: RuleContext): readonly PoolFacts[] {
  const { config, pools } = context;
  if (!isGiven(config, 'l2Advertisement') && !isGiven(config, 'bgpAdvertisement')) {
    return pools;
  }
  const announced = new Set<PoolFacts>();
  for (const advertisement of itemsOf(config, 'l2Advertisement')) {
    const covered = poolsOf(context, advertisement);
    if (covered === pools) {
      return pools;
    }
    covered.forEach((pool) => announced.add(pool));
  }
  return [...announced];
}

/**
 * Nobody in a subnet sends to its first and last address as to a host (RFC 1122, section 3.2.1.3). Which addresses those
 * are is known of declared subnets alone: a pool's block need not be a subnet.
 */
export function poolsSpareSubnetEnds(context: RuleContext): readonly RuleFinding[] {
  const subnets = subnetsOf(context);
  if (subnets.length === 0) {
    return [];
  }
  const ends = subnets.flatMap((subnet) => endsOf(subnet));
  const all = rangeSetOf(ends);
  const withoutBuggy = rangeSetOf(ends.filter(({ first }) => !isBuggy(first)));
  return eachEntry(context, (pool, entry, avoidsBuggy) => {
    const end =
      entry.entry === undefined ? undefined : firstShared(avoidsBuggy ? withoutBuggy : all, entry.entry.range);
    const subnet =
      end === undefined ? undefined : subnets.find(({ first, last }) => first <= end.first && end.first <= last);
    return end === undefined || subnet === undefined
      ? undefined
      : {
          code: 'pool-holds-subnet-end',
          path: entry.path,
          message: `${entry.text} of pool ${pool.name} holds ${formatRange(end)}, the ${end.first === subnet.first ? 'network' : 'broadcast'} address of ${formatRange(subnet)}.`,
          remedy: `Take ${formatRange(end)} out of the pool${isBuggy(end.first) ? ', or write avoidBuggyIPs: true' : ''}.`,
        };
  });
}

/** A node answers ARP for any address, but nobody asks in the subnet for one that is not of it, unless a router is told to. */
export function poolsLieInSubnets(context: RuleContext): readonly RuleFinding[] {
  const entries = networkEntries(context.config, 'subnets').flatMap(({ range }) => range ?? []);
  const subnets = rangeSetOf(entries);
  const declared = new Set(entries.map(({ family }) => family));
  if (declared.size === 0) {
    return [];
  }
  return eachEntry(context, (pool, { entry, text, path }) => {
    if (entry === undefined || !declared.has(entry.range.family) || isWithin(entry.range, subnets)) {
      return undefined;
    }
    const shown = ofFamily(subnets, entry.range.family)
      .ranges.slice(0, 4)
      .map((range) => formatRange(range))
      .join(', ');
    return {
      code: 'pool-outside-subnets',
      path,
      message: `${text} of pool ${pool.name} is announced by layer 2 and does not lie in the declared subnets (${shown}).`,
      remedy: 'Correct the entry or network.subnets, or announce the pool by BGP.',
    };
  });
}

type Judgement = (pool: PoolFacts, entry: EntryFacts, avoidsBuggy: boolean) => RuleFinding | undefined;

function eachEntry(context: RuleContext, judge: Judgement): readonly RuleFinding[] {
  return poolsOnLayerTwo(context).flatMap((pool) => {
    const avoidsBuggy = valueAt(context.config, ...pool.path, 'avoidBuggyIPs') === true;
    return pool.entries.flatMap((entry) => judge(pool, entry, avoidsBuggy) ?? []);
  });
}

function isWithin(range: IpRange, set: RangeSet): boolean {
  const shared = firstShared(set, range);
  return shared !== undefined && shared.first === range.first && shared.last === range.last;
}

/** Declared IPv4 subnets that have such ends: RFC 3021 takes them from a /31. */
function subnetsOf({ config }: RuleContext): readonly IpRange[] {
  return networkEntries(config, 'subnets').flatMap(({ range }) => {
    const prefix = range?.family === 'ipv4' ? prefixOfRange(range) : undefined;
    return range !== undefined && prefix !== undefined && prefix.length <= 30 ? [range] : [];
  });
}

function endsOf({ family, first, last }: IpRange): readonly IpRange[] {
  return [rangeOf(family, first, first), rangeOf(family, last, last)];
}

/** What `avoidBuggyIPs` leaves out. */
function isBuggy(value: bigint): boolean {
  return (value & 255n) === 0n || (value & 255n) === 255n;
}
