import type { AddressKey } from '../../address/address-key.ts';
import type { IpAddress, IpFamily } from '../../address/ip-address.ts';
import { poolCapacity } from '../../pool/pool-addresses.ts';
import type { AllocationPool } from '../pool-config.ts';
import { FreeWalk } from './free-walk.ts';
import type { Member } from './member.ts';

/** An address that somebody holds, or that is kept for somebody. */
export interface Slot {
  readonly address: IpAddress;
  readonly key: AddressKey;
  readonly holders: Member[];
  /** The `namespace/name` it is kept for after its Service was deleted. */
  reservedFor: string | undefined;
  pool: PoolState | undefined;
}

/** A pool with what is in use of it. */
export interface PoolState {
  readonly pool: AllocationPool;
  readonly slots: Set<Slot>;
  readonly ipv4: FamilyState;
  readonly ipv6: FamilyState;
}

export interface FamilyState {
  readonly capacity: bigint;
  readonly walk: FreeWalk;
  taken: number;
  reserved: number;
}

/** A pool none of whose addresses is in use. */
export function unusedPool(pool: AllocationPool): PoolState {
  const family = (name: IpFamily): FamilyState => ({
    capacity: poolCapacity(pool.view.addresses, name),
    walk: new FreeWalk(pool, name),
    taken: 0,
    reserved: 0,
  });
  return { pool, slots: new Set(), ipv4: family('ipv4'), ipv6: family('ipv6') };
}
