import type { AddressPlan } from '../domain/address-plan/address-plan.ts';
import { evidenceOf } from '../domain/health/evidence.ts';
import type { Health } from '../domain/health/health.ts';
import { serviceAddressHealth } from '../domain/health/service-addresses.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import type { Waiting } from '../domain/report/run-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader } from '../ports/cluster.ts';
import { eventsOf } from './read-evidence.ts';
import { withRetry } from './with-retry.ts';

const firstPollMs = 150;
const slowestPollMs = 1_000;
/** Services that are named while they are waited for; the others are counted. */
const namedAtMost = 20;

export interface ServicesGate {
  readonly reader: ClusterReader;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly planned: AddressPlan;
  /** Monotonic time at which waiting ends. */
  readonly deadline: number;
  readonly onWaiting: (waiting: readonly Waiting[]) => void;
}

export interface ServicesVerdict {
  /** Services that hold what they should. */
  readonly good: number;
  /** Services that were without an address before and still are. */
  readonly pending: readonly string[];
  readonly waiting: readonly Waiting[];
}

interface Judged {
  readonly name: string;
  readonly live: KubeObject | undefined;
  readonly waiting: Omit<Waiting, 'evidence'>;
}

async function judgeAll(gate: ServicesGate, since: Map<string, number>): Promise<readonly Judged[]> {
  const list = await withRetry(() => gate.reader.list('v1', 'Service', {}, gate.signal), gate);
  const live = new Map(
    list.items.map((object) => [`${object.metadata.namespace ?? ''}/${object.metadata.name}`, object]),
  );
  return gate.planned.services.map((planned): Judged => {
    const name = `${planned.namespace}/${planned.name}`;
    const health: Health = serviceAddressHealth(planned, live.get(name));
    if (health.status === 'InProgress' && !since.has(name)) {
      since.set(name, gate.clock.now());
    }
    const id = { group: '', kind: 'Service', namespace: planned.namespace, name: planned.name };
    return { name, live: live.get(name), waiting: { id, health, since: since.get(name) ?? gate.clock.now() } };
  });
}

async function explained(gate: ServicesGate, unhealthy: readonly Judged[]): Promise<readonly Waiting[]> {
  return Promise.all(
    unhealthy.slice(0, namedAtMost).map(async ({ live, waiting }): Promise<Waiting> => {
      const events = live === undefined ? [] : await eventsOf(gate.reader, [live], gate.signal);
      return { ...waiting, evidence: live === undefined ? [] : evidenceOf(live, events) };
    }),
  );
}

/** Waits until every Service that had an address holds the one that the plan gives it, or the deadline has passed. */
export async function awaitServices(gate: ServicesGate): Promise<ServicesVerdict> {
  const since = new Map<string, number>();
  let pollMs = firstPollMs;
  for (;;) {
    const judged = await judgeAll(gate, since);
    const unhealthy = judged.filter(({ waiting }) => waiting.health.status === 'InProgress');
    const over = gate.clock.monotonic() >= gate.deadline;
    if (unhealthy.length === 0 || over) {
      return {
        good: judged.filter(({ waiting }) => waiting.health.status === 'Current').length,
        pending: judged.filter(({ waiting }) => waiting.health.status === 'Unknown').map(({ name }) => name),
        waiting: await explained(gate, unhealthy),
      };
    }
    gate.onWaiting(unhealthy.slice(0, namedAtMost).map(({ waiting }) => ({ ...waiting, evidence: [] })));
    await gate.clock.sleep(pollMs, gate.signal);
    pollMs = Math.min(pollMs * 1.5, slowestPollMs);
  }
}
