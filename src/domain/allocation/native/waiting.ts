import { type AddressKey, addressKey } from '../../address/address-key.ts';
import { compareAge, type Member } from './member.ts';
import type { Occupancy } from './occupancy.ts';
import type { PoolState, Slot } from './pool-state.ts';
import { PriorityQueue } from './priority-queue.ts';
import type { WaitingKind } from './waiting-kind.ts';

/** Who is served first: who holds nothing, after those who hold something; then who would only like a second address. */
type Rank = 1 | 2;

interface Line {
  readonly kind: WaitingKind;
  readonly members: Set<Member>;
  /** May name Services that have left. */
  readonly queue: PriorityQueue<Member>;
}

/**
 * Services whose decision may be other than before. Those that changed themselves are dirty one by one. Those that wait do so
 * in a line for each kind, and what becomes free wakes a line and not its Services: it is then served from its front for as
 * long as there is something, so one change costs the same however many wait.
 */
export class Waiting {
  private readonly lines = new Map<string, Line>();
  private readonly lineOf = new Map<Member, Line>();
  private readonly byPool = new Map<string, Set<Line>>();
  private readonly byAddress = new Map<AddressKey, Set<Line>>();
  private readonly bySharingKey = new Map<string, Set<Line>>();
  private readonly awake = new Set<Line>();
  /** By urgency. They may name Services that are not dirty any more. */
  private readonly dirty = [new PriorityQueue<Member>(compareAge), new PriorityQueue<Member>(compareAge)] as const;

  mark(member: Member): void {
    const urgency = member.published.length + member.claimed.length > 0 ? 0 : 1;
    if (member.urgency !== urgency) {
      member.urgency = urgency;
      this.dirty[urgency].add(member);
    }
  }

  /** It is decided, or gone. */
  settle(member: Member): void {
    member.urgency = undefined;
    const line = this.lineOf.get(member);
    if (line !== undefined) {
      this.lineOf.delete(member);
      line.members.delete(member);
      if (line.members.size === 0) {
        this.close(line);
      }
    }
  }

  /** It was refused just now, so nobody of its kind can be served: they all wait. */
  wait(member: Member, kind: WaitingKind): void {
    const line = this.lines.get(kind.key) ?? this.open(kind);
    this.lineOf.set(member, line);
    line.members.add(member);
    line.queue.add(member);
    this.awake.delete(line);
  }

  /** All who wait must be decided anew. */
  wakeAll(): void {
    for (const member of this.lineOf.keys()) {
      this.settle(member);
      this.mark(member);
    }
  }

  freed(slot: Slot): void {
    const { family } = slot.address;
    for (const line of this.byPool.get(slot.pool?.pool.name ?? '') ?? []) {
      const { need } = line.kind;
      if (need === family || need === 'both' || need === 'either') {
        this.awake.add(line);
      }
    }
    this.wakeAt(this.byAddress, slot.key);
  }

  shared(slot: Slot): void {
    for (const sharingKey of slot.sharers?.sharingKeys ?? []) {
      this.wakeAt(this.bySharingKey, sharingKey);
    }
    this.wakeAt(this.byAddress, slot.key);
  }

  /** At most so many, in serving order. They are not given again unless they are marked, or have to wait anew. */
  take(limit: number, occupancy: Occupancy): readonly Member[] {
    const fronts = this.fronts(limit, occupancy);
    const taken: Member[] = [];
    while (taken.length < limit) {
      const dirty = this.firstDirty();
      const front = fronts.first();
      if (front !== undefined && (dirty === undefined || comesBefore(front, dirty))) {
        fronts.take();
        this.settle(front.member);
        taken.push(front.member);
        const next = front.left > 1 ? frontOf(front.line, front.left - 1) : undefined;
        if (next !== undefined) {
          fronts.add(next);
        }
      } else if (dirty === undefined) {
        break;
      } else {
        this.settle(dirty);
        taken.push(dirty);
      }
    }
    return taken;
  }

  private firstDirty(): Member | undefined {
    for (const [urgency, queue] of this.dirty.entries()) {
      for (let member = queue.first(); member !== undefined; member = queue.first()) {
        if (member.urgency === urgency) {
          return member;
        }
        queue.take();
      }
    }
    return undefined;
  }

  private fronts(limit: number, occupancy: Occupancy): PriorityQueue<Front> {
    const fronts = new PriorityQueue<Front>(compareFronts);
    for (const line of this.awake) {
      const left = servable(line.kind, limit, occupancy);
      const front = left > 0 ? frontOf(line, left) : undefined;
      if (front === undefined) {
        this.awake.delete(line);
      } else {
        fronts.add(front);
      }
    }
    return fronts;
  }

  private open(kind: WaitingKind): Line {
    const line: Line = { kind, members: new Set(), queue: new PriorityQueue(compareAge) };
    this.lines.set(kind.key, line);
    for (const { name } of kind.pools) {
      addTo(this.byPool, name, line);
    }
    for (const address of kind.addresses) {
      addTo(this.byAddress, addressKey(address), line);
    }
    if (kind.sharingKey !== '') {
      addTo(this.bySharingKey, kind.sharingKey, line);
    }
    return line;
  }

  private close(line: Line): void {
    const { kind } = line;
    this.awake.delete(line);
    this.lines.delete(kind.key);
    for (const { name } of kind.pools) {
      removeFrom(this.byPool, name, line);
    }
    for (const address of kind.addresses) {
      removeFrom(this.byAddress, addressKey(address), line);
    }
    removeFrom(this.bySharingKey, kind.sharingKey, line);
  }

  private wakeAt<Key>(index: ReadonlyMap<Key, Set<Line>>, key: Key): void {
    for (const line of index.get(key) ?? []) {
      this.awake.add(line);
    }
  }
}

/** The first of a line, and how many of it may be served. */
interface Front {
  readonly member: Member;
  readonly rank: Rank;
  readonly line: Line;
  readonly left: number;
}

function compareFronts(left: Front, right: Front): number {
  return left.rank - right.rank || compareAge(left.member, right.member);
}

function comesBefore({ rank, member }: Front, dirty: Member): boolean {
  const urgency = dirty.urgency ?? 0;
  return rank === urgency ? compareAge(member, dirty) < 0 : rank < urgency;
}

function frontOf(line: Line, left: number): Front | undefined {
  for (;;) {
    const member = line.queue.first();
    if (member === undefined || line.members.has(member)) {
      return member === undefined ? undefined : { member, rank: line.kind.isWish ? 2 : 1, line, left };
    }
    line.queue.take();
  }
}

/** How many of a kind there may be something for. One, where only trying can tell. */
function servable(kind: WaitingKind, limit: number, occupancy: Occupancy): number {
  if (kind.addresses.length > 0 || kind.sharingKey !== '') {
    return 1;
  }
  let sum = 0;
  for (const pool of kind.pools) {
    sum += freeIn(occupancy.stateOf(pool), kind.need, limit);
    if (sum >= limit) {
      return limit;
    }
  }
  return sum;
}

function freeIn(state: PoolState | undefined, need: WaitingKind['need'], limit: number): number {
  if (state === undefined) {
    return 0;
  }
  const free = (family: 'ipv4' | 'ipv6'): number => {
    const left = state[family].capacity - BigInt(state[family].taken);
    return left > BigInt(limit) ? limit : Number(left);
  };
  switch (need) {
    case 'both':
      return Math.min(free('ipv4'), free('ipv6'));
    case 'either':
      return free('ipv4') + free('ipv6');
    case 'ipv4':
    case 'ipv6':
      return free(need);
  }
}

function addTo<Key>(index: Map<Key, Set<Line>>, key: Key, line: Line): void {
  const lines = index.get(key);
  if (lines === undefined) {
    index.set(key, new Set([line]));
  } else {
    lines.add(line);
  }
}

function removeFrom<Key>(index: Map<Key, Set<Line>>, key: Key, line: Line): void {
  const lines = index.get(key);
  if (lines?.delete(line) === true && lines.size === 0) {
    index.delete(key);
  }
}
