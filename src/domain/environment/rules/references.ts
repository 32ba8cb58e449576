import { textAt } from '../../json.ts';
import { proposer } from './names.ts';
import { itemsOf, type Path, resourceKinds, type RuleContext, type RuleFinding, textsAt } from './rule.ts';

/** Pools that an advertisement names must exist: MetalLB passes over unknown ones without a word. */
export function advertisedPoolsExist({ config }: RuleContext): readonly RuleFinding[] {
  const names = itemsOf(config, 'ipAddressPool').map((pool) => pool.name);
  const known = new Set(names);
  const propose = proposer(names);
  return (['l2Advertisement', 'bgpAdvertisement'] as const).flatMap((key) =>
    itemsOf(config, key).flatMap((advertisement) =>
      textsAt(advertisement, 'ipAddressPools')
        .filter(({ text }) => !known.has(text))
        .map(({ text, path }) => ({
          code: 'pool-unknown' as const,
          path,
          message: `The ${resourceKinds[key]} ${advertisement.name} names pool ${text}, which does not exist; MetalLB passes over it silently.`,
          remedy: `${propose(text)}; else add the pool under metallb.ipAddressPool.`,
        })),
    ),
  );
}

/** Peers that an advertisement names must exist: MetalLB passes over unknown ones without a word. */
export function advertisedPeersExist({ config }: RuleContext): readonly RuleFinding[] {
  const names = itemsOf(config, 'bgpPeer').map((peer) => peer.name);
  const known = new Set(names);
  const propose = proposer(names);
  return itemsOf(config, 'bgpAdvertisement').flatMap((advertisement) =>
    textsAt(advertisement, 'peers')
      .filter(({ text }) => !known.has(text))
      .map(({ text, path }) => ({
        code: 'peer-unknown' as const,
        path,
        message: `The BGP advertisement ${advertisement.name} names peer ${text}, which does not exist; MetalLB passes over it silently.`,
        remedy: `${propose(text)}; else add the peer under metallb.bgpPeer.`,
      })),
  );
}

/** A peer's BFD profile must exist: without it the speakers load no configuration at all. */
export function bfdProfilesExist({ config }: RuleContext): readonly RuleFinding[] {
  const names = itemsOf(config, 'bfdProfile').map((profile) => profile.name);
  const known = new Set(names);
  const propose = proposer(names);
  return itemsOf(config, 'bgpPeer').flatMap((peer) => {
    const profile = textAt(peer.value, 'bfdProfile') ?? '';
    if (profile === '' || known.has(profile)) {
      return [];
    }
    const path: Path = [...peer.path, 'bfdProfile'];
    return [
      {
        code: 'bfd-profile-unknown' as const,
        path,
        message: `The BGP peer ${peer.name} names BFD profile ${profile}, which does not exist; MetalLB refuses the configuration.`,
        remedy: `${propose(profile)}; else add the profile under metallb.bfdProfile.`,
      },
    ];
  });
}

/** These lists may hold no value twice. */
const listsWithoutRepeats = {
  ipAddressPool: [['serviceAllocation', 'namespaces']],
  l2Advertisement: [['ipAddressPools']],
  bgpAdvertisement: [['ipAddressPools'], ['communities'], ['peers']],
} as const;

/** MetalLB refuses an advertisement that names one thing twice, and a pool that names a namespace twice. */
export function listsHoldNothingTwice({ config }: RuleContext): readonly RuleFinding[] {
  return (['ipAddressPool', 'l2Advertisement', 'bgpAdvertisement'] as const).flatMap((key) =>
    itemsOf(config, key).flatMap((item) =>
      listsWithoutRepeats[key].flatMap((steps) => {
        const seen = new Set<string>();
        return textsAt(item, ...steps)
          .filter(({ text }) => isRepeat(seen, text))
          .map(({ text, path }) => ({
            code: 'list-duplicate' as const,
            path,
            message: `${steps.join('.')} of the ${resourceKinds[key]} ${item.name} holds ${text} twice.`,
            remedy: `Remove one ${text}.`,
          }));
      }),
    ),
  );
}

function isRepeat(seen: Set<string>, text: string): boolean {
  const known = seen.has(text);
  seen.add(text);
  return known;
}
