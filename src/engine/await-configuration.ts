import type { ProgramReport } from '../domain/health/configuration/evidence.ts';
import { judgeConfiguration } from '../domain/health/configuration/judge-configuration.ts';
import type { Health } from '../domain/health/health.ts';
import type { Waiting } from '../domain/report/run-event.ts';
import type { Clock } from '../ports/clock.ts';
import { readConfiguration, type ConfigurationWorld } from './read-configuration.ts';

const firstPollMs = 150;
const slowestPollMs = 1_000;

export interface ConfigurationGate extends ConfigurationWorld {
  readonly clock: Clock;
  /** What the programs said before the first write. */
  readonly before: readonly ProgramReport[];
  /** Monotonic time of the last write to MetalLB's objects; undefined where nothing was written. */
  readonly wroteAt: number | undefined;
  /** Monotonic time at which waiting ends. */
  readonly deadline: number;
  readonly onWaiting: (waiting: readonly Waiting[]) => void;
}

/** Which programs have taken the configuration, which can't be asked, and which are still waited for at the end. */
export interface ConfigurationVerdict {
  readonly taken: number;
  readonly unknown: readonly { readonly pod: string; readonly why: string }[];
  readonly waiting: readonly Waiting[];
}

interface Judged {
  readonly report: ProgramReport;
  readonly health: Health;
}

async function judgeAll(gate: ConfigurationGate): Promise<readonly Judged[]> {
  const reports = await readConfiguration(gate);
  const since = gate.wroteAt === undefined ? undefined : gate.clock.monotonic() - gate.wroteAt;
  return reports.map((report) => {
    const before = gate.before.find(({ pod }) => pod === report.pod);
    return { report, health: judgeConfiguration(report.evidence, before?.evidence, since) };
  });
}

/**
 * Waits until every running program of MetalLB has taken the configuration. One that refuses it for good ends the wait;
 * one that can't be asked is not waited for: it is counted as unknown.
 */
export async function awaitConfiguration(gate: ConfigurationGate): Promise<ConfigurationVerdict> {
  const since = new Map<string, number>();
  let pollMs = firstPollMs;
  for (;;) {
    const judged = await judgeAll(gate);
    const waiting = judged
      .filter(({ health }) => health.status === 'InProgress' || health.status === 'Failed')
      .map(({ report, health }): Waiting => {
        const first = since.get(report.pod) ?? gate.clock.now();
        since.set(report.pod, first);
        const id = { group: '', kind: 'Pod', namespace: gate.metallb.namespace, name: report.pod };
        return { id, since: first, health, evidence: [] };
      });
    const failed = waiting.some(({ health }) => health.status === 'Failed');
    if (waiting.length === 0 || failed || gate.clock.monotonic() >= gate.deadline) {
      return {
        taken: judged.filter(({ health }) => health.status === 'Current').length,
        unknown: judged
          .filter(({ health }) => health.status === 'Unknown')
          .map(({ report, health }) => ({ pod: report.pod, why: health.message })),
        waiting,
      };
    }
    gate.onWaiting(waiting);
    await gate.clock.sleep(pollMs, gate.signal);
    pollMs = Math.min(pollMs * 1.5, slowestPollMs);
  }
}
