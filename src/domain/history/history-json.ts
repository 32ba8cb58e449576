import type { Json, JsonObject } from '../json.ts';
import type { LockHolder } from '../lock/lease.ts';
import { formatUtc } from '../time/utc-time.ts';
import type { History, RunRecord } from './history.ts';

function timed<T extends { readonly at: number }>({ at, ...rest }: T): Omit<T, 'at'> & { readonly at: string } {
  return { ...rest, at: formatUtc(at, 3) };
}

function runJson(run: RunRecord): Json {
  const { startedAt, durationMs, reason, services, replaces, waves, signer, ...known } = run;
  return {
    ...known,
    startedAt: formatUtc(startedAt, 3),
    durationMs: durationMs ?? null,
    signer: signer ?? null,
    reason: reason ?? null,
    waves: waves.map((wave) => ({ ...wave, durationMs: wave.durationMs ?? null })),
    services: services === undefined ? null : { ...services },
    replaces: replaces === undefined ? null : { ...replaces },
  };
}

/** The history for machines: newest run first, times in RFC 3339. Readers ignore fields they don't know. */
export function historyJson({ environment, runs, approvals, quarantine, suspension }: History): JsonObject {
  return {
    formatVersion: 1,
    environment,
    runs: runs.toReversed().map((run) => runJson(run)),
    approvals: approvals.map((approval) => timed(approval)),
    quarantine: quarantine.map((one) => timed(one)),
    suspension: suspension === undefined ? null : timed(suspension),
  };
}

/** What a status says beside the objects. */
export function operationsJson(history: History, holder: LockHolder | undefined): JsonObject {
  const { runs, quarantine = [], suspension = null } = historyJson({ ...history, runs: history.runs.slice(-3) });
  const lock =
    holder === undefined
      ? null
      : {
          holder: holder.identity,
          since: holder.since === undefined ? null : formatUtc(holder.since, 3),
          until: holder.renewed === undefined ? null : formatUtc(holder.renewed + holder.leaseMs, 3),
        };
  return { lock, suspension, quarantine, runs: runs ?? [] };
}
