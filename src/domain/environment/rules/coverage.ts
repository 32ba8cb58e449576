import { listAt } from '../../json.ts';
import { poolsOf } from './aggregation.ts';
import { isGiven, itemsOf, type NamedItem, type RuleContext, type RuleFinding } from './rule.ts';

/**
 * A pool that no advertisement covers gives out addresses that nobody can reach. With neither list of advertisements in
 * the file an L2 advertisement for all pools is made; an empty list means none.
 */
export function poolsAreAdvertised(context: RuleContext): readonly RuleFinding[] {
  const { config, pools } = context;
  if (!isGiven(config, 'l2Advertisement') && !isGiven(config, 'bgpAdvertisement')) {
    return [];
  }
  const advertisements = [...itemsOf(config, 'l2Advertisement'), ...itemsOf(config, 'bgpAdvertisement')];
  if (advertisements.some((advertisement) => coversEveryPool(advertisement))) {
    return [];
  }
  const covered = new Set(advertisements.flatMap((each) => poolsOf(context, each).map(({ name }) => name)));
  return pools
    .filter((pool) => pool.name !== '' && !covered.has(pool.name))
    .map((pool) => ({
      code: 'pool-not-advertised' as const,
      path: [...pool.path, 'name'],
      message: `No advertisement covers pool ${pool.name}: Services get its addresses and nobody can reach them.`,
      remedy: `Add ${pool.name} to ipAddressPools of an advertisement, or an item under metallb.l2Advertisement that names it.`,
    }));
}

/** With neither names nor selectors it covers all pools. */
function coversEveryPool({ value }: NamedItem): boolean {
  return listAt(value, 'ipAddressPoolSelectors').length === 0 && listAt(value, 'ipAddressPools').length === 0;
}
