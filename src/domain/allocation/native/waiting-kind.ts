import type { IpAddress, IpFamily } from '../../address/ip-address.ts';
import { formatAddress } from '../../address/ip-address.ts';
import { canonicalJson, type Json } from '../../json.ts';
import { admits, type AllocationPool } from '../pool-config.ts';
import { poolOrder, type PoolOrder } from '../pool-order.ts';
import type { ServiceView } from '../service-view.ts';
import type { NativeWorld, Outcome, TriedPools } from './outcome.ts';

/** Services wait together where nothing tells them apart: if the first of them can't be served, no other can. */
export interface WaitingKind {
  readonly key: string;
  /** The pools that might serve them. */
  readonly pools: readonly AllocationPool[];
  /** What of a pool they need: free addresses of one family, of both, or of any. */
  readonly need: IpFamily | 'both' | 'either';
  /** The addresses they ask for. */
  readonly addresses: readonly IpAddress[];
  readonly sharingKey: string;
  /** They hold an address and would like a second. */
  readonly isWish: boolean;
}

/** What a Service that did not get all it asks for waits for. */
export function waitingKindOf(world: NativeWorld, view: ServiceView, outcome: Outcome): WaitingKind {
  const { request, sharingKey } = view;
  const kind = { key: 'nothing', pools: [], need: needOf(view), addresses: [], sharingKey, isWish: false };
  if (outcome.lacking !== undefined && outcome.pool !== undefined) {
    const need = outcome.wanted[0]?.family === 'ipv4' ? 'ipv6' : 'ipv4';
    return { ...kind, key: keyOf('wish', view, outcome, []), pools: [outcome.pool], need, isWish: true };
  }
  if (request.kind === 'unusable' || outcome.quiet) {
    return kind;
  }
  if (request.kind === 'addresses') {
    const asked = request.addresses.map((address) => formatAddress(address));
    const labels = world.config.selectsServices ? { ...view.labels } : {};
    const key = keyOf('addresses', view, outcome, [...asked, view.namespace, labels, view.pool ?? '']);
    return { ...kind, key, addresses: request.addresses };
  }
  return { ...kind, ...poolsFor(world, view, outcome) };
}

function poolsFor(
  world: NativeWorld,
  view: ServiceView,
  outcome: Outcome,
): Pick<WaitingKind, 'key' | 'pools' | 'need'> {
  const { config, orders } = world;
  // Who keeps one address of two may be served by the other family alone.
  const need = outcome.pool === undefined ? needOf(view) : 'either';
  if (view.pool !== undefined) {
    const pools = config.pools.filter((pool) => pool.name === view.pool && admits(pool, view, config.profile));
    return { key: keyOf('pool', view, outcome, [view.pool, pools.length]), pools, need };
  }
  const { pools, text } = triedBy(world, poolOrder(config, view, orders));
  const key = keyOf('any', view, outcome, [text]);
  return { key, pools: outcome.pool === undefined ? pools : [...pools, outcome.pool], need };
}

function triedBy({ tried }: NativeWorld, order: PoolOrder): TriedPools {
  const known = tried.get(order);
  if (known !== undefined) {
    return known;
  }
  const pools = [...order.pinned.flat(), ...order.open.flat()];
  const found = { pools, text: JSON.stringify([order.pinned.length, ...pools.map(({ name }) => name)]) };
  tried.set(order, found);
  return found;
}

/** Equal only for Services that are alike in all that decides whether they can be served. */
function keyOf(word: string, view: ServiceView, outcome: Outcome, asked: readonly Json[]): string {
  const share = view.sharingKey === '' ? [] : [view.sharingKey, view.backendKey, [...view.ports]];
  const held = outcome.wanted.map(({ family }) => family);
  const families = [...view.clusterFamilies, view.policy, view.primaryFamily];
  return canonicalJson([word, [...asked], share, families, outcome.pool?.name ?? '', held]);
}

function needOf({ clusterFamilies, policy }: ServiceView): WaitingKind['need'] {
  const [first, second] = clusterFamilies;
  if (first === undefined || second === undefined) {
    return first ?? 'either';
  }
  return policy === 'PreferDualStack' ? 'either' : 'both';
}
