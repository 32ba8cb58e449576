import { anySelectorMatches, type Labels, type LabelSelector } from '../allocation/label-selector.ts';
import { ownerOf, type PoolConfig } from '../allocation/pool-config.ts';
import { serviceKey, type ServiceView } from '../allocation/service-view.ts';
import { parseAddress } from '../address/parse-address.ts';
import { canonicalJson } from '../json.ts';
import type { Advertised, AdvertisedChange, PoolChange, ServiceOutcome } from './address-plan.ts';
import type { AddressPlanInput, NodeView } from './address-plan-input.ts';
import type { Change } from './contest/change.ts';
import { type AdvertisementView, advertisesPool, type MetallbObjects } from './metallb-objects.ts';

const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** Advertisements and configuration at one end of the change. */
interface Side {
  readonly objects: MetallbObjects;
  readonly config: PoolConfig;
}

/** Who advertises which address, before and after; asked once for each address that stays. */
export class Advertisers {
  private readonly input: AddressPlanInput;
  private readonly nodes: readonly NodeView[];
  private readonly endpoints: ReadonlyMap<string, readonly string[]>;
  private readonly before: Side;
  private readonly after: Side;
  /** Advertisements and peers are the same before and after. */
  private readonly unchanged: boolean;
  /** Names of pools that have the same labels before and after. */
  private readonly labelledAlike: ReadonlySet<string>;

  constructor(change: Change) {
    const { input } = change;
    this.input = input;
    this.nodes = input.nodes.filter(
      ({ labels, networkUnavailable }) => !networkUnavailable && !Object.hasOwn(labels, excludeLabel),
    );
    this.endpoints = new Map((input.endpoints ?? []).map((each) => [serviceKey(each), each.nodes]));
    this.before = { objects: input.before, config: change.before.config };
    this.after = { objects: input.after, config: change.after.config };
    this.unchanged = advertisementText(input.before) === advertisementText(input.after);
    this.labelledAlike = labelledAlike(input);
  }

  /** What changes for the addresses that stay. */
  changes(
    outcome: Omit<ServiceOutcome, 'advertised'>,
    before: ServiceView,
    after: ServiceView,
  ): readonly AdvertisedChange[] {
    const same = this.unchanged && before === after;
    return outcome.addresses
      .filter(({ verdict, pool }) => verdict === 'kept' && !(same && this.isAlike(pool)))
      .flatMap(({ address }) => {
        const from = this.advertised(this.before, before, address);
        const to = this.advertised(this.after, after, address);
        return changed(address, from, to) ?? [];
      });
  }

  /** A pool that is advertised alike on both sides, or none on either. */
  private isAlike({ before, after }: PoolChange): boolean {
    return before === after && (before === undefined || this.labelledAlike.has(before));
  }

  private advertised({ objects, config }: Side, service: ServiceView, text: string): Advertised {
    const read = parseAddress(text);
    const pool = read.ok ? ownerOf(config, read.value) : undefined;
    if (pool === undefined) {
      return { nodes: [], peers: [], interfaces: [] };
    }
    const isMeant = (each: AdvertisementView): boolean =>
      advertisesPool(each, pool.name, pool.view.labels) && matches(each.serviceSelectors, service.labels);
    const hosts = this.hosts(service);
    const layer2 = objects.l2Advertisements.filter((each) => isMeant(each));
    const bgp = objects.bgpAdvertisements.filter((each) => isMeant(each));
    const layer2Nodes = hosts.filter(({ labels }) => layer2.some((each) => matches(each.nodeSelectors, labels)));
    const told = bgp.flatMap((each) => peersOf(objects, each, hosts));
    return {
      nodes: sorted([...layer2Nodes.map(({ name }) => name), ...told.map(({ node }) => node)]),
      peers: sorted(told.map(({ peer }) => peer)),
      interfaces: layer2.some(({ interfaces }) => interfaces.length === 0)
        ? []
        : sorted(layer2.flatMap(({ interfaces }) => interfaces)),
    };
  }

  /** Nodes that may advertise the Service: with the policy Local only those with an endpoint, and none at all without one. */
  private hosts(service: ServiceView): readonly NodeView[] {
    if (this.input.endpoints === undefined) {
      return this.nodes;
    }
    const serving = this.endpoints.get(serviceKey(service)) ?? [];
    if (serving.length === 0) {
      return [];
    }
    return service.trafficStaysLocal ? this.nodes.filter(({ name }) => serving.includes(name)) : this.nodes;
  }
}

function advertisementText({ l2Advertisements, bgpAdvertisements, bgpPeers }: MetallbObjects): string {
  return JSON.stringify([l2Advertisements, bgpAdvertisements, bgpPeers]);
}

function labelledAlike({ before, after }: AddressPlanInput): ReadonlySet<string> {
  const labels = new Map(before.pools.map((pool) => [pool.name, canonicalJson(pool.labels)]));
  return new Set(
    after.pools.filter((pool) => labels.get(pool.name) === canonicalJson(pool.labels)).map(({ name }) => name),
  );
}

/** No selector at all selects everything. */
function matches(selectors: readonly LabelSelector[], labels: Labels): boolean {
  return selectors.length === 0 || anySelectorMatches(selectors, labels);
}

interface Telling {
  readonly node: string;
  readonly peer: string;
}

function peersOf(
  objects: MetallbObjects,
  advertisement: AdvertisementView,
  hosts: readonly NodeView[],
): readonly Telling[] {
  const peers = objects.bgpPeers.filter(
    ({ name }) => advertisement.peers.length === 0 || advertisement.peers.includes(name),
  );
  return hosts
    .filter(({ labels }) => matches(advertisement.nodeSelectors, labels))
    .flatMap((node) =>
      peers
        .filter((peer) => matches(peer.nodeSelectors, node.labels))
        .map((peer) => ({ node: node.name, peer: peer.name })),
    );
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted();
}

function changed(address: string, before: Advertised, after: Advertised): AdvertisedChange | undefined {
  const parts = [
    countText('node', before.nodes, after.nodes),
    countText('BGP peer', before.peers, after.peers),
    before.interfaces.join() === after.interfaces.join()
      ? undefined
      : `on ${shownInterfaces(after)} instead of ${shownInterfaces(before)}`,
  ].filter((part) => part !== undefined);
  if (parts.length === 0) {
    return undefined;
  }
  const gone = after.nodes.length + after.peers.length === 0;
  const reason = gone
    ? `${address} is advertised by nobody afterwards.`
    : `${address} is advertised ${parts.join(', ')}.`;
  return { address, change: direction(before, after), before, after, reason };
}

function direction(before: Advertised, after: Advertised): AdvertisedChange['change'] {
  const lost = [...missing(before.nodes, after.nodes), ...missing(before.peers, after.peers)];
  const won = [...missing(after.nodes, before.nodes), ...missing(after.peers, before.peers)];
  if (lost.length > 0 === won.length > 0) {
    return 'other';
  }
  return lost.length > 0 ? 'fewer' : 'more';
}

function missing(from: readonly string[], other: readonly string[]): readonly string[] {
  return from.filter((name) => !other.includes(name));
}

function countText(noun: string, before: readonly string[], after: readonly string[]): string | undefined {
  if (before.join() === after.join()) {
    return undefined;
  }
  const shown = after.length === 0 ? `no ${noun}` : `${String(after.length)} ${noun}${after.length === 1 ? '' : 's'}`;
  return before.length === after.length ? `by another ${noun}` : `by ${shown} instead of ${String(before.length)}`;
}

function shownInterfaces({ interfaces }: Advertised): string {
  return interfaces.length === 0 ? 'all interfaces' : interfaces.join(' and ');
}
