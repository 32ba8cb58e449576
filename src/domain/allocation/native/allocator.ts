import { addressKey } from '../../address/address-key.ts';
import { holdsAddress, type IpAddress } from '../../address/ip-address.ts';
import type { PoolConfig } from '../pool-config.ts';
import type { PoolOrders } from '../pool-order.ts';
import { isServedBy, type ServiceView } from '../service-view.ts';
import { Considerations } from './considered.ts';
import { type Decision, undecided } from './decision.ts';
import { type HeldService, isSettled, Member, noAddresses, nothingTold } from './member.ts';
import { Occupancy } from './occupancy.ts';
import type { PoolState, Slot } from './pool-state.ts';
import { type NativeWorld, type Outcome, outcomeFor } from './outcome.ts';
import { type PoolUsage, usageOf } from './pool-usage.ts';
import { type ReservationPolicy, Reservations } from './reservations.ts';
import { affectsDecision, affectsSharing, samePools } from './service-change.ts';
import { eventsOf } from './tell-events.ts';
import { Waiting } from './waiting.ts';
import { waitingKindOf } from './waiting-kind.ts';

export interface AllocatorOptions {
  /** Only Services of this class are served; without it only those that have none. */
  readonly lbClass?: string | undefined;
  /** Off unless given. */
  readonly reservation?: ReservationPolicy | undefined;
}

/**
 * Decides which Service gets which address, by the rules `native`. It does nothing by itself and knows no clock: it is told
 * what is, names the Services to decide, and decides. What was decided counts as held at once. The same facts in any order
 * come to the same addresses kept; new ones are given in the order of `takeDirty`.
 */
export class Allocator {
  private readonly lbClass: string | undefined;
  private readonly reservations: Reservations | undefined;
  private readonly members = new Map<string, Member>();
  private readonly waiting = new Waiting();
  private readonly occupancy = new Occupancy({
    freed: (slot): void => {
      this.waiting.freed(slot);
    },
    changed: (slot): void => {
      this.contest(slot);
    },
  });
  private readonly considerations = new Considerations();
  private world: NativeWorld | undefined;

  constructor(options: AllocatorOptions = {}) {
    this.lbClass = options.lbClass;
    this.reservations = options.reservation === undefined ? undefined : new Reservations(options.reservation);
  }

  /**
   * The pools, resolved against the namespaces, with profile `native`. One that is refused changes nothing: the last good one
   * goes on. Nothing is decided before the first good one.
   */
  setPools(config: PoolConfig): void {
    if (config.refusal !== undefined || (this.world !== undefined && samePools(this.world.config, config))) {
      return;
    }
    const isFirst = this.world === undefined;
    const orders: PoolOrders = new Map();
    this.world = { config, orders, tried: new Map(), occupancy: this.occupancy };
    const affected = this.occupancy.setPools(config);
    this.waiting.wakeAll();
    for (const member of isFirst ? this.members.values() : affected) {
      this.mark(member);
    }
  }

  /** A Service as it is now. One that is not served, or is of another type and holds nothing, is as good as none. */
  put(service: HeldService): void {
    const { uid, view, published } = service;
    const known = this.members.get(uid);
    if (!isServedBy(view, this.lbClass) || (!view.isLoadBalancer && published.length === 0 && known === undefined)) {
      this.drop(uid);
      return;
    }
    const member = known ?? this.memberOf(uid);
    const before = member.view;
    member.setCreated(service.created);
    member.view = view;
    member.published = published;
    if (before === undefined) {
      member.told = service.told === undefined ? nothingTold : { ...nothingTold, failed: service.told };
    }
    this.hold(member);
    this.heedSharing(member, before, view);
    if (before === undefined || affectsDecision(before, view) || !isSettled(member)) {
      this.mark(member);
    }
  }

  /**
   * The Service was deleted. Its durable claims go on keeping their addresses until `setClaimed` says that they are released.
   * With a policy its addresses are kept for one of the same name.
   */
  remove(uid: string, now = 0): void {
    const member = this.members.get(uid);
    if (member?.view !== undefined && this.reservations !== undefined) {
      this.reserve(
        member.key,
        member.holds.filter((address) => this.occupancy.slotAt(address)?.holders.length === 1),
        now,
      );
    }
    this.drop(uid);
  }

  /** The durable claims of a Service, which may not have been seen yet; they stand for all there are. */
  setClaimed(uid: string, addresses: readonly IpAddress[]): void {
    const member = this.memberOf(uid);
    const known = [...member.wanted, ...member.published];
    const isNews = addresses.some((address) => !holdsAddress(known, address));
    member.claimed = addresses.length === 0 ? noAddresses : addresses;
    this.hold(member);
    if (member.view === undefined) {
      if (addresses.length === 0) {
        this.members.delete(uid);
      }
    } else if (isNews) {
      this.mark(member);
    }
  }

  /** Gives back what was decided and neither claimed nor published, and decides anew. */
  forget(uid: string): void {
    const member = this.members.get(uid);
    if (member?.view !== undefined) {
      member.setDecided(undefined);
      this.hold(member);
      this.mark(member);
    }
  }

  /** Keeps addresses for a Service of this name, as a policy says; for what durable claims remember of deleted ones. */
  reserve(key: string, addresses: readonly IpAddress[], now: number): void {
    for (const ended of this.reservations?.add(key, addresses, now) ?? []) {
      this.unreserve(ended.key, ended.addresses);
    }
    for (const address of this.reservations?.of(key) ?? []) {
      this.occupancy.reserve(address, key);
    }
  }

  /** Ends the reservations that are over, and says when the next one will be. */
  expire(now: number): number | undefined {
    for (const ended of this.reservations?.expire(now) ?? []) {
      this.unreserve(ended.key, ended.addresses);
    }
    return this.reservations?.next();
  }

  /** Services whose decision may be other than before, at most so many, in the order in which they are served. */
  takeDirty(limit: number): readonly string[] {
    return this.world === undefined ? [] : this.waiting.take(limit, this.occupancy).map(({ uid }) => uid);
  }

  /** Decides on one Service, and holds for it from now on what was decided. */
  decide(uid: string): Decision {
    const member = this.members.get(uid);
    const view = member?.view;
    if (member === undefined || view === undefined || this.world === undefined) {
      return undecided(uid, member?.key ?? uid, member?.published ?? noAddresses);
    }
    this.waiting.settle(member);
    const outcome = outcomeFor(this.world, member, view, this.reservations?.of(member.key) ?? noAddresses);
    const considered = outcome.refused === undefined ? [] : this.considerations.for(this.world, member, view);
    const decision = decisionFrom(member, outcome, considered, eventsOf(member, view, outcome));
    this.carryOut(member, decision);
    if (outcome.refused !== undefined || outcome.lacking !== undefined) {
      this.waiting.wait(member, waitingKindOf(this.world, view, outcome));
    }
    return decision;
  }

  /** What is in use of a pool; undefined for one that there is not. */
  usage(pool: string): PoolUsage | undefined {
    const found = this.world?.config.pools.find(({ name }) => name === pool);
    const state: PoolState | undefined = found === undefined ? undefined : this.occupancy.stateOf(found);
    return state === undefined ? undefined : usageOf(state);
  }

  private memberOf(uid: string): Member {
    const known = this.members.get(uid);
    if (known !== undefined) {
      return known;
    }
    const member = new Member(uid);
    this.members.set(uid, member);
    return member;
  }

  private drop(uid: string): void {
    const member = this.members.get(uid);
    if (member === undefined) {
      return;
    }
    this.waiting.settle(member);
    member.published = noAddresses;
    member.setDecided(undefined);
    this.hold(member);
    member.loseView();
    if (member.claimed.length === 0) {
      this.members.delete(uid);
    } else {
      this.occupancy.viewChanged(member);
    }
  }

  private hold(member: Member): void {
    this.occupancy.hold(member, holdingsOf(member));
    // It yields as long as something that it still holds is in somebody's way, published addresses included.
    member.yields &&= member.holds.some((address) => this.occupancy.conflict(member, address, 'all') !== undefined);
  }

  private heedSharing(member: Member, before: ServiceView | undefined, view: ServiceView): void {
    if (before === undefined ? member.claimed.length > 0 : affectsSharing(before, view)) {
      member.yields ||= before !== undefined && member.holds.length > 0;
      this.occupancy.viewChanged(member);
    }
  }

  private carryOut(member: Member, decision: Decision): void {
    member.setDecided(decision);
    this.hold(member);
    if (this.reservations !== undefined) {
      this.endReservation(member.key);
    }
  }

  private mark(member: Member): void {
    if (member.view !== undefined) {
      this.waiting.mark(member);
    }
  }

  /** Those who hold one address may have to part, and others may join them. */
  private contest(slot: Slot): void {
    this.waiting.shared(slot);
    const isPeaceful = slot.sharers?.isPeaceful ?? slot.holders.length <= 1;
    if (isPeaceful && slot.reservedFor === undefined) {
      return;
    }
    for (const holder of slot.holders) {
      if (this.occupancy.conflict(holder, slot.address, 'all') !== undefined) {
        this.mark(holder);
      }
    }
  }

  private endReservation(key: string): void {
    for (const ended of this.reservations?.end(key) ?? []) {
      this.unreserve(ended.key, ended.addresses);
    }
  }

  private unreserve(key: string, addresses: readonly IpAddress[]): void {
    for (const address of addresses) {
      this.occupancy.unreserve(address, key);
    }
  }
}

/** All that is published, claimed or decided for it; one of these lists itself where it names the others' too. */
function holdingsOf({ published, claimed, wanted }: Member): readonly IpAddress[] {
  return withMissing(withMissing(distinct(published), claimed), wanted);
}

function withMissing(list: readonly IpAddress[], others: readonly IpAddress[]): readonly IpAddress[] {
  if (list.length === 0) {
    return distinct(others);
  }
  const missing = others.filter((address) => !holdsAddress(list, address));
  return missing.length === 0 ? list : [...list, ...distinct(missing)];
}

/** A status may name an address twice. */
function distinct(list: readonly IpAddress[]): readonly IpAddress[] {
  return list.length <= 1 ? list : [...new Map(list.map((address) => [addressKey(address), address])).values()];
}

function decisionFrom(
  { uid, key }: Member,
  { wanted, pool, taken, refused, lacking }: Outcome,
  considered: Decision['considered'],
  events: Decision['events'],
): Decision {
  return { uid, key, wanted, pool: pool?.name, taken, refused, lacking, considered, events };
}
