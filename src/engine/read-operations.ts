import type { History } from '../domain/history/history.ts';
import { leaseApiVersion, leaseIdOf, type LockHolder, readLease } from '../domain/lock/lease.ts';
import { syncLease } from '../domain/lock/sync-lease.ts';
import { type HistoryRequest, readHistory } from './keep-history.ts';
import { withRetry } from './with-retry.ts';

/** What an environment's cluster says of its runs: what was, and who is at work. */
export interface Operations {
  readonly history: History;
  readonly holder: LockHolder | undefined;
}

/** Reads history and lock. Changes nothing. */
export async function readOperations(request: HistoryRequest): Promise<Operations> {
  const { reader, signal, environment } = request;
  const history = await readHistory(request);
  const lease = await withRetry(() => reader.get(leaseApiVersion, leaseIdOf(syncLease(environment)), signal), request);
  return { history, holder: lease && readLease(lease).holder };
}
