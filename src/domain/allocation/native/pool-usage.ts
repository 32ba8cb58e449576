import type { FamilyState, PoolState } from './pool-state.ts';

/** Exact at any size. */
export interface FamilyUsage {
  readonly total: bigint;
  /** Held by Services; a shared address counts once. */
  readonly inUse: bigint;
  /** Kept for Services that were deleted. */
  readonly reserved: bigint;
  readonly free: bigint;
}

export interface PoolUsage {
  readonly pool: string;
  readonly ipv4: FamilyUsage;
  readonly ipv6: FamilyUsage;
}

export function usageOf(state: PoolState): PoolUsage {
  return { pool: state.pool.name, ipv4: familyUsage(state.ipv4), ipv6: familyUsage(state.ipv6) };
}

function familyUsage({ capacity, taken, reserved }: FamilyState): FamilyUsage {
  return {
    total: capacity,
    inUse: BigInt(taken - reserved),
    reserved: BigInt(reserved),
    free: capacity - BigInt(taken),
  };
}
