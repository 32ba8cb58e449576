import { holdsAddress, type IpAddress, type IpFamily } from '../../address/ip-address.ts';
import { poolContains } from '../../pool/pool-addresses.ts';
import type { Occupants } from '../allocate.ts';
import { type AllocationPool, compareInPool, ownerOf, type PoolConfig } from '../pool-config.ts';
import type { ServiceView } from '../service-view.ts';
import { sharingConflict } from '../sharing.ts';
import { type AddressKey, addressKey } from '../../address/address-key.ts';
import { type Member, outranks } from './member.ts';
import { type PoolState, type Slot, unusedPool } from './pool-state.ts';

/** Is told what may let others have what they could not have before. */
export interface OccupancyWatcher {
  /** An address is free again. */
  freed(slot: Slot): void;
  /** Those who hold an address are others than before, or share it otherwise. */
  changed(slot: Slot): void;
  /** What is in use of a pool is another number. */
  counted(pool: PoolState): void;
}

/** Who holds which address, and what each pool has free. */
export class Occupancy {
  private readonly slots = new Map<AddressKey, Slot>();
  private readonly outside = new Set<Slot>();
  private readonly shared = new Map<string, Set<Slot>>();
  private readonly watcher: OccupancyWatcher;
  private readonly isTaken = (key: AddressKey): boolean => this.slots.has(key);
  private pools = new Map<AllocationPool, PoolState>();
  private config: PoolConfig | undefined;

  constructor(watcher: OccupancyWatcher) {
    this.watcher = watcher;
  }

  /** Takes over a configuration; pools that are the same in it keep their state. Gives the holders whose pool is another. */
  setPools(config: PoolConfig): ReadonlySet<Member> {
    const before = new Map([...this.pools.values()].map((state) => [state.pool.name, state]));
    const loose = new Set(this.outside);
    this.outside.clear();
    this.config = config;
    this.pools = new Map();
    for (const pool of config.pools) {
      const known = before.get(pool.name);
      if (known?.pool.fingerprint === pool.fingerprint) {
        before.delete(pool.name);
        this.pools.set(pool, { ...known, pool });
      } else {
        this.pools.set(pool, unusedPool(pool));
      }
    }
    for (const state of this.pools.values()) {
      for (const slot of state.slots) {
        slot.pool = state;
      }
    }
    const affected = new Set<Member>();
    for (const slot of [...loose, ...[...before.values()].flatMap(({ slots }) => [...slots])]) {
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

  /** To be told when a Service is seen with another view; `before` is what it was. */
  viewChanged(member: Member, before: ServiceView | undefined): void {
    for (const address of member.holds) {
      const slot = this.slots.get(addressKey(address));
      if (slot !== undefined) {
        this.unshare(before, slot);
        this.share(slot);
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
    const state = this.pools.get(pool)?.[family];
    const free = state === undefined || state.capacity === 0n ? undefined : state.walk.first(this.isTaken);
    const sharingKey = member.view?.sharingKey ?? '';
    if (sharingKey === '') {
      return free;
    }
    let best = free;
    for (const { address } of this.shared.get(sharingKey) ?? []) {
      if (
        address.family === family &&
        poolContains(pool.view.addresses, address) &&
        this.conflict(member, address, 'all') === undefined &&
        (best === undefined || compareInPool(pool, address, best) < 0)
      ) {
        best = address;
      }
    }
    return best;
  }

  /** Why the Service cannot have the address beside all others, or beside those alone to whom it must leave it. */
  conflict(member: Member, address: IpAddress, beside: 'all' | 'stronger'): string | undefined {
    const slot = this.slots.get(addressKey(address));
    if (slot === undefined) {
      return undefined;
    }
    for (const holder of slot.holders) {
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

  private slotOf(address: IpAddress): Slot {
    const key = addressKey(address);
    const known = this.slots.get(key);
    if (known !== undefined) {
      return known;
    }
    const slot: Slot = { address, key, holders: [], reservedFor: undefined, pool: undefined };
    this.slots.set(key, slot);
    this.place(slot);
    return slot;
  }

  private place(slot: Slot): void {
    const owner = this.config === undefined ? undefined : ownerOf(this.config, slot.address);
    slot.pool = owner === undefined ? undefined : this.pools.get(owner);
    if (slot.pool === undefined) {
      this.outside.add(slot);
      return;
    }
    slot.pool.slots.add(slot);
    this.count(slot, 1, slot.reservedFor === undefined ? 0 : 1);
  }

  private count(slot: Slot, taken: number, reserved: number): void {
    if (slot.pool !== undefined) {
      const family = slot.pool[slot.address.family];
      family.taken += taken;
      family.reserved += reserved;
      this.watcher.counted(slot.pool);
    }
  }

  private enter(member: Member, address: IpAddress): void {
    const slot = this.slotOf(address);
    slot.holders.push(member);
    if (slot.holders.length > 1 || (member.view?.sharingKey ?? '') !== '') {
      this.share(slot);
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
    if ((member.view?.sharingKey ?? '') !== '') {
      this.unshare(member.view, slot);
      this.share(slot);
    }
    if (!this.dropIfEmpty(slot)) {
      this.watcher.changed(slot);
    }
  }

  private dropIfEmpty(slot: Slot): boolean {
    if (slot.holders.length > 0 || slot.reservedFor !== undefined) {
      return false;
    }
    this.slots.delete(slot.key);
    this.outside.delete(slot);
    if (slot.pool !== undefined) {
      slot.pool.slots.delete(slot);
      this.count(slot, -1, 0);
      slot.pool[slot.address.family].walk.giveBack(slot.address.value);
    }
    this.watcher.freed(slot);
    return true;
  }

  private share(slot: Slot): void {
    for (const { view } of slot.holders) {
      if (view !== undefined && view.sharingKey !== '') {
        const slots = this.shared.get(view.sharingKey) ?? new Set();
        this.shared.set(view.sharingKey, slots.add(slot));
      }
    }
  }

  private unshare(view: ServiceView | undefined, slot: Slot): void {
    const slots = view === undefined ? undefined : this.shared.get(view.sharingKey);
    if (view !== undefined && slots?.delete(slot) === true && slots.size === 0) {
      this.shared.delete(view.sharingKey);
    }
  }
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

/** What one Service must know of the others. A Service made anew may take over what is kept of its forerunner's. */
export class Beside implements Occupants {
  private readonly occupancy: Occupancy;
  private readonly member: Member;
  private readonly others: 'all' | 'stronger';

  constructor(occupancy: Occupancy, member: Member, others: 'all' | 'stronger') {
    this.occupancy = occupancy;
    this.member = member;
    this.others = others;
  }

  conflict(_: ServiceView, address: IpAddress): string | undefined {
    return this.occupancy.conflict(this.member, address, this.others);
  }

  firstFitting(_: ServiceView, pool: AllocationPool, family: IpFamily): IpAddress | undefined {
    return this.occupancy.firstFitting(this.member, pool, family);
  }
}
