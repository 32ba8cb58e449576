import { evidenceOf } from '../domain/health/evidence.ts';
import { assessHealth } from '../domain/health/assess-health.ts';
import type { Health } from '../domain/health/health.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import { keyOf, objectIdOf, type ObjectKey } from '../domain/manifest/object-id.ts';
import type { Waiting } from '../domain/report/run-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader } from '../ports/cluster.ts';
import { inParallel } from './in-parallel.ts';
import { observe } from './observe.ts';
import { podsOf, eventsOf } from './read-evidence.ts';
import { servedHealth } from './served-kinds.ts';
import { webhookGate } from './webhook-gate.ts';
import { withRetry } from './with-retry.ts';

const firstPollMs = 100;
const slowestPollMs = 2_000;
const evidenceEveryPolls = 5;
const requestsInFlight = 16;

export interface Gate {
  readonly reader: ClusterReader;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The objects of the step, as they were applied. */
  readonly objects: readonly KubeObject[];
  /** Webhook configurations that the step's Deployments answer for. */
  readonly webhooks: readonly KubeObject[];
  /** Live states read just before; spares the first round of requests where all are healthy already. */
  readonly known: ReadonlyMap<ObjectKey, KubeObject>;
  /** Monotonic time at which waiting ends. */
  readonly deadline: number;
  readonly onWaiting: (waiting: readonly Waiting[]) => void;
}

interface Judged {
  readonly object: KubeObject;
  readonly live: KubeObject | undefined;
  readonly health: Health;
}

async function judge(gate: Gate, object: KubeObject, live: KubeObject | undefined): Promise<Judged> {
  const health = assessHealth(live);
  if (health.status !== 'Current' || live === undefined) {
    return { object, live, health };
  }
  const further =
    (await withRetry(() => servedHealth(gate.reader, live, gate.signal), gate)) ??
    (live.kind === 'Deployment'
      ? await withRetry(() => webhookGate(gate.reader, gate.webhooks, gate.signal), gate)
      : undefined);
  return { object, live, health: further ?? health };
}

async function judgeAll(gate: Gate, live: ReadonlyMap<ObjectKey, KubeObject>): Promise<readonly Judged[]> {
  const judged = await inParallel(gate.objects, requestsInFlight, (object) =>
    judge(gate, object, live.get(keyOf(object))),
  );
  return judged.filter((one) => one.health.status !== 'Current');
}

async function readLive(gate: Gate): Promise<ReadonlyMap<ObjectKey, KubeObject>> {
  const wanted = gate.objects.map((object) => ({ apiVersion: object.apiVersion, id: objectIdOf(object) }));
  const observation = await observe(gate, wanted);
  return observation.live;
}

async function evidence(gate: Gate, one: Judged): Promise<readonly string[]> {
  if (one.live === undefined) {
    return [];
  }
  const pods = await podsOf(gate.reader, one.live, gate.signal);
  const events = await eventsOf(gate.reader, [one.live, ...pods], gate.signal);
  return evidenceOf(one.live, events, pods);
}

/**
 * Waits until every object of a step is healthy, or the deadline has passed. Gives what is still waited for: nothing means
 * healthy. An object that has failed for good ends the wait at once.
 */
export async function awaitHealth(gate: Gate): Promise<readonly Waiting[]> {
  const since = new Map<ObjectKey, number>();
  let live = gate.known;
  let pollMs = firstPollMs;
  for (let poll = 0; ; poll += 1) {
    const unhealthy = await judgeAll(gate, live);
    if (unhealthy.length === 0) {
      return [];
    }
    const over = gate.clock.monotonic() >= gate.deadline || unhealthy.some((one) => one.health.status === 'Failed');
    const withEvidence = over || poll % evidenceEveryPolls === evidenceEveryPolls - 1;
    const waiting = await inParallel(unhealthy, requestsInFlight, async (one): Promise<Waiting> => {
      const key = keyOf(one.object);
      const first = since.get(key) ?? gate.clock.now();
      since.set(key, first);
      const lines = withEvidence ? await evidence(gate, one) : [];
      return { id: objectIdOf(one.object), since: first, health: one.health, evidence: lines };
    });
    if (over && poll > 0) {
      return waiting;
    }
    gate.onWaiting(waiting);
    await gate.clock.sleep(pollMs, gate.signal);
    pollMs = Math.min(pollMs * 1.5, slowestPollMs);
    live = await readLive(gate);
  }
}
