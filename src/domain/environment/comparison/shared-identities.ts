import { textAt, valueAt } from '../../json.ts';
import { defaultNamespace } from '../metallb-defaults.ts';
import { itemsOf, type Path } from '../rules/rule.ts';
import type { RuleFinding } from '../rules/rule.ts';
import type { ComparedConfig } from './environment-facts.ts';
import type { PairRule } from './pair-rule.ts';

/** Two environments in one namespace of one cluster would undo each other's changes for ever. */
export const clustersDiffer: PairRule = (earlier, later) => {
  const [mine, theirs] = [clusterOf(later), clusterOf(earlier)];
  if (mine === undefined || theirs === undefined || mine.words !== theirs.words) {
    return [];
  }
  return [
    {
      code: 'environments-share-cluster',
      path: mine.path,
      message: `${later.file} and ${earlier.file} both configure ${mine.words}.`,
      remedy: `Correct cluster.context of ${earlier.name} or of ${later.name}, give one of them another metallb.namespace, or join the two.`,
    },
  ];
};

/** Undefined where the file leaves the cluster to the kubeconfig at hand. */
function clusterOf({ config }: ComparedConfig): { readonly words: string; readonly path: Path } | undefined {
  const namespace = textAt(config, 'metallb', 'namespace') ?? defaultNamespace;
  const context = textAt(config, 'cluster', 'context');
  if (context !== undefined) {
    return { words: `namespace ${namespace} of the cluster in context ${context}`, path: ['cluster', 'context'] };
  }
  return valueAt(config, 'cluster', 'inCluster') === true
    ? { words: `namespace ${namespace} of the cluster the program runs in`, path: ['cluster', 'inCluster'] }
    : undefined;
}

/** A BGP identifier is one router's (RFC 6286): a router that peers with both clusters takes one for the other. */
export const routerIdsDiffer: PairRule = (earlier, later) => {
  const theirs = new Map(routerIds(earlier).map(({ id, peer }) => [id, peer]));
  const told = new Set<string>();
  return routerIds(later).flatMap(({ id, peer, path }): readonly RuleFinding[] => {
    const other = theirs.get(id);
    if (other === undefined || told.has(id)) {
      return [];
    }
    told.add(id);
    return [
      {
        code: 'environments-share-router-id',
        path,
        message: `routerID ${id} of the BGP peer ${peer} in ${later.file} is also that of ${other} in ${earlier.file}.`,
        remedy: 'Give each cluster a router id of its own, or leave routerID out.',
      },
    ];
  });
};

function routerIds({
  config,
}: ComparedConfig): readonly { readonly id: string; readonly peer: string; readonly path: Path }[] {
  return itemsOf(config, 'bgpPeer').flatMap((peer) => {
    const id = textAt(peer.value, 'routerID') ?? '';
    return id === '' ? [] : [{ id, peer: peer.name, path: [...peer.path, 'routerID'] }];
  });
}
