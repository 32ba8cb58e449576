import { familyName, holdsAddress, type IpAddress, type IpFamily, ipFamilies } from '../../address/ip-address.ts';
import { allocate, type AllocationWorld, refusalIn } from '../allocate.ts';
import { cannotHold, sameAddresses, takenBecause } from '../converge.ts';
import { type AllocationPool, commonOwner, ownerOf, type PoolConfig } from '../pool-config.ts';
import type { PoolOrder, PoolOrders } from '../pool-order.ts';
import type { ServiceView } from '../service-view.ts';
import { type Member, noAddresses } from './member.ts';
import { Beside } from './beside.ts';
import type { Occupancy } from './occupancy.ts';

/** The rules' answer for one Service. */
export interface Outcome {
  readonly wanted: readonly IpAddress[];
  readonly pool: AllocationPool | undefined;
  readonly taken: string | undefined;
  readonly refused: string | undefined;
  readonly lacking: string | undefined;
  /** Nobody is at fault: no event is due. */
  readonly quiet: boolean;
}

/** The pools that one kind of Service may be served from, in order; equal texts stand for the same pools. */
export interface TriedPools {
  readonly pools: readonly AllocationPool[];
  readonly text: string;
}

export interface NativeWorld {
  readonly config: PoolConfig;
  readonly orders: PoolOrders;
  /** Found once for each order. */
  readonly tried: Map<PoolOrder, TriedPools>;
  readonly occupancy: Occupancy;
}

/** One Service's own look at the world. */
interface Look {
  readonly member: Member;
  readonly view: ServiceView;
  /** Where it may keep what it holds: only those count that are stronger. */
  readonly keeping: AllocationWorld;
  /** Where it looks for something new. */
  readonly seeking: AllocationWorld;
}

/**
 * What becomes of one Service: it keeps what it holds where the rules let it, else as much of that as they let it, else it
 * gets something new. Where there is nothing new for it, it keeps what its pool and its own families still admit.
 */
export function outcomeFor(world: NativeWorld, member: Member, view: ServiceView, kept: readonly IpAddress[]): Outcome {
  const impossible = cannotHold(world, view);
  if (impossible !== undefined) {
    return {
      ...nothing,
      taken: member.published.length > 0 ? impossible : undefined,
      refused: impossible,
      quiet: !view.isLoadBalancer || world.config.pools.length === 0,
    };
  }
  const { config, orders, occupancy } = world;
  const look: Look = {
    member,
    view,
    keeping: { config, orders, ledger: new Beside(occupancy, member, 'stronger') },
    seeking: { config, orders, ledger: new Beside(occupancy, member, 'all') },
  };
  const candidates = candidatesOf(member, kept);
  let taken: string | undefined;
  for (const candidate of candidates) {
    const pool = commonOwner(config, candidate);
    const reason = takenBecause(look.keeping, view, candidate, pool);
    if (reason === undefined && pool !== undefined) {
      return { ...withOtherFamily(look, candidate, pool), taken };
    }
    taken = candidate === member.published ? reason : taken;
  }
  return partly(look, candidates) ?? anew(look, taken);
}

const nothing: Outcome = {
  wanted: noAddresses,
  pool: undefined,
  taken: undefined,
  refused: undefined,
  lacking: undefined,
  quiet: false,
};

/** What it may have a right to, the most visible first. */
function candidatesOf(member: Member, kept: readonly IpAddress[]): readonly (readonly IpAddress[])[] {
  if (member.holds.length === 0 && kept.length === 0) {
    return [];
  }
  const { published, wanted, claimed } = member;
  const unpublished = claimed.filter((address) => !holdsAddress(published, address));
  return [published, wanted, unpublished, kept].filter(
    (list, index, all) => list.length > 0 && all.findIndex((each) => sameAddresses(each, list)) === index,
  );
}

/** With PreferDualStack a second address is added from the same pool, if there are two cluster addresses. */
function withOtherFamily(look: Look, held: readonly IpAddress[], pool: AllocationPool): Outcome {
  const { view, seeking } = look;
  const given = { ...nothing, wanted: held, pool, refused: unusableText(view) };
  const missing = missingFamily(view, held);
  if (missing === undefined || view.request.kind !== 'none') {
    return given;
  }
  const added = seeking.ledger.firstFitting(view, pool, missing);
  return added === undefined
    ? { ...given, lacking: lackingText(pool, missing) }
    : { ...given, wanted: [...held, added] };
}

function missingFamily({ clusterFamilies }: ServiceView, held: readonly IpAddress[]): IpFamily | undefined {
  return clusterFamilies.find((family) => held.every((address) => address.family !== family));
}

function unusableText({ request }: ServiceView): string | undefined {
  return request.kind === 'unusable' ? request.reason : undefined;
}

function lackingText(pool: AllocationPool, family: IpFamily): string {
  return `pool ${pool.name} has no free ${familyName(family)} address for it`;
}

/** Keeps the family that can be kept when another one cannot; undefined where nothing can, or addresses are asked for. */
function partly(look: Look, candidates: readonly (readonly IpAddress[])[]): Outcome | undefined {
  const { view, seeking } = look;
  if (view.request.kind === 'addresses') {
    return undefined;
  }
  const kept = candidates.map((each) => tenable(look, each, true)).find((each) => each !== undefined);
  if (kept === undefined) {
    return undefined;
  }
  const { addresses, pool } = kept;
  const taken = takenText(look, addresses);
  const missing = missingFamily(view, addresses);
  if (missing === undefined) {
    return { ...nothing, wanted: addresses, pool, taken, refused: unusableText(view) };
  }
  const added = seeking.ledger.firstFitting(view, pool, missing);
  if (added !== undefined) {
    return { ...nothing, wanted: [...addresses, added], pool, taken };
  }
  if (view.policy === 'PreferDualStack') {
    return { ...nothing, wanted: addresses, pool, taken, lacking: lackingText(pool, missing) };
  }
  const elsewhere = allocate(seeking, view);
  const [grant] = elsewhere.granted ? elsewhere.grants : [];
  return grant === undefined
    ? { ...nothing, wanted: addresses, pool, taken, refused: elsewhere.granted ? undefined : elsewhere.reason }
    : { ...nothing, wanted: grant.addresses, pool: grant.pool, taken: takenText(look, grant.addresses) };
}

/** New addresses; or none, and then what is published stays where only the Service's own wish speaks against it. */
function anew(look: Look, taken: string | undefined): Outcome {
  const { view, member } = look;
  const found = allocate(look.seeking, view);
  const [grant] = found.granted ? found.grants : [];
  if (grant !== undefined) {
    const missing = missingFamily(view, grant.addresses);
    const lacking = missing === undefined ? undefined : lackingText(grant.pool, missing);
    return { ...nothing, wanted: grant.addresses, pool: grant.pool, taken, lacking };
  }
  const refused = found.granted ? 'no pool is for this Service' : found.reason;
  const stays = tenable(look, member.published, false);
  return stays === undefined
    ? { ...nothing, taken, refused }
    : { ...nothing, wanted: stays.addresses, pool: stays.pool, taken: takenText(look, stays.addresses), refused };
}

/** The addresses among these, of one pool, that pool, families and the other Services let it keep. */
function tenable(
  { keeping, view }: Look,
  held: readonly IpAddress[],
  asAsked: boolean,
): { readonly addresses: readonly IpAddress[]; readonly pool: AllocationPool } | undefined {
  let pool: AllocationPool | undefined;
  const addresses: IpAddress[] = [];
  for (const family of ipFamilies) {
    for (const address of held) {
      const owner = address.family === family ? ownerOf(keeping.config, address) : undefined;
      if (
        owner !== undefined &&
        owner === (pool ?? owner) &&
        view.clusterFamilies.includes(family) &&
        addresses.every((each) => each.family !== family) &&
        (!asAsked || view.pool === undefined || view.pool === owner.name) &&
        refusalIn(keeping, view, [address], owner) === undefined
      ) {
        pool = owner;
        addresses.push(address);
      }
    }
  }
  return pool === undefined ? undefined : { addresses: held.filter((each) => addresses.includes(each)), pool };
}

/** Why some published address is not wanted any more; undefined where all are. */
function takenText({ keeping, view, member: { published } }: Look, wanted: readonly IpAddress[]): string | undefined {
  return published.every((address) => holdsAddress(wanted, address))
    ? undefined
    : takenBecause(keeping, view, published, commonOwner(keeping.config, published));
}
