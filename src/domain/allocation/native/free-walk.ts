import type { AddressKey } from '../../address/address-key.ts';
import { ipAddress, type IpAddress, type IpFamily } from '../../address/ip-address.ts';
import type { IpRange } from '../../address/ip-range.ts';
import { poolContains } from '../../pool/pool-addresses.ts';
import type { AllocationPool } from '../pool-config.ts';
import { PriorityQueue } from './priority-queue.ts';

/** Where in the pool's order of allocation an address stands. */
interface Place {
  readonly range: number;
  readonly value: bigint;
}

function comparePlaces(left: Place, right: Place): number {
  return left.range - right.range || Number(left.value > right.value) - Number(left.value < right.value);
}

/**
 * Finds a pool's first free address of one family without searching from the start: a front before which nothing is free
 * but what was given back since. Together the calls cost the number of addresses taken and given back, not the pool's size.
 */
export class FreeWalk {
  private readonly pool: AllocationPool;
  private readonly family: IpFamily;
  private readonly ranges: readonly IpRange[];
  /** Indexes of `ranges` by first address. */
  private readonly sorted: readonly number[];
  private readonly returned = new PriorityQueue<Place>(comparePlaces);
  private readonly queued = new Set<bigint>();
  private range = 0;
  private value: bigint;

  constructor(pool: AllocationPool, family: IpFamily) {
    this.pool = pool;
    this.family = family;
    this.ranges = pool.view.ranges.filter((range) => range.family === family);
    this.sorted = this.ranges
      .map((_, index) => index)
      .toSorted((left, right) => Number(this.firstOf(left) > this.firstOf(right)) * 2 - 1);
    this.value = this.ranges[0]?.first ?? 0n;
  }

  /** The first address, in the pool's order, that is not taken. */
  first(isTaken: (key: AddressKey) => boolean): IpAddress | undefined {
    const returned = this.firstReturned(isTaken);
    if (returned !== undefined) {
      return ipAddress(this.family, returned);
    }
    for (;;) {
      const range = this.ranges[this.range];
      if (range === undefined) {
        return undefined;
      }
      if (this.value > range.last) {
        this.range += 1;
        this.value = this.ranges[this.range]?.first ?? 0n;
      } else if (isTaken(this.keyOf(this.value)) || !this.isUsable(this.value)) {
        this.value += 1n;
      } else {
        return ipAddress(this.family, this.value);
      }
    }
  }

  /** To be told of each address of the pool that is free again. */
  giveBack(value: bigint): void {
    const place = { range: this.rangeOf(value), value };
    const isPassed = comparePlaces(place, { range: this.range, value: this.value }) < 0;
    if (isPassed && !this.queued.has(value)) {
      this.queued.add(value);
      this.returned.add(place);
    }
  }

  private firstReturned(isTaken: (key: AddressKey) => boolean): bigint | undefined {
    for (;;) {
      const place = this.returned.first();
      if (place === undefined || !isTaken(this.keyOf(place.value))) {
        return place?.value;
      }
      this.returned.take();
      this.queued.delete(place.value);
    }
  }

  private keyOf(value: bigint): AddressKey {
    return this.family === 'ipv4' ? Number(value) : value;
  }

  private isUsable(value: bigint): boolean {
    const { addresses } = this.pool.view;
    return !addresses.avoidBuggyIPs || poolContains(addresses, ipAddress(this.family, value));
  }

  private firstOf(index: number): bigint {
    return this.ranges[index]?.first ?? 0n;
  }

  private rangeOf(value: bigint): number {
    let [low, high] = [0, this.sorted.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.firstOf(this.sorted[middle] ?? 0) <= value) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return this.sorted[low] ?? 0;
  }
}
