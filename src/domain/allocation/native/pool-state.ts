import type { AddressKey } from '../../address/address-key.ts';
import type { IpAddress, IpFamily } from '../../address/ip-address.ts';
import { poolCapacity } from '../../pool/pool-addresses.ts';
import type { AllocationPool } from '../pool-config.ts';
import { FreeWalk } from './free-walk.ts';
import type { Member } from './member.ts';
import type { Sharers } from './sharers.ts';

/** An address that somebody holds, or that is kept for somebody. */
export interface Slot {
  readonly address: IpAddress;
  readonly key: AddressKey;
  holders: Member[];
  /** The same Services, counted; where there was never more than one, and that one shares with nobody, it is left out. */
  sharers: Sharers | undefined;
  /** The `namespace/name` it is kept for after its Service was deleted. */
  reservedFor: string | undefined;
  pool: PoolState | undefined;
}

/** A pool with what is in use of it. */
export interface PoolState {
  readonly pool: AllocationPool;
  readonly ipv4: FamilyState;
  readonly ipv6: FamilyState;
}

export interface FamilyState {
  readonly capacity: bigint;
  /** The same, good for comparing with the two numbers below. */
  readonly room: number;
  readonly walk: FreeWalk;
  taken: number;
  reserved: number;
}

/** A pool none of whose addresses is in use. */
export function unusedPool(pool: AllocationPool): PoolState {
  const family = (name: IpFamily): FamilyState => {
    const capacity = poolCapacity(pool.view.addresses, name);
    return { capacity, room: Number(capacity), walk: new FreeWalk(pool, name), taken: 0, reserved: 0 };
  };
  return { pool, ipv4: family('ipv4'), ipv6: family('ipv6') };
}
