import { listAt } from '../../json.ts';
import { isGiven, itemsOf, type NamedItem, type RuleContext, type RuleFinding, textsAt } from './rule.ts';

/**
 * A pool that no advertisement covers gives out addresses that nobody can reach. With neither list of advertisements in
 * the file an L2 advertisement for all pools is made; an empty list means none.
 */
export function poolsAreAdvertised({ config, pools }: RuleContext): readonly RuleFinding[] {
  if (!isGiven(config, 'l2Advertisement') && !isGiven(config, 'bgpAdvertisement')) {
    return [];
  }
  const advertisements = [...itemsOf(config, 'l2Advertisement'), ...itemsOf(config, 'bgpAdvertisement')];
  if (advertisements.some((advertisement) => mayCoverEveryPool(advertisement))) {
    return [];
  }
  const covered = new Set(advertisements.flatMap((each) => textsAt(each, 'ipAddressPools').map(({ text }) => text)));
  return pools
    .filter((pool) => pool.name !== '' && !covered.has(pool.name))
    .map((pool) => ({
      code: 'pool-not-advertised' as const,
      path: [...pool.path, 'name'],
      message: `No advertisement covers pool ${pool.name}: Services get its addresses and nobody can reach them.`,
      remedy: `Add ${pool.name} to ipAddressPools of an advertisement, or an item under metallb.l2Advertisement that names it.`,
    }));
}

/** With names left out it covers all pools; label selectors cannot be judged from the file, so they count for all. */
function mayCoverEveryPool(advertisement: NamedItem): boolean {
  const selectors = listAt(advertisement.value, 'ipAddressPoolSelectors').length;
  return selectors > 0 || listAt(advertisement.value, 'ipAddressPools').length === 0;
}
