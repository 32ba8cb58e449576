import type { AddressPlan } from '../domain/address-plan/address-plan.ts';
import type { MetalLbSettings } from '../domain/environment/environment.ts';
import { confirmEntries, withoutEntries, type ConfirmedWrite } from '../domain/inventory/widen.ts';
import type { Inventory } from '../domain/inventory/inventory.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import { objectKey, type ObjectKey } from '../domain/manifest/object-id.ts';
import type { Change, Plan } from '../domain/plan/plan.ts';
import type { FailureNote, RunEvent, RunOutcome } from '../domain/report/run-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../ports/cluster.ts';
import type { PodReader } from '../ports/pod-reader.ts';
import type { WritingChange } from './apply-change.ts';
import type { InventoryKeeper } from './keep-inventory.ts';

type Emit = (event: DistributiveOmit<RunEvent, 'at'>) => void;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export interface ApplyRun {
  readonly reader: ClusterReader & PodReader;
  readonly writer: ClusterWriter;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emit: Emit;
  readonly plan: Plan;
  readonly metallb: MetalLbSettings;
  /** What the plan says of Services; undefined where they could not be read. */
  readonly addresses: AddressPlan | undefined;
  /** Live objects the plan was made on. */
  readonly live: ReadonlyMap<ObjectKey, KubeObject>;
  readonly keeper: InventoryKeeper;
  readonly waveTimeoutMs: number;
}

/** What the configuration wants, in contrast to what it no longer does. */
export type PlannedChange = Extract<Change, { readonly object: KubeObject } | { readonly action: 'skip' }>;

export function isPlanned(change: Change): change is PlannedChange {
  return 'object' in change || change.action === 'skip';
}

export function isWriting(change: Change): change is WritingChange {
  return change.action === 'create' || change.action === 'update';
}

export interface Stop {
  readonly outcome: RunOutcome;
  readonly failure: FailureNote | undefined;
}

/** What a run carries from step to step: the inventory as it was saved, what was confirmed since, and what was written. */
export interface Progress {
  inventory: Inventory;
  readonly confirmed: ConfirmedWrite[];
  applied: number;
  readonly live: Map<ObjectKey, KubeObject>;
  /** Monotonic time of the last write. */
  wroteAt: number | undefined;
  /** Changes that a transition has made already. */
  readonly done: Set<ObjectKey>;
}

/** What is kept is ours too: an entry that was lost or never confirmed is made good without a write to the object. */
export function confirmKept(progress: Progress, change: PlannedChange): void {
  if (change.action === 'keep') {
    const entry = progress.inventory.entries.get(objectKey(change.id));
    const known = entry?.state === 'applied' && entry.hash === change.hash && entry.uid === change.live.uid;
    if (!known) {
      progress.confirmed.push({ change, uid: change.live.uid });
    }
  }
}

/** Moves what was confirmed into the inventory. */
export function settle(progress: Progress): Inventory {
  if (progress.confirmed.length > 0) {
    progress.inventory = confirmEntries(progress.inventory, progress.confirmed.splice(0));
  }
  return progress.inventory;
}

/** Takes entries out of the inventory whose objects are known to be gone. */
export async function forgetGone(run: ApplyRun, progress: Progress, gone: ReadonlySet<ObjectKey>): Promise<void> {
  if (gone.size > 0) {
    progress.inventory = withoutEntries(settle(progress), gone);
    await run.keeper.save(progress.inventory);
  }
}
