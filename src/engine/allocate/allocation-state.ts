import { Allocator, type AllocatorOptions } from '../../domain/allocation/native/allocator.ts';
import { ipAddress, type IpAddress } from '../../domain/address/ip-address.ts';
import { heldService } from '../../domain/publication/service-record.ts';
import type { Clock } from '../../ports/clock.ts';
import { ClaimStore } from '../claims/claim-store.ts';
import type { ClaimWorld } from '../claims/swap-block.ts';
import { PoolConfigs } from './pool-configs.ts';
import { ServiceCache } from './service-cache.ts';
import { Wake } from './wake.ts';

/** Holds addresses whose claims cannot be read; no Service has such a uid. */
const unreadable = 'claims that cannot be read';

/** All that is known of the cluster, tied together: what is seen of one is told to the others, and wakes the loop. */
export class AllocationState {
  readonly wake: Wake;
  readonly services: ServiceCache;
  readonly pools: PoolConfigs;
  readonly claims: ClaimStore;
  readonly allocator: Allocator;
  readonly lbClass: string | undefined;
  /** Services to look at beside those whose decision may have changed. */
  readonly again: Set<string> = new Set();
  private withheld = 0;

  constructor(world: ClaimWorld & { readonly clock: Clock }, options: AllocatorOptions) {
    this.lbClass = options.lbClass;
    this.wake = new Wake(world.clock);
    this.allocator = new Allocator(options);
    this.pools = new PoolConfigs(() => {
      this.wake.raise();
    });
    this.services = new ServiceCache({
      changed: (record) => {
        this.allocator.put(heldService(record));
        if (this.claims.claimsOf(record.uid).length > record.view.held.length) {
          this.again.add(record.uid);
        }
        this.wake.raise();
      },
      gone: (uid) => {
        this.allocator.remove(uid, world.clock.monotonic());
        this.look(uid);
      },
    });
    this.claims = new ClaimStore(world, (uids) => {
      for (const uid of uids) {
        this.claimsChanged(uid);
      }
    });
  }

  /** Has the loop look at a Service. */
  look(uid: string): void {
    this.again.add(uid);
    this.wake.raise();
  }

  /** Takes over what has changed of pools and namespaces. Nothing is decided before the first good configuration. */
  refresh(): void {
    const { config } = this.pools;
    if (this.pools.refresh() && this.pools.config !== undefined && this.pools.config !== config) {
      this.allocator.setPools(this.pools.config);
    }
  }

  /** To be called after the blocks were seen anew: what cannot be read is given to nobody. */
  checkWithheld(): void {
    const ranges = this.claims.withheld();
    if (ranges.length > 0 || this.withheld > 0) {
      const addresses: IpAddress[] = [];
      for (const { family, first, last } of ranges) {
        for (let value = first; value <= last; value += 1n) {
          addresses.push(ipAddress(family, value));
        }
      }
      this.withheld = addresses.length;
      this.allocator.setClaimed(unreadable, addresses);
      this.wake.raise();
    }
  }

  private claimsChanged(uid: string): void {
    const addresses = this.claims.claimsOf(uid).map(({ address }) => address);
    this.allocator.setClaimed(uid, addresses);
    if (!this.services.records.has(uid) && addresses.length > 0) {
      this.again.add(uid);
    }
    this.wake.raise();
  }
}
