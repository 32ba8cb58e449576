import { holdsAddress, type IpAddress } from '../../address/ip-address.ts';
import { serviceKey, type ServiceView } from '../service-view.ts';
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
  /** Its creationTimestamp. */
  created = '';
  /** The same to the second, as a number: comparing these is many times cheaper where thousands are sorted. */
  second = 0;
  view: ServiceView | undefined;
  published: readonly IpAddress[] = noAddresses;
  claimed: readonly IpAddress[] = noAddresses;
  /** What was decided last. */
  wanted: readonly IpAddress[] = noAddresses;
  /** Every address it keeps from others: published, claimed or wanted. */
  holds: readonly IpAddress[] = noAddresses;
  /** The pool that it is from. */
  pool: string | undefined;
  isDecided = false;
  /** It changed its sharing while it shared: it yields to those beside it, whatever its age. */
  yields = false;
  /** What was told in events. */
  told: Told = nothingTold;
  /** How urgently it is to be decided; undefined where it is not. */
  urgency: 0 | 1 | undefined;
  private lastKey: string;

  constructor(uid: string) {
    this.uid = uid;
    this.lastKey = uid;
  }

  /** `namespace/name`, also after its Service is gone; the uid where only claims were ever known. */
  get key(): string {
    return this.view === undefined ? this.lastKey : serviceKey(this.view);
  }

  /** Its Service is gone. */
  loseView(): void {
    this.lastKey = this.key;
    this.view = undefined;
  }

  setCreated(timestamp: string): void {
    if (timestamp !== this.created) {
      this.created = timestamp;
      this.second = secondOf(timestamp);
    }
  }

  /** Takes over a decision, or that there is none any more. */
  setDecided(decision: Pick<Decision, 'wanted' | 'pool'> | undefined): void {
    this.isDecided = decision !== undefined;
    this.wanted = decision?.wanted ?? noAddresses;
    this.pool = decision?.pool;
  }
}

/** The digits of a timestamp, down to the second, as one number. */
function secondOf(timestamp: string): number {
  let [number, digits] = [0, 0];
  for (let index = 0; index < timestamp.length && digits < 14; index += 1) {
    const digit = timestamp.charCodeAt(index) - 48;
    if (digit >= 0 && digit <= 9) {
      number = number * 10 + digit;
      digits += 1;
    }
  }
  return number;
}

/** What events have told of the last decision. */
export interface Told {
  readonly allocated: readonly IpAddress[];
  readonly taken?: string | undefined;
  readonly failed?: string | undefined;
  readonly lacking?: string | undefined;
}

export const nothingTold: Told = { allocated: noAddresses };

/** The order in which Services are served: the older first, then by uid. */
export function compareAge(left: Member, right: Member): number {
  if (left.second !== right.second) {
    return left.second - right.second;
  }
  if (left.created !== right.created) {
    return left.created < right.created ? -1 : 1;
  }
  if (left.uid === right.uid) {
    return 0;
  }
  return left.uid < right.uid ? -1 : 1;
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
export function isSettled({ isDecided, wanted, pool, published, view }: Member): boolean {
  return (
    isDecided &&
    pool === view?.allocatedFrom &&
    wanted.length === published.length &&
    wanted.every((address, index) => published[index]?.value === address.value)
  );
}
