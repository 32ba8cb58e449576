import { type AddressKey, addressKey, addressOfKey } from '../address/address-key.ts';
import type { IpAddress, IpFamily } from '../address/ip-address.ts';
import { poolContains } from '../pool/pool-addresses.ts';
import { type AllocationPool, compareInPool, poolAddresses } from './pool-config.ts';
import { serviceKey, type ServiceView } from './service-view.ts';
import { sharingConflict } from './sharing.ts';

/** A pool's addresses that a ledger leaves free, in order, found as far as they are asked for. */
interface FreeList {
  readonly found: IpAddress[];
  readonly rest: Generator<IpAddress, void, undefined>;
}

const noHolders: readonly ServiceView[] = [];

/**
 * Who holds which address. A ledger may stand on a base, whose entries count as its own; the base must not change from
 * then on, so that what it leaves free is searched only once.
 */
export class Ledger {
  private readonly base: Ledger | undefined;
  private readonly holders: Map<AddressKey, readonly ServiceView[]>;
  private readonly sharedAddresses: Map<string, ReadonlySet<AddressKey>>;
  private readonly freeLists = new Map<AllocationPool, { [family in IpFamily]?: FreeList }>();
  private cursors = new Map<AllocationPool, { [family in IpFamily]?: number }>();

  constructor(base?: Ledger, original?: Ledger) {
    this.base = base;
    this.holders = new Map(original?.holders);
    this.sharedAddresses = new Map(original?.sharedAddresses);
  }

  /** One that starts with the same entries on the same base. */
  copy(): Ledger {
    const copied = new Ledger(this.base, this);
    copied.cursors = new Map(this.cursors);
    return copied;
  }

  claim(service: ServiceView, addresses: readonly IpAddress[]): void {
    for (const address of addresses) {
      const key = addressKey(address);
      const holders = this.holders.get(key);
      this.holders.set(key, holders === undefined ? [service] : [...holders, service]);
      if (service.sharingKey !== '') {
        const shared = this.sharedAddresses.get(service.sharingKey) ?? [];
        this.sharedAddresses.set(service.sharingKey, new Set([...shared, key]));
      }
    }
  }

  release(service: ServiceView, addresses: readonly IpAddress[]): void {
    const name = serviceKey(service);
    for (const address of addresses) {
      const key = addressKey(address);
      const left = (this.holders.get(key) ?? []).filter((holder) => serviceKey(holder) !== name);
      if (left.length > 0) {
        this.holders.set(key, left);
      } else {
        this.holders.delete(key);
        this.cursors = new Map();
      }
    }
  }

  /** Why the Service cannot have the address beside those who hold it; undefined where it can. */
  conflict(service: ServiceView, address: IpAddress): string | undefined {
    const key = addressKey(address);
    const own = this.holders.get(key) ?? noHolders;
    for (const holder of own) {
      const reason = sharingConflict(service, holder);
      if (reason !== undefined) {
        return reason;
      }
    }
    return this.base?.conflict(service, address);
  }

  /** The first address of the pool, in its order, that the Service can have. */
  firstFitting(service: ServiceView, pool: AllocationPool, family: IpFamily): IpAddress | undefined {
    const free = this.firstFree(pool, family);
    if (service.sharingKey === '') {
      return free;
    }
    const candidates = [...this.sharedWith(service.sharingKey)]
      .map((key) => addressOfKey(key))
      .filter(
        (address) =>
          address.family === family &&
          this.isHeld(addressKey(address)) &&
          poolContains(pool.view.addresses, address) &&
          this.conflict(service, address) === undefined,
      );
    return [...candidates, ...(free === undefined ? [] : [free])].toSorted((left, right) =>
      compareInPool(pool, left, right),
    )[0];
  }

  private isHeld(key: AddressKey): boolean {
    return this.holders.has(key) || this.base?.isHeld(key) === true;
  }

  private sharedWith(sharingKey: string): ReadonlySet<AddressKey> {
    const own = this.sharedAddresses.get(sharingKey) ?? new Set<AddressKey>();
    return this.base === undefined ? own : new Set([...own, ...this.base.sharedWith(sharingKey)]);
  }

  private firstFree(pool: AllocationPool, family: IpFamily): IpAddress | undefined {
    const list = this.base === undefined ? this.listOf(pool, family, false) : this.base.listOf(pool, family, true);
    const cursors = this.cursors.get(pool) ?? {};
    for (let index = cursors[family] ?? 0; ; index += 1) {
      const address = nextOf(list, index);
      if (address === undefined || !this.holders.has(addressKey(address))) {
        this.cursors.set(pool, { ...cursors, [family]: index });
        return address;
      }
    }
  }

  private listOf(pool: AllocationPool, family: IpFamily, freeOnly: boolean): FreeList {
    const lists = this.freeLists.get(pool) ?? {};
    this.freeLists.set(pool, lists);
    lists[family] ??= { found: [], rest: freeOnly ? this.freeAddresses(pool, family) : poolAddresses(pool, family) };
    return lists[family];
  }

  private *freeAddresses(pool: AllocationPool, family: IpFamily): Generator<IpAddress, void, undefined> {
    for (const address of poolAddresses(pool, family)) {
      if (!this.holders.has(addressKey(address))) {
        yield address;
      }
    }
  }
}

function nextOf(list: FreeList, index: number): IpAddress | undefined {
  while (list.found.length <= index) {
    const next = list.rest.next();
    if (next.done === true) {
      return undefined;
    }
    list.found.push(next.value);
  }
  return list.found[index];
}
