import { parseAddress } from '../../address/parse-address.ts';
import { textAt } from '../../json.ts';
import { poolsOf } from './aggregation.ts';
import { isSet } from './bgp-peer.ts';
import { communityAliases, communityForm } from './communities.ts';
import { parseGoDuration } from './go-duration.ts';
import { itemsOf, type Path, type Rule, type RuleFinding, textsAt } from './rule.ts';

/** Fields of a peer that MetalLB's own BGP implementation refuses; FRR has them. */
const refusedFields = [
  'bfdProfile',
  'keepaliveTime',
  'vrf',
  'connectTime',
  'enableGracefulRestart',
  'disableMP',
  'dualStackAddressFamily',
  'dynamicASN',
  'interface',
  'localASN',
] as const;

/** A rule that holds only where upstream's native backend runs, be it by default. */
function underNativeBackend(rule: Rule): Rule {
  return (context) => (context.profile.backend === 'native' ? rule(context) : []);
}

export const nativePeersArePlain: Rule = underNativeBackend(({ config }) =>
  itemsOf(config, 'bgpPeer').flatMap((peer) =>
    refusedFields
      .filter((field) => isSet(peer, field) && !(field === 'keepaliveTime' && isZero(textAt(peer.value, field))))
      .map((field) => unsupported([...peer.path, field], `${field} of the BGP peer ${peer.name}`)),
  ),
);

/** The native backend speaks IPv4 alone; its next hop for an IPv6 session is malformed, and routers refuse it. */
export const nativePeersAreIpv4: Rule = underNativeBackend(({ config }) =>
  itemsOf(config, 'bgpPeer').flatMap((peer) => {
    const address = parseAddress(textAt(peer.value, 'peerAddress') ?? '');
    return address.ok && address.value.family === 'ipv6'
      ? [
          {
            code: 'bgp-native-ipv6-peer' as const,
            path: [...peer.path, 'peerAddress'],
            message: `The BGP peer ${peer.name} has an IPv6 address; MetalLB's native BGP backend makes routes that such a session cannot carry.`,
            remedy: 'Write metallb.bgp.backend: frr, or the IPv4 address of the router.',
          },
        ]
      : [];
  }),
);

export const nativeHasNoBfd: Rule = underNativeBackend(({ config }) =>
  itemsOf(config, 'bfdProfile').map((profile) => unsupported(profile.path, `the BFD profile ${profile.name}`)),
);

export const nativeCommunitiesAreStandard: Rule = underNativeBackend((context) => [
  ...itemsOf(context.config, 'bgpAdvertisement').flatMap((advertisement) =>
    textsAt(advertisement, 'communities')
      .filter(({ text }) => communityForm(text) === 'large')
      .map(({ text, path }) => unsupported(path, `the large community ${text}`)),
  ),
  ...communityAliases(context)
    .filter(({ value }) => communityForm(value) === 'large')
    .map(({ value, path }) => unsupported(path, `the large community ${value}`)),
]);

export const nativeAnnouncesIpv4Only: Rule = underNativeBackend((context) => {
  const announced = new Set(itemsOf(context.config, 'bgpAdvertisement').flatMap((each) => poolsOf(context, each)));
  return [...announced].flatMap((pool) =>
    pool.entries
      .filter(({ entry }) => entry?.range.family === 'ipv6')
      .map(({ text, path }) =>
        unsupported(path, `${text} of pool ${pool.name}; it is IPv6 and has a BGP advertisement`),
      ),
  );
});

function unsupported(path: Path, what: string): RuleFinding {
  return {
    code: 'bgp-native-unsupported',
    path,
    message: `MetalLB's native BGP backend refuses ${what}.`,
    remedy: 'Write metallb.bgp.backend: frr, or remove this setting.',
  };
}

function isZero(text: string | undefined): boolean {
  return text !== undefined && parseGoDuration(text) === 0n;
}
