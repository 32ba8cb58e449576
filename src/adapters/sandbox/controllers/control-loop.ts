import { joinRoles } from './aggregated-roles.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { ObjectStore, StoredChange } from '../objects/object-store.ts';
import { StatusError } from '../answers/status-error.ts';
import { keepAccounts } from './accounts.ts';
import type { ClusterState } from './cluster-state.ts';
import { rollDaemonSets } from './daemon-sets.ts';
import { emptyDefinitions, establishDefinitions } from './definitions.ts';
import { rollDeployments } from './deployments.ts';
import { keepBudgets } from './disruption-budgets.ts';
import { forgetEvents } from './events.ts';
import { keepEndpoints } from './endpoints.ts';
import { collectGarbage } from './garbage-collector.ts';
import { runPods } from './kubelet.ts';
import { giveAddresses } from './load-balancers.ts';
import { emptyNamespaces } from './namespaces.ts';
import { watchNodes } from './node-lifecycle.ts';
import { RecentChanges } from './recent-changes.ts';
import { keepReplicas } from './replica-sets.ts';
import { schedulePods } from './scheduler.ts';

export interface ControlLoopSettings {
  readonly store: ObjectStore;
  readonly state: ClusterState;
  readonly clock: Clock;
  readonly timestamp: () => string;
  /** How long a container takes to run. */
  readonly podStartMs: number;
  /** Whether MetalLB's controller is simulated. */
  readonly simulatesMetalLb: boolean;
  readonly faults: FaultPlan;
}

interface PassSettings extends ControlLoopSettings {
  /** uids of the objects that went last. */
  readonly gone: ReadonlySet<string>;
}

/** Deleted objects that are remembered, so that what they owned follows. */
const goneAtMost = 100_000;
/** Writes of one moment are looked at together. */
const settleMs = 5;
/** A pass may cause work for the next; after so many the loop lets others have their turn. */
const passesAtOnce = 20;
/** How often it is looked for what ends by time alone. */
const lookEveryMs = 10_000;
/** Made once: a reason is not read, and making one costs more than the rest that it ends. */
const woken = new Error('something was written');

/**
 * The controllers of the sandbox: after any write, and when a pod's, node's or roll-out's time comes, passes over what concerns it bring
 * status and dependents in line. Passes depend on what is stored alone, so nothing is lost between them. Ends at the signal.
 */
export async function runControlLoop(given: ControlLoopSettings, signal: AbortSignal): Promise<void> {
  const { store, clock, faults } = given;
  const gone = new Set<string>();
  const settings = { ...given, gone };
  let wake = new AbortController();
  let written: StoredChange[] = [];
  const stopListening = [
    store.subscribe((change) => {
      written.push(change);
      if (change.type === 'DELETED') {
        remember(gone, change.object.metadata.uid ?? '');
      }
      wake.abort(woken);
    }),
    faults.subscribe(() => {
      wake.abort(woken);
    }),
  ];
  signal.addEventListener('abort', () => {
    wake.abort(woken);
  });
  function take(): RecentChanges {
    const changes = new RecentChanges(written);
    written = [];
    return changes;
  }
  let looked = clock.monotonic();
  try {
    runPass(settings, undefined);
    while (!signal.aborted) {
      wake = new AbortController();
      for (let pass = 0; pass < passesAtOnce && written.length > 0; pass += 1) {
        runPass(settings, take());
      }
      if (clock.monotonic() - looked >= lookEveryMs) {
        looked = clock.monotonic();
        passTime(settings);
      }
      const due = runNodes(settings);
      if (written.length === 0) {
        await rest(clock, due, wake.signal);
      }
      await rest(clock, settleMs, signal);
    }
  } finally {
    for (const stop of stopListening) {
      stop();
    }
  }
}

function remember(gone: Set<string>, uid: string): void {
  gone.add(uid);
  const [oldest] = gone;
  if (gone.size > goneAtMost && oldest !== undefined) {
    gone.delete(oldest);
  }
}

async function rest(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  await clock.sleep(ms, signal).catch(() => undefined);
}

/** One pass over what concerns the changes; over everything where none are given. */
function runPass(settings: PassSettings, changes: RecentChanges | undefined): void {
  const { state, timestamp } = settings;
  const now = timestamp();
  const concern = (...kinds: readonly string[]): boolean => changes?.concern(...kinds) ?? true;
  if (concern('CustomResourceDefinition')) {
    attempt(() => establishDefinitions(state, timestamp));
  }
  if (concern('ClusterRole')) {
    attempt(() => joinRoles(state));
  }
  attempt(() => emptyDefinitions(state, timestamp));
  attempt(() => emptyNamespaces(state, now));
  if (changes?.leaveGarbage ?? true) {
    attempt(() => collectGarbage(state, settings.gone));
  }
  if (concern('Namespace', 'ServiceAccount')) {
    attempt(() => keepAccounts(state));
  }
  if (concern('Deployment', 'ReplicaSet', 'DaemonSet', 'Pod', 'Node')) {
    attempt(() => rollDeployments(state, now));
    attempt(() => keepReplicas(state, now));
    attempt(() => rollDaemonSets(state, now));
    attempt(() => schedulePods(state, now));
  }
  runNodes(settings);
  attempt(() => keepEndpoints(state, changes));
  if (concern('PodDisruptionBudget', 'Pod')) {
    attempt(() => keepBudgets(state));
  }
  if (settings.simulatesMetalLb && concern('Deployment', 'Service', 'IPAddressPool', 'Namespace')) {
    attempt(() => giveAddresses(state));
  }
}

/** What comes to its end by time alone. */
function passTime({ state, clock, timestamp }: ControlLoopSettings): void {
  attempt(() => rollDeployments(state, timestamp()));
  attempt(() => forgetEvents(state, clock.now()));
}

/** A write that is refused, as any client's may be, leaves the other controllers to their work. */
function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof StatusError)) {
      throw error;
    }
  }
}

/** What the nodes do by themselves. Gives the milliseconds until they have to do something again. */
function runNodes({ state, clock, timestamp, podStartMs, faults }: ControlLoopSettings): number {
  const life = {
    now: clock.now(),
    timestamp: timestamp(),
    startMs: podStartMs,
    isDown: (node: string): boolean => faults.isDown(node),
    isCrashing: (image: string): boolean => faults.isCrashing(image),
  };
  let due = 1_000;
  attempt(() => {
    due = watchNodes(state, life);
  });
  attempt(() => {
    due = Math.min(due, runPods(state, life) ?? due);
  });
  return due;
}
