/** When a lock is renewed and what its holder may still send. All in milliseconds. */
export interface LockTiming {
  /** Without a renewal the lock ends after this long. */
  readonly leaseMs: number;
  readonly renewEveryMs: number;
  /** How soon a renewal that failed is tried again. */
  readonly tryAgainMs: number;
  /** A create is sent only while at least this much of the lock is left: nothing else fences it. */
  readonly createNeedsMs: number;
  /** How long the server may take over a write. Shorter than `createNeedsMs`, so that a create ends inside the lock. */
  readonly writeTimeoutMs: number;
}

export const defaultLeaseMs = 30_000;

/** The parts of a lease of that length; it is a whole number of seconds, as Kubernetes counts leases. */
export function lockTiming(leaseMs: number): LockTiming {
  return {
    leaseMs,
    renewEveryMs: leaseMs / 6,
    tryAgainMs: leaseMs / 30,
    createNeedsMs: leaseMs / 2,
    writeTimeoutMs: (leaseMs * 2) / 5,
  };
}
