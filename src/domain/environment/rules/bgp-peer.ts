import { explainAddressReason, parseAddress } from '../../address/parse-address.ts';
import { numberAt, textAt, valueAt } from '../../json.ts';
import { itemsOf, type NamedItem, type RuleContext, type RuleFinding } from './rule.ts';

/** Exactly one of the two says which AS the other side is of. */
export function peersHaveOneRemoteAsn({ config }: RuleContext): readonly RuleFinding[] {
  return itemsOf(config, 'bgpPeer').flatMap((peer) => {
    const fixed = isSet(peer, 'peerASN') && valueAt(peer.value, 'peerASN') !== 0;
    const dynamic = isSet(peer, 'dynamicASN');
    if (fixed !== dynamic) {
      return [];
    }
    return [
      {
        code: 'bgp-remote-asn' as const,
        path: fixed ? [...peer.path, 'dynamicASN'] : peer.path,
        message: `The BGP peer ${peer.name} has ${fixed ? 'both' : 'neither'} peerASN ${fixed ? 'and' : 'nor'} dynamicASN.`,
        remedy: fixed
          ? 'Remove one: peerASN fixes the number, dynamicASN takes what the peer has.'
          : "Write peerASN: and the peer's AS number, or dynamicASN: external (or internal).",
      },
    ];
  });
}

/** Several hops make sense towards another AS only; MetalLB refuses them within one. */
export function multihopPeersAreExternal({ config }: RuleContext): readonly RuleFinding[] {
  return itemsOf(config, 'bgpPeer').flatMap((peer) => {
    const [mine, theirs] = [numberAt(peer.value, 'myASN'), numberAt(peer.value, 'peerASN')];
    if (valueAt(peer.value, 'ebgpMultiHop') !== true || mine === undefined || mine !== theirs) {
      return [];
    }
    return [
      {
        code: 'bgp-multihop-internal' as const,
        path: [...peer.path, 'ebgpMultiHop'],
        message: `The BGP peer ${peer.name} has ebgpMultiHop, and its peerASN ${String(theirs)} is its own AS.`,
        remedy: 'Remove ebgpMultiHop, or correct myASN or peerASN.',
      },
    ];
  });
}

/** Exactly one of the two says where the other side is. */
export function peersHaveOneTarget({ config }: RuleContext): readonly RuleFinding[] {
  return itemsOf(config, 'bgpPeer').flatMap((peer) => {
    const [address, link] = [isSet(peer, 'peerAddress'), isSet(peer, 'interface')];
    if (address !== link) {
      return [];
    }
    return [
      {
        code: 'bgp-peer-target' as const,
        path: address ? [...peer.path, 'interface'] : peer.path,
        message: `The BGP peer ${peer.name} has ${address ? 'both' : 'neither'} peerAddress ${address ? 'and' : 'nor'} interface.`,
        remedy: address
          ? 'Remove one: peerAddress names a router, interface takes whoever answers on that link.'
          : "Write peerAddress: and the router's address, or interface: and the name of the link.",
      },
    ];
  });
}

/** Fields that hold one address each. */
export function peerAddressesAreReadable({ config }: RuleContext): readonly RuleFinding[] {
  return itemsOf(config, 'bgpPeer').flatMap((peer) =>
    ['peerAddress', 'sourceAddress', 'routerID'].flatMap((field) => {
      const text = textAt(peer.value, field) ?? '';
      const address = parseAddress(text);
      if (text === '' || address.ok) {
        return [];
      }
      return [
        {
          code: 'bgp-peer-address' as const,
          path: [...peer.path, field],
          message: `${field} of the BGP peer ${peer.name} is no IP address: ${explainAddressReason(address.reason)}.`,
          remedy: 'Write one address without length, such as 10.0.0.1 or fd00::1.',
        },
      ];
    }),
  );
}

/** A password comes from one place. The findings never repeat it. */
export function peersHaveOnePassword({ config }: RuleContext): readonly RuleFinding[] {
  return itemsOf(config, 'bgpPeer').flatMap((peer) =>
    isSet(peer, 'password') && (textAt(peer.value, 'passwordSecret', 'name') ?? '') !== ''
      ? [
          {
            code: 'bgp-password-twice' as const,
            path: [...peer.path, 'password'],
            message: `The BGP peer ${peer.name} has both password and passwordSecret.`,
            remedy: 'Remove password, and change it on both sides: it stands in the history of the repository.',
          },
        ]
      : [],
  );
}

/** A password in Git is known to everyone who can read the repository. */
export function passwordsAreSecret({ config }: RuleContext): readonly RuleFinding[] {
  return itemsOf(config, 'bgpPeer')
    .filter((peer) => isSet(peer, 'password'))
    .map((peer) => ({
      code: 'bgp-password-clear-text' as const,
      path: [...peer.path, 'password'],
      message: `The password of the BGP peer ${peer.name} stands in clear text in the repository.`,
      remedy:
        'Create a Secret of type kubernetes.io/basic-auth with the key password, and name it in passwordSecret in place of password.',
    }));
}

/** Set as Go sees it: empty text and false are as good as absent. */
export function isSet(item: NamedItem, field: string): boolean {
  const value = valueAt(item.value, field) ?? null;
  return value !== null && value !== '' && value !== false;
}
