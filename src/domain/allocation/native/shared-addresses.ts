import type { IpFamily } from '../../address/ip-address.ts';
import { type AllocationPool, compareInPool } from '../pool-config.ts';
import type { ServiceView } from '../service-view.ts';
import type { Member } from './member.ts';
import type { Slot } from './pool-state.ts';
import { PriorityQueue } from './priority-queue.ts';
import { Sharers } from './sharers.ts';

/** Kinds of Services with one sharing key for whom the search is remembered; more of them search anew. */
const mostKinds = 8;

/** One kind's searches, by pool and family. */
type Walks = Map<AllocationPool, { [family in IpFamily]?: SharedWalk }>;

/** The shared addresses of one pool and family that may have room for one kind of Service, the pool's first one first. */
class SharedWalk {
  private readonly queue: PriorityQueue<Slot>;
  private readonly queued = new Set<Slot>();

  constructor(pool: AllocationPool) {
    this.queue = new PriorityQueue((left, right) => compareInPool(pool, left.address, right.address));
  }

  /** To be told of each address that may have room now, where it had none before. */
  offer(slot: Slot): void {
    if (!this.queued.has(slot)) {
      this.queued.add(slot);
      this.queue.add(slot);
    }
  }

  first(hasRoom: (slot: Slot) => boolean): Slot | undefined {
    for (;;) {
      const slot = this.queue.first();
      if (slot === undefined || hasRoom(slot)) {
        return slot;
      }
      this.queue.take();
      this.queued.delete(slot);
    }
  }
}

/** Addresses that Services with a sharing key hold, and where another one with that key finds room. */
export class SharedAddresses {
  private readonly slots = new Map<string, Set<Slot>>();
  /** By sharing key, then by what decides where there is room. */
  private walks = new Map<string, Map<string, Walks>>();

  /** To be told of each new holder, and of one whose view is another after `uncount`. */
  count(slot: Slot, member: Member): void {
    const key = member.view?.sharingKey ?? '';
    if (slot.sharers !== undefined) {
      slot.sharers.add(member);
    } else if (key !== '' || slot.holders.length > 1) {
      slot.sharers = new Sharers();
      for (const holder of slot.holders) {
        slot.sharers.add(holder);
      }
    }
    if (key !== '') {
      this.slots.set(key, (this.slots.get(key) ?? new Set()).add(slot));
    }
    this.offer(slot);
  }

  /** To be told of each holder that leaves, and before one is counted anew. */
  uncount(slot: Slot, member: Member): void {
    const key = slot.sharers?.delete(member) ?? '';
    if (key !== '' && slot.sharers?.hasKey(key) !== true) {
      const slots = this.slots.get(key);
      if (slots?.delete(slot) === true && slots.size === 0) {
        this.slots.delete(key);
        this.walks.delete(key);
      }
    }
    this.offer(slot);
  }

  /** To be told where an address may have room for another reason. */
  offer(slot: Slot): void {
    const { sharers, pool, address } = slot;
    if (sharers === undefined || pool === undefined) {
      return;
    }
    for (const key of sharers.sharingKeys) {
      for (const walks of this.walks.get(key)?.values() ?? []) {
        walks.get(pool.pool)?.[address.family]?.offer(slot);
      }
    }
  }

  /** To be told when addresses are in other pools than before. */
  poolsChanged(): void {
    this.walks = new Map();
  }

  /** The pool's first address that Services with its key hold and that has room for it. */
  first(view: ServiceView, pool: AllocationPool, family: IpFamily, hasRoom: (slot: Slot) => boolean): Slot | undefined {
    const { sharingKey } = view;
    const slots = this.slots.get(sharingKey);
    if (slots === undefined) {
      return undefined;
    }
    const walks = this.walksOf(view);
    const ofPool = walks.get(pool) ?? {};
    walks.set(pool, ofPool);
    const walk = (ofPool[family] ??= walkOver(slots, pool, family));
    return walk.first((slot) => slot.sharers?.hasKey(sharingKey) === true && hasRoom(slot));
  }

  private walksOf({ sharingKey, backendKey, ports }: ServiceView): Walks {
    const kinds = this.walks.get(sharingKey) ?? new Map<string, Walks>();
    this.walks.set(sharingKey, kinds);
    const kind = `${ports.join()} ${backendKey}`;
    const known = kinds.get(kind);
    if (known !== undefined) {
      return known;
    }
    for (const oldest of kinds.keys()) {
      if (kinds.size < mostKinds) {
        break;
      }
      kinds.delete(oldest);
    }
    const walks: Walks = new Map();
    kinds.set(kind, walks);
    return walks;
  }
}

function walkOver(slots: ReadonlySet<Slot>, pool: AllocationPool, family: IpFamily): SharedWalk {
  const walk = new SharedWalk(pool);
  for (const slot of slots) {
    if (slot.pool?.pool === pool && slot.address.family === family) {
      walk.offer(slot);
    }
  }
  return walk;
}
