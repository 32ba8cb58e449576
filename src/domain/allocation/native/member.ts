import type { IpAddress } from '../../address/ip-address.ts';
import type { ServiceView } from '../service-view.ts';
import type { Decision } from './decision.ts';

/** A Service as the cluster shows it. */
export interface HeldService {
  readonly view: ServiceView;
  readonly uid: string;
  /** Its creationTimestamp. */
  readonly created: string;
  /** What its status says. */
  readonly published: readonly IpAddress[];
  /** Why it waits, as its pending condition says already: the same reason raises no event again. */
  readonly told?: string | undefined;
}

export const noAddresses: readonly IpAddress[] = [];

/** What the allocator knows of one Service, or of claims whose Service it has not seen. */
export class Member {
  readonly uid: string;
  /** `namespace/name`; the uid where only claims are known. */
  key: string;
  private written = '';
  /** Its creationTimestamp to the second, as a number: comparing these is many times cheaper where thousands are sorted. */
  private age = 0;
  view: ServiceView | undefined;
  published: readonly IpAddress[] = noAddresses;
  claimed: readonly IpAddress[] = noAddresses;
  /** What was decided last. */
  wanted: readonly IpAddress[] = noAddresses;
  /** Every address it keeps from others: published, claimed or wanted. */
  holds: readonly IpAddress[] = noAddresses;
  decision: Decision | undefined;
  /** It changed its sharing while it shared: it yields to those beside it, whatever its age. */
  yields = false;
  /** Reasons that were told in events. */
  told: Told = {};

  constructor(uid: string) {
    this.uid = uid;
    this.key = uid;
  }

  set created(timestamp: string) {
    if (timestamp !== this.written) {
      this.written = timestamp;
      this.age = Number(timestamp.replaceAll(/\D/gu, '').slice(0, 14));
    }
  }

  /** Negative where this one is served first: the older, then by uid. */
  compareAge(other: Member): number {
    if (this.age !== other.age) {
      return this.age - other.age;
    }
    if (this.written !== other.written) {
      return this.written < other.written ? -1 : 1;
    }
    if (this.uid === other.uid) {
      return 0;
    }
    return this.uid < other.uid ? -1 : 1;
  }
}

export interface Told {
  readonly allocated?: string | undefined;
  readonly taken?: string | undefined;
  readonly failed?: string | undefined;
  readonly lacking?: string | undefined;
}

/** The order in which Services are served. */
export function compareAge(left: Member, right: Member): number {
  return left.compareAge(right);
}

export function holdsAddress(list: readonly IpAddress[], address: IpAddress): boolean {
  for (const each of list) {
    if (each.value === address.value && each.family === address.family) {
      return true;
    }
  }
  return false;
}

/**
 * Which of two keeps an address that both hold and may not share: a claim is stronger than a status, that is stronger than a
 * decision, and of equals the older keeps it.
 */
export function outranks(one: Member, other: Member, address: IpAddress): boolean {
  if (one.yields !== other.yields) {
    return other.yields;
  }
  for (const list of ['claimed', 'published'] as const) {
    const [mine, theirs] = [holdsAddress(one[list], address), holdsAddress(other[list], address)];
    if (mine !== theirs) {
      return mine;
    }
  }
  return compareAge(one, other) < 0;
}

/** True where its status says all that was decided, so that nothing is left to be done. */
export function isSettled({ decision, published, view }: Member): boolean {
  return (
    decision !== undefined &&
    decision.pool === view?.allocatedFrom &&
    decision.wanted.length === published.length &&
    decision.wanted.every((address, index) => published[index]?.value === address.value)
  );
}
