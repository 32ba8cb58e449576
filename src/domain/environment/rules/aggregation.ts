import { bitsOf, ipFamilies } from '../../address/ip-address.ts';
import { coverRange } from '../../address/ip-range.ts';
import { listAt, numberAt } from '../../json.ts';
import {
  type EntryFacts,
  itemsOf,
  type NamedItem,
  type PoolFacts,
  type RuleContext,
  type RuleFinding,
  textsAt,
} from './rule.ts';

const lengthFields = { ipv4: 'aggregationLength', ipv6: 'aggregationLengthV6' } as const;

/**
 * MetalLB refuses to aggregate beyond a pool: of the blocks that make up an entry, the widest must be at least as wide as
 * the aggregate.
 */
export function aggregatesFitPools(context: RuleContext): readonly RuleFinding[] {
  const aggregating = itemsOf(context.config, 'bgpAdvertisement').filter((advertisement) => aggregates(advertisement));
  return aggregating.flatMap((advertisement) =>
    poolsOf(context, advertisement).flatMap((pool) => {
      const narrow = pool.entries.find((entry) => isNarrower(entry, advertisement));
      return narrow?.entry === undefined
        ? []
        : [tooShort(advertisement, pool, narrow, lengthFields[narrow.entry.range.family])];
    }),
  );
}

function aggregates({ value }: NamedItem): boolean {
  return ipFamilies.some((family) => (numberAt(value, lengthFields[family]) ?? bitsOf(family)) < bitsOf(family));
}

function tooShort(advertisement: NamedItem, pool: PoolFacts, entry: EntryFacts, field: string): RuleFinding {
  const length = String(numberAt(advertisement.value, field) ?? 0);
  return {
    code: 'aggregation-too-short',
    path: [...advertisement.path, field],
    message: `${field} ${length} of the BGP advertisement ${advertisement.name} is wider than ${entry.text} of pool ${pool.name}.`,
    remedy: `Write ${field}: ${String(widestLength(entry))} or more, or give the pool an entry of /${length}.`,
  };
}

function isNarrower(facts: EntryFacts, advertisement: NamedItem): boolean {
  if (facts.entry === undefined) {
    return false;
  }
  const { family } = facts.entry.range;
  const length = numberAt(advertisement.value, lengthFields[family]) ?? bitsOf(family);
  return length < bitsOf(family) && widestLength(facts) > length;
}

function widestLength({ entry }: EntryFacts): number {
  return entry === undefined ? 0 : Math.min(...coverRange(entry.range).map((block) => block.length));
}

/** With service selectors each address is announced by itself, so that nothing can be aggregated. */
export function selectorsExcludeAggregation({ config }: RuleContext): readonly RuleFinding[] {
  return itemsOf(config, 'bgpAdvertisement').flatMap((advertisement) => {
    const field = (['ipv4', 'ipv6'] as const).find(
      (family) => (numberAt(advertisement.value, lengthFields[family]) ?? bitsOf(family)) !== bitsOf(family),
    );
    if (field === undefined || listAt(advertisement.value, 'serviceSelectors').length === 0) {
      return [];
    }
    return [
      {
        code: 'aggregation-with-selectors' as const,
        path: [...advertisement.path, lengthFields[field]],
        message: `The BGP advertisement ${advertisement.name} has both serviceSelectors and ${lengthFields[field]}.`,
        remedy: `Leave out one of them: with serviceSelectors every address is announced by itself.`,
      },
    ];
  });
}

/** The pools an advertisement covers: those it names and those it selects, or all where it names and selects none. */
export function poolsOf(context: RuleContext, advertisement: NamedItem): readonly PoolFacts[] {
  const { pools, poolsByName } = context;
  const names = new Set(textsAt(advertisement, 'ipAddressPools').map(({ text }) => text));
  const selectors = listAt(advertisement.value, 'ipAddressPoolSelectors');
  if (names.size === 0 && selectors.length === 0) {
    return pools;
  }
  const named = [...names].flatMap((name) => poolsByName.get(name) ?? []);
  return selectors.length === 0
    ? named
    : [...new Set([...named, ...pools.filter((pool) => selectors.some((each) => context.isSelected(pool, each)))])];
}
