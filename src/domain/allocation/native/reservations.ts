import type { IpAddress } from '../../address/ip-address.ts';
import { noAddresses } from './member.ts';

/** How long the addresses of a deleted Service are kept for one of the same name, and how many at most. */
export interface ReservationPolicy {
  readonly milliseconds: number;
  readonly limit: number;
}

interface Reservation {
  readonly key: string;
  readonly addresses: readonly IpAddress[];
  readonly until: number;
}

/** Addresses kept for Services that were deleted, by `namespace/name`. */
export class Reservations {
  private readonly policy: ReservationPolicy;
  private readonly reservations = new Map<string, Reservation>();
  private count = 0;

  constructor(policy: ReservationPolicy) {
    this.policy = policy;
  }

  of(key: string): readonly IpAddress[] {
    return this.reservations.get(key)?.addresses ?? noAddresses;
  }

  /** Gives the reservations that end by it: one of the same name, and the oldest beyond the limit. */
  add(key: string, addresses: readonly IpAddress[], now: number): readonly Reservation[] {
    if (addresses.length === 0 || addresses.length > this.policy.limit) {
      return [];
    }
    const ended = this.end(key);
    this.reservations.set(key, { key, addresses, until: now + this.policy.milliseconds });
    this.count += addresses.length;
    for (const each of this.reservations.keys()) {
      if (this.count <= this.policy.limit) {
        break;
      }
      ended.push(...this.end(each));
    }
    return ended;
  }

  end(key: string): Reservation[] {
    const found = this.reservations.get(key);
    if (found === undefined) {
      return [];
    }
    this.reservations.delete(key);
    this.count -= found.addresses.length;
    return [found];
  }

  /** Ends what is over; they stand in the order in which they end, unless the clock went back. */
  expire(now: number): readonly Reservation[] {
    const over = [...this.reservations.values()].filter(({ until }) => until <= now);
    return over.flatMap(({ key }) => this.end(key));
  }

  /** When the next one ends. */
  next(): number | undefined {
    let next: number | undefined;
    for (const { until } of this.reservations.values()) {
      next = next === undefined || until < next ? until : next;
    }
    return next;
  }
}
