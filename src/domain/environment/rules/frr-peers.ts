import { canonicalJson, type Json, numberAt, textAt, valueAt } from '../../json.ts';
import { itemsOf, type NamedItem, type RuleContext, type RuleFinding } from './rule.ts';

/** One FRR holds a neighbour once in a VRF. */
export function frrPeersDiffer({ config }: RuleContext): readonly RuleFinding[] {
  const known = new Map<string, NamedItem>();
  return frrPeers(config).flatMap((peer) => {
    const field = (textAt(peer.value, 'peerAddress') ?? '') === '' ? 'interface' : 'peerAddress';
    const target = textAt(peer.value, field) ?? '';
    const key = JSON.stringify([nodesOf(config, peer), vrfOf(peer), target]);
    const first = known.get(key);
    if (target === '' || first === undefined) {
      known.set(key, peer);
      return [];
    }
    return [
      {
        code: 'bgp-frr-same-peer' as const,
        path: [...peer.path, field],
        message: `The BGP peers ${first.name} and ${peer.name} both are ${target} in the same VRF.`,
        remedy: 'Remove one of the two, or correct its address or vrf.',
      },
    ];
  });
}

/** One FRR has one router id, and one AS number in a VRF. Each peer is compared with the first that shares its nodes. */
export function frrPeersAgree({ config }: RuleContext): readonly RuleFinding[] {
  const known = new Map<string, { readonly peer: NamedItem; readonly value: string }>();
  return frrPeers(config).flatMap((peer) =>
    (['routerID', 'myASN'] as const).flatMap((field): readonly RuleFinding[] => {
      const value = textAt(peer.value, field) ?? numberAt(peer.value, field)?.toString() ?? '';
      const key = JSON.stringify([field, nodesOf(config, peer), field === 'myASN' ? vrfOf(peer) : '']);
      const first = known.get(key);
      if (value === '') {
        return [];
      }
      if (first === undefined) {
        known.set(key, { peer, value });
        return [];
      }
      return first.value === value
        ? []
        : [
            {
              code: 'bgp-frr-mixed',
              path: [...peer.path, field],
              message: `${field} of the BGP peer ${peer.name} is ${value}, that of ${first.peer.name} is ${first.value}; FRR has one for both.`,
              remedy: `Write ${field}: ${first.value} for both, or keep the peers on different nodes${field === 'myASN' ? ' or VRFs' : ''}.`,
            },
          ];
    }),
  );
}

/** The peers, where the file says that FRR speaks for them. */
function frrPeers(config: Json): readonly NamedItem[] {
  const backend = textAt(config, 'metallb', 'bgp', 'backend');
  const frr =
    backend === 'frr' ||
    backend === 'frr-k8s' ||
    (backend === undefined && valueAt(config, 'metallb', 'speaker', 'frr', 'enabled') === true);
  return frr && textAt(config, 'metallb', 'engine') !== 'native' ? itemsOf(config, 'bgpPeer') : [];
}

function vrfOf(peer: NamedItem): string {
  return textAt(peer.value, 'vrf') ?? '';
}

/** Peers are compared within one such text: from 0.16 those of the same node selectors, before it all of them. */
function nodesOf(config: Json, peer: NamedItem): string {
  const line = /^v?0\.(\d+)/u.exec(textAt(config, 'metallb', 'version') ?? '')?.[1];
  return Number(line ?? 0) >= 16 ? canonicalJson(valueAt(peer.value, 'nodeSelectors') ?? []) : '';
}
