import type { Clock } from '../../../ports/clock.ts';
import type { ObjectStore } from '../object-store.ts';
import type { ClusterState } from './cluster-state.ts';
import { establishDefinitions } from './definitions.ts';
import { keepEndpoints } from './endpoints.ts';
import { giveAddresses } from './load-balancers.ts';
import { startPods } from './workload-pods.ts';
import { rollDaemonSets, rollDeployments } from './workloads.ts';

export interface ControlLoopSettings {
  readonly store: ObjectStore;
  readonly state: ClusterState;
  readonly clock: Clock;
  readonly timestamp: () => string;
  /** How long a container takes to run. */
  readonly podStartMs: number;
}

/** Writes of one moment are looked at together. */
const settleMs = 5;

/**
 * The controllers of the sandbox: after any write, and when a pod's time comes, one pass over everything brings status and
 * dependents in line. Passes depend on what is stored alone, so nothing is lost between them. Ends at the signal.
 */
export async function runControlLoop(settings: ControlLoopSettings, signal: AbortSignal): Promise<void> {
  const { store, clock } = settings;
  let wake = new AbortController();
  let seen = -1;
  const unsubscribe = store.subscribe(() => wake.abort());
  try {
    while (!signal.aborted) {
      wake = new AbortController();
      let due: number | undefined;
      // A pass may cause work for the next; it has settled when a pass writes nothing.
      for (let pass = 0; pass < 20 && seen !== store.revision; pass += 1) {
        seen = store.revision;
        due = runPass(settings);
      }
      due ??= startPods(settings.state, podTimes(settings));
      const isSettled = seen === store.revision;
      if (isSettled) {
        await rest(clock, due ?? 3_600_000, AbortSignal.any([signal, wake.signal]));
        seen = -1;
      }
      await rest(clock, settleMs, signal);
    }
  } finally {
    unsubscribe();
  }
}

async function rest(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  await clock.sleep(ms, signal).catch(() => undefined);
}

function runPass(settings: ControlLoopSettings): number | undefined {
  const { state, timestamp } = settings;
  establishDefinitions(state, timestamp);
  keepAccounts(state);
  rollDeployments(state, timestamp());
  rollDaemonSets(state);
  const due = startPods(state, podTimes(settings));
  keepEndpoints(state);
  giveAddresses(state);
  return due;
}

function podTimes({ clock, timestamp, podStartMs }: ControlLoopSettings): {
  now: number;
  timestamp: string;
  startMs: number;
} {
  return { now: clock.now(), timestamp: timestamp(), startMs: podStartMs };
}

/** Every namespace has its `default` ServiceAccount. */
function keepAccounts(state: ClusterState): void {
  for (const namespace of state.list('', 'Namespace')) {
    const { name } = namespace.metadata;
    if (state.get('', 'ServiceAccount', name, 'default') === undefined) {
      const metadata = { name: 'default', namespace: name };
      state.ensure({ apiVersion: 'v1', kind: 'ServiceAccount', metadata }, 'kube-controller-manager');
    }
  }
}
