import { formatAddress } from '../../address/ip-address.ts';
import { rangeOfAddress } from '../../address/ip-range.ts';
import { parseAddress } from '../../address/parse-address.ts';
import { firstShared, rangeSetOf } from '../../address/range-set.ts';
import { type Json, listAt, textAt } from '../../json.ts';
import { poolsOf } from './aggregation.ts';
import { itemsOf, type NamedItem, type PoolFacts, resourceKinds, type RuleContext, type RuleFinding } from './rule.ts';
import { textsAt } from './rule.ts';
import { excludeEachOther } from './selector-logic.ts';

/** Comparisons of node selectors in one run. */
const mostComparisons = 100_000;

/** A pool that layer 2 announces from some nodes and BGP from others: no node does both, which is seldom what was meant. */
export function poolsShareNodes(context: RuleContext): readonly RuleFinding[] {
  const [layerTwo, bgp] = [restricted(context, 'l2Advertisement'), restricted(context, 'bgpAdvertisement')];
  let left = mostComparisons;
  return [...layerTwo].flatMap(([pool, mine]): readonly RuleFinding[] => {
    const theirs = bgp.get(pool) ?? [];
    left -= mine.length * theirs.length;
    if (theirs.length === 0 || left < 0 || !mine.every((one) => theirs.every((two) => excludeEachOther(one, two)))) {
      return [];
    }
    return [
      {
        code: 'pool-nodes-apart',
        path: [...pool.path, 'name'],
        message: `Pool ${pool.name} is announced by layer 2 and by BGP, and no node is selected for both.`,
        remedy: 'Give both advertisements the same nodeSelectors, or remove the one that is not meant.',
      },
    ];
  });
}

/** Pools with the node selectors of all their advertisements of one kind; those that any node announces are left out. */
function restricted(
  context: RuleContext,
  key: 'l2Advertisement' | 'bgpAdvertisement',
): ReadonlyMap<PoolFacts, readonly Json[]> {
  const selectors = new Map<PoolFacts, Json[]>();
  const advertisements = itemsOf(context.config, key).map((each) => ({
    each,
    own: listAt(each.value, 'nodeSelectors'),
  }));
  if (advertisements.every(({ own }) => own.length === 0)) {
    return selectors;
  }
  const everywhere = advertisements.filter(({ own }) => own.length === 0).flatMap(({ each }) => poolsOf(context, each));
  for (const { each, own } of advertisements) {
    for (const pool of own.length === 0 ? [] : poolsOf(context, each)) {
      const known = selectors.get(pool) ?? [];
      selectors.set(pool, known);
      known.push(...own);
    }
  }
  everywhere.forEach((pool) => selectors.delete(pool));
  return selectors;
}

/** Selectors of pools are by label; one that no pool answers to advertises nothing. */
export function poolSelectorsMatch(context: RuleContext): readonly RuleFinding[] {
  return (['l2Advertisement', 'bgpAdvertisement'] as const).flatMap((key) =>
    itemsOf(context.config, key).flatMap((advertisement) =>
      listAt(advertisement.value, 'ipAddressPoolSelectors').flatMap((selector, index) =>
        context.pools.some((pool) => context.isSelected(pool, selector))
          ? []
          : [
              {
                code: 'pool-selector-unmatched' as const,
                path: [...advertisement.path, 'ipAddressPoolSelectors', index],
                message: `No pool has the labels that the ${resourceKinds[key]} ${advertisement.name} selects.`,
                remedy: 'Name the pools in ipAddressPools, or give them these labels.',
              },
            ],
      ),
    ),
  );
}

/** The router's address is taken; a Service that gets it cuts the session, and with it all that BGP announces. */
export function poolsSparePeers(context: RuleContext): readonly RuleFinding[] {
  const peers = itemsOf(context.config, 'bgpPeer');
  if (peers.length === 0) {
    return [];
  }
  const taken = rangeSetOf(context.pools.flatMap(({ entries }) => entries.flatMap(({ entry }) => entry?.range ?? [])));
  return peers.flatMap((peer) =>
    (['peerAddress', 'sourceAddress'] as const).flatMap((field): readonly RuleFinding[] => {
      const address = parseAddress(textAt(peer.value, field) ?? '');
      const range = address.ok ? rangeOfAddress(address.value) : undefined;
      if (!address.ok || range === undefined || firstShared(taken, range) === undefined) {
        return [];
      }
      const pool = context.pools.find(({ entries }) =>
        entries.some(({ entry }) => entry !== undefined && firstShared(rangeSetOf([entry.range]), range) !== undefined),
      );
      return [
        {
          code: 'bgp-peer-in-pool',
          path: [...peer.path, field],
          message: `${field} ${formatAddress(address.value)} of the BGP peer ${peer.name} is an address of pool ${pool?.name ?? ''}.`,
          remedy: 'Take the address out of the pool.',
        },
      ];
    }),
  );
}

/** A session to a router that no advertisement tells anything. */
export function peersAreTold({ config }: RuleContext): readonly RuleFinding[] {
  const advertisements = itemsOf(config, 'bgpAdvertisement');
  if (advertisements.some((each) => listAt(each.value, 'peers').length === 0)) {
    return [];
  }
  const told = new Set(advertisements.flatMap((each) => textsAt(each, 'peers').map(({ text }) => text)));
  return itemsOf(config, 'bgpPeer')
    .filter(({ name }) => name !== '' && !told.has(name))
    .map((peer) => ({
      code: 'bgp-peer-idle' as const,
      path: [...peer.path, 'name'],
      message: `No BGP advertisement is for the BGP peer ${peer.name}: it is told of no address.`,
      remedy:
        advertisements.length === 0
          ? 'Add an item under metallb.bgpAdvertisement, or remove the peer.'
          : `Add ${peer.name} to peers of a BGP advertisement, or remove the peer.`,
    }));
}

/** An advertisement that reaches nobody, as there is no router at all. */
export function advertisementsHavePeers({ config }: RuleContext): readonly RuleFinding[] {
  return itemsOf(config, 'bgpPeer').length > 0
    ? []
    : itemsOf(config, 'bgpAdvertisement').map((each) => withoutPeer(each));
}

function withoutPeer(advertisement: NamedItem): RuleFinding {
  return {
    code: 'bgp-advertisement-idle',
    path: [...advertisement.path, 'name'],
    message: `The BGP advertisement ${advertisement.name} reaches nobody: there is no BGP peer.`,
    remedy: 'Add the router under metallb.bgpPeer, or advertise the pools by metallb.l2Advertisement.',
  };
}
