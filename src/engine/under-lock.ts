import type { ClusterWriter } from '../ports/cluster.ts';
import { acquireLock, type LockRequest } from './acquire-lock.ts';
import { fencedWriter } from './held-lock.ts';

/** What work under a lock uses in place of its own: writes end with the lock, and so does the work. */
export interface LockedWorld {
  readonly writer: ClusterWriter;
  readonly signal: AbortSignal;
}

/** Does something while no sync of the environment runs. Throws `lock-held` where one does. */
export async function underLock<T>(request: LockRequest, work: (world: LockedWorld) => Promise<T>): Promise<T> {
  const lock = await acquireLock(request);
  try {
    const writer = fencedWriter(request.writer, lock, request.timing);
    return await work({ writer, signal: AbortSignal.any([request.signal, lock.lost]) });
  } finally {
    await lock.release();
  }
}
