import { holdsAddress, type IpAddress, type IpFamily } from '../../address/ip-address.ts';
import { type AllocationPool, compareInPool, ownerOf, type PoolConfig } from '../pool-config.ts';
import type { ServiceView } from '../service-view.ts';
import { sharingConflict } from '../sharing.ts';
import { type AddressKey, addressKey } from '../../address/address-key.ts';
import { type Member, outranks } from './member.ts';
import { type PoolState, type Slot, unusedPool } from './pool-state.ts';
import { SharedAddresses } from './shared-addresses.ts';

/** Is told what may let others have what they could not have before. */
export interface OccupancyWatcher {
  /** An address is free again. */
  freed(slot: Slot): void;
  /** Those who hold an address are others than before, or share it otherwise. */
  changed(slot: Slot): void;
}

/** Who holds which address, and what each pool has free. */
export class Occupancy {
  private readonly slots = new Map<AddressKey, Slot>();
  private readonly shared = new SharedAddresses();
  private readonly watcher: OccupancyWatcher;
  private readonly isTaken = (key: AddressKey): boolean => this.slots.has(key);
  private pools = new Map<AllocationPool, PoolState>();
  private config: PoolConfig | undefined;
  private changes = 0;

  constructor(watcher: OccupancyWatcher) {
    this.watcher = watcher;
  }

  /** Another number whenever what is in use of some pool is. */
  get version(): number {
    return this.changes;
  }

  /** Takes over a configuration; pools that are the same in it keep their state. Gives the holders whose pool is another. */
  setPools(config: PoolConfig): ReadonlySet<Member> {
    const before = new Map([...this.pools.values()].map((state) => [state.pool.name, state]));
    const kept = new Map<PoolState, PoolState>();
    this.config = config;
    this.pools = new Map();
    for (const pool of config.pools) {
      const known = before.get(pool.name);
      if (known?.pool.fingerprint === pool.fingerprint) {
        const state = { ...known, pool };
        kept.set(known, state);
        this.pools.set(pool, state);
      } else {
        this.pools.set(pool, unusedPool(pool));
      }
    }
    this.shared.poolsChanged();
    this.changes += 1;
    const affected = new Set<Member>();
    for (const slot of this.slots.values()) {
      const state = slot.pool === undefined ? undefined : kept.get(slot.pool);
      if (state !== undefined) {
        slot.pool = state;
        continue;
      }
      this.place(slot);
      for (const holder of slot.holders) {
        affected.add(holder);
      }
    }
    return affected;
  }

  /** Sets what a Service keeps from others. */
  hold(member: Member, addresses: readonly IpAddress[]): void {
    const before = member.holds;
    if (before === addresses) {
      return;
    }
    member.holds = addresses;
    for (const address of addresses) {
      if (!holdsAddress(before, address)) {
        this.enter(member, address);
      }
    }
    for (const address of before) {
      if (!holdsAddress(addresses, address)) {
        this.leave(member, address);
      }
    }
  }

  /** To be told when a Service is seen with another view. */
  viewChanged(member: Member): void {
    for (const address of member.holds) {
      const slot = this.slots.get(addressKey(address));
      if (slot !== undefined) {
        this.shared.uncount(slot, member);
        this.shared.count(slot, member);
        this.watcher.changed(slot);
      }
    }
  }

  reserve(address: IpAddress, key: string): void {
    const slot = this.slotOf(address);
    if (slot.reservedFor === undefined) {
      slot.reservedFor = key;
      this.count(slot, 0, 1);
    }
  }

  unreserve(address: IpAddress, key: string): void {
    const slot = this.slots.get(addressKey(address));
    if (slot?.reservedFor === key) {
      slot.reservedFor = undefined;
      this.count(slot, 0, -1);
      if (!this.dropIfEmpty(slot)) {
        this.shared.offer(slot);
        this.watcher.changed(slot);
      }
    }
  }

  slotAt(address: IpAddress): Slot | undefined {
    return this.slots.get(addressKey(address));
  }

  stateOf(pool: AllocationPool): PoolState | undefined {
    return this.pools.get(pool);
  }

  /** The first address of the pool that the Service can have beside all others. */
  firstFitting(member: Member, pool: AllocationPool, family: IpFamily): IpAddress | undefined {
    const state = this.pools.get(pool);
    if (state === undefined) {
      return undefined;
    }
    const { walk, taken, room } = state[family];
    const free = taken < room ? walk.first(this.isTaken) : undefined;
    const { view } = member;
    return view === undefined || view.sharingKey === ''
      ? free
      : firstInPool(pool, free, this.firstShared(member, view, state, family));
  }

  /** Why the Service cannot have the address beside all others, or beside those alone to whom it must leave it. */
  conflict(member: Member, address: IpAddress, beside: 'all' | 'stronger'): string | undefined {
    const slot = this.slots.get(addressKey(address));
    if (slot === undefined) {
      return undefined;
    }
    for (const holder of slot.sharers?.mayJoin(member) === true ? noHolders : slot.holders) {
      if (holder !== member && (beside === 'all' || outranks(holder, member, address))) {
        const reason = conflictWith(member, holder, slot);
        if (reason !== undefined) {
          return reason;
        }
      }
    }
    return beside === 'stronger' || slot.reservedFor === undefined || slot.reservedFor === member.key
      ? undefined
      : `it is kept for ${slot.reservedFor}, which was deleted a short while ago`;
  }

  /** What others, or it itself, hold with its sharing key, where that comes before what is free. */
  private firstShared(member: Member, view: ServiceView, state: PoolState, family: IpFamily): IpAddress | undefined {
    const hasRoom = (slot: Slot): boolean => this.conflict(member, slot.address, 'all') === undefined;
    let best = this.shared.first(view, state.pool, family, hasRoom)?.address;
    // Its own may have been passed over for others of its kind, in whose way it is itself.
    for (const address of member.holds) {
      const slot = this.slots.get(addressKey(address));
      if (slot?.pool === state && address.family === family && hasRoom(slot)) {
        best = firstInPool(state.pool, best, address);
      }
    }
    return best;
  }

  private slotOf(address: IpAddress): Slot {
    const key = addressKey(address);
    const known = this.slots.get(key);
    if (known !== undefined) {
      return known;
    }
    const slot: Slot = {
      address,
      key,
      holders: noHolders,
      sharers: undefined,
      reservedFor: undefined,
      pool: undefined,
    };
    this.slots.set(key, slot);
    this.place(slot);
    return slot;
  }

  private place(slot: Slot): void {
    const owner = this.config === undefined ? undefined : ownerOf(this.config, slot.address);
    slot.pool = owner === undefined ? undefined : this.pools.get(owner);
    this.count(slot, 1, slot.reservedFor === undefined ? 0 : 1);
  }

  private count(slot: Slot, taken: number, reserved: number): void {
    if (slot.pool !== undefined) {
      const family = slot.pool[slot.address.family];
      family.taken += taken;
      family.reserved += reserved;
      this.changes += 1;
    }
  }

  private enter(member: Member, address: IpAddress): void {
    const slot = this.slotOf(address);
    if (slot.holders.length === 0) {
      // A list made with one item takes a fraction of the memory of one that grew to it.
      slot.holders = [member];
    } else {
      slot.holders.push(member);
    }
    this.shared.count(slot, member);
    if (slot.sharers !== undefined) {
      this.watcher.changed(slot);
    }
  }

  private leave(member: Member, address: IpAddress): void {
    const slot = this.slots.get(addressKey(address));
    const at = slot?.holders.indexOf(member) ?? -1;
    if (slot === undefined || at === -1) {
      return;
    }
    slot.holders.splice(at, 1);
    this.shared.uncount(slot, member);
    if (!this.dropIfEmpty(slot)) {
      this.watcher.changed(slot);
    }
  }

  private dropIfEmpty(slot: Slot): boolean {
    if (slot.holders.length > 0 || slot.reservedFor !== undefined) {
      return false;
    }
    this.slots.delete(slot.key);
    if (slot.pool !== undefined) {
      this.count(slot, -1, 0);
      slot.pool[slot.address.family].walk.giveBack(slot.address.value);
    }
    this.watcher.freed(slot);
    return true;
  }
}

const noHolders: Member[] = [];

function firstInPool(
  pool: AllocationPool,
  one: IpAddress | undefined,
  other: IpAddress | undefined,
): IpAddress | undefined {
  if (one === undefined || other === undefined) {
    return one ?? other;
  }
  return compareInPool(pool, one, other) <= 0 ? one : other;
}

function conflictWith(member: Member, holder: Member, { reservedFor }: Slot): string | undefined {
  if (holder.view === undefined && holder.key === member.key && reservedFor === member.key) {
    return undefined;
  }
  if (member.view === undefined || holder.view === undefined) {
    return 'it is claimed for a Service that is not there';
  }
  return sharingConflict(member.view, holder.view);
}
