import { textAt, valueAt } from '../../json.ts';
import { poolsOf } from './aggregation.ts';
import { itemsOf, type NamedItem, type RuleContext, type RuleFinding, textsAt } from './rule.ts';

/** BFD has an echo mode for IPv4 alone: MetalLB refuses it for peers that are told of IPv6 addresses. */
export function echoIsForIpv4(context: RuleContext): readonly RuleFinding[] {
  const echoing = echoingPeers(context);
  if (echoing.length === 0) {
    return [];
  }
  const told = new Map<NamedItem, string>();
  for (const advertisement of itemsOf(context.config, 'bgpAdvertisement')) {
    const pool = poolsOf(context, advertisement).find(({ entries }) =>
      entries.some(({ entry }) => entry?.range.family === 'ipv6'),
    );
    const names = new Set(textsAt(advertisement, 'peers').map(({ text }) => text));
    for (const peer of pool === undefined ? [] : echoing) {
      if (names.size === 0 || names.has(peer.name)) {
        told.set(peer, told.get(peer) ?? `${pool?.name ?? ''} by the BGP advertisement ${advertisement.name}`);
      }
    }
  }
  return [...told].map(([peer, what]) => ({
    code: 'bfd-echo-ipv6',
    path: [...peer.path, 'bfdProfile'],
    message: `BFD profile ${textAt(peer.value, 'bfdProfile') ?? ''} of the BGP peer ${peer.name} has echoMode, and the peer is told of the IPv6 pool ${what}.`,
    remedy: 'Give the peer a profile without echoMode, or tell it of IPv4 pools only.',
  }));
}

/** Profiles are used by FRR alone; the native backend refuses them anyway. */
function echoingPeers({ config, profile }: RuleContext): readonly NamedItem[] {
  if (profile.backend === 'native') {
    return [];
  }
  const echoing = new Set(
    itemsOf(config, 'bfdProfile')
      .filter(({ value }) => valueAt(value, 'echoMode') === true)
      .map(({ name }) => name),
  );
  return itemsOf(config, 'bgpPeer').filter(({ value }) => echoing.has(textAt(value, 'bfdProfile') ?? ''));
}
