import { numberAt, textAt } from '../../json.ts';
import { nodeReach, type NodeReach } from './node-reach.ts';
import { itemsOf, type NamedItem, type RuleContext, type RuleFinding } from './rule.ts';

/** One FRR holds a neighbour once in a VRF. */
export function frrPeersDiffer(context: RuleContext): readonly RuleFinding[] {
  const groups = new PeerGroups();
  return frrPeers(context).flatMap((peer, index) => {
    const field = (textAt(peer.value, 'peerAddress') ?? '') === '' ? 'interface' : 'peerAddress';
    const target = textAt(peer.value, field) ?? '';
    if (target === '') {
      return [];
    }
    const subject = JSON.stringify([vrfOf(peer), target]);
    const first = groups.meet(subject, reachOf(context, peer), { peer, value: String(index) });
    return first === undefined
      ? []
      : [
          {
            code: 'bgp-frr-same-peer' as const,
            path: [...peer.path, field],
            message: `The BGP peers ${first.peer.name} and ${peer.name} both are ${target} in the same VRF.`,
            remedy: 'Remove one of the two, or correct its address or vrf.',
          },
        ];
  });
}

/** One FRR has one router id, and one AS number in a VRF. A router id that is left out is another one than any written. */
export function frrPeersAgree(context: RuleContext): readonly RuleFinding[] {
  const groups = new PeerGroups();
  return frrPeers(context).flatMap((peer) =>
    (['routerID', 'myASN'] as const).flatMap((field): readonly RuleFinding[] => {
      const value = valueOf(peer, field);
      const subject = JSON.stringify([field, field === 'myASN' ? vrfOf(peer) : '']);
      const first = groups.meet(subject, reachOf(context, peer), { peer, value });
      return first === undefined ? [] : [mixed(peer, field, value, first)];
    }),
  );
}

function mixed(peer: NamedItem, field: 'routerID' | 'myASN', value: string, first: Holder): RuleFinding {
  const [mine, theirs] = [value, first.value].map((text) => (text === '' ? 'not set' : text));
  const wanted = first.value === '' ? value : first.value;
  return {
    code: 'bgp-frr-mixed',
    path: value === '' ? peer.path : [...peer.path, field],
    message: `${field} of the BGP peer ${peer.name} is ${mine ?? ''}, that of ${first.peer.name} is ${theirs ?? ''}; FRR has one for both.`,
    remedy: `Write ${field}: ${wanted} for both, or keep the peers on different nodes (from MetalLB 0.16)${field === 'myASN' ? ' or in different VRFs' : ''}.`,
  };
}

interface Holder {
  readonly peer: NamedItem;
  readonly value: string;
}

/** Peers by what they must agree on and by the nodes they are known to be on. Two unequal values of a group are enough. */
class PeerGroups {
  private readonly groups = new Map<string, Holder[]>();

  /** An earlier peer that surely shares a node with this one and holds another value. */
  meet(subject: string, reach: NodeReach, holder: Holder): Holder | undefined {
    const { everywhere, selectors } = reach;
    const met = everywhere ? ['any'] : ['everywhere', ...selectors];
    const other = met
      .flatMap((group) => this.groups.get(`${subject} ${group}`) ?? [])
      .find(({ value }) => value !== holder.value);
    for (const group of ['any', ...(everywhere ? ['everywhere'] : selectors)]) {
      this.add(`${subject} ${group}`, holder);
    }
    return other;
  }

  private add(key: string, holder: Holder): void {
    const held = this.groups.get(key) ?? [];
    if (held.length < 2 && held.every(({ value }) => value !== holder.value)) {
      this.groups.set(key, [...held, holder]);
    }
  }
}

/** The peers, where FRR speaks for them. */
function frrPeers({ config, profile }: RuleContext): readonly NamedItem[] {
  return profile.backend === 'frr' || profile.backend === 'frr-k8s' ? itemsOf(config, 'bgpPeer') : [];
}

/** Up to 0.15 all peers are compared, whatever their nodes. */
function reachOf({ profile }: RuleContext, peer: NamedItem): NodeReach {
  return profile.line === '0.16' ? nodeReach(peer) : { everywhere: true, selectors: [] };
}

function valueOf(peer: NamedItem, field: 'routerID' | 'myASN'): string {
  return textAt(peer.value, field) ?? numberAt(peer.value, field)?.toString() ?? '';
}

function vrfOf(peer: NamedItem): string {
  return textAt(peer.value, 'vrf') ?? '';
}
