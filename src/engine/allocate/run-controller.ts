import type { AllocatorOptions } from '../../domain/allocation/native/allocator.ts';
import type { Digest } from '../../domain/digest.ts';
import type { Failure } from '../../domain/failure.ts';
import type { MetricFamily } from '../../domain/metrics/metric-family.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../../ports/cluster.ts';
import type { ClusterWatcher } from '../../ports/cluster-watch.ts';
import type { Log } from '../../ports/log.ts';
import type { ObjectReplacer } from '../../ports/object-replacer.ts';
import type { StatusWriter } from '../../ports/status-writer.ts';
import { AllocationLoop } from './allocation-loop.ts';
import { AllocationState } from './allocation-state.ts';
import { reportConfiguration } from './configuration-report.ts';
import { ControllerFigures } from './controller-figures.ts';
import { controllerMetrics } from './controller-metrics.ts';
import { defaultElection, electLeader } from './elect-leader.ts';
import { EventQueue } from './event-queue.ts';
import { type FollowedKind, followedKinds } from './followed-kinds.ts';
import { keepMemberlistKey, type MemberlistKey } from './memberlist-key.ts';
import { PoolStatusWriter } from './pool-status-writer.ts';
import { ServiceWriter } from './service-writer.ts';

export interface ControllerParts {
  readonly reader: ClusterReader;
  readonly writer: ClusterWriter & ObjectReplacer;
  readonly statuses: StatusWriter;
  readonly watcher: ClusterWatcher;
  readonly clock: Clock;
  readonly digest: Digest;
  /** At least 0 and below 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly namespace: string;
  /** Unique for each process. */
  readonly identity: string;
  /** Without an election it allocates at once, beside whoever else does. */
  readonly elects: boolean;
  readonly allocation: AllocatorOptions;
  /** The Secret with the key of upstream's speakers, which the controller makes where it isn't there. */
  readonly memberlist: MemberlistKey | undefined;
}

/** A watch that heard nothing for that long is stale: API servers send a bookmark a minute, and it mends itself well before. */
const longestSilenceMs = 180_000;
/** A loop that leads and did not come round for that long hangs. */
const longestPauseMs = 60_000;
const refreshMs = 1_000;
const syncPollMs = 20;
/** How long the last status of pools may hold up a leader that stops. */
const lastStatusMs = 1_000;

/** A controller that allocates addresses to Services. Made, run once, and asked how it is. */
export class Controller {
  private readonly parts: ControllerParts;
  private readonly state: AllocationState;
  private readonly figures = new ControllerFigures();
  private readonly events: EventQueue;
  private readonly loop: AllocationLoop;
  private readonly kinds: readonly FollowedKind[];
  private toldRefusal: string | undefined;
  private isLeading = false;

  /** The signal ends it. */
  constructor(parts: ControllerParts, signal: AbortSignal) {
    const { reader, writer, statuses, clock, namespace, digest, random, log } = parts;
    this.parts = parts;
    this.state = new AllocationState({ reader, writer, clock, signal, namespace }, parts.allocation);
    this.events = new EventQueue({
      writer,
      clock,
      digest,
      isBusy: () => this.loop.depth > 0,
      onDropped: () => {
        this.figures.eventsDropped += 1;
      },
    });
    const { state, events, figures } = this;
    const serviceWriter = new ServiceWriter({ state, reader, statuses });
    this.loop = new AllocationLoop({ state, writer: serviceWriter, events, figures, clock, random, log });
    this.kinds = followedKinds(this.state, namespace, clock);
  }

  /** Why it cannot be relied on any more, as it stands now; undefined where all is well. */
  unhealthy(): string | undefined {
    for (const { kind, sink } of this.kinds) {
      if ((sink.silentForMs ?? 0) > longestSilenceMs) {
        return `nothing was heard of ${kind} objects for too long`;
      }
    }
    const pause = this.parts.clock.monotonic() - this.loop.lastBeat;
    return this.isLeading && pause > longestPauseMs ? 'the loop that allocates does not come round' : undefined;
  }

  /** Why it is not ready; undefined where it knows the cluster, whether it leads or stands by. */
  unready(): string | undefined {
    const missing = this.kinds.filter(({ sink }) => !sink.isSynced).map(({ kind }) => kind);
    return missing.length === 0 ? undefined : `not yet known: ${missing.join(', ')}`;
  }

  metrics(): readonly MetricFamily[] {
    return controllerMetrics({
      state: this.state,
      figures: this.figures,
      depth: this.loop.depth,
      queuedEvents: this.events.size,
      isLeading: this.isLeading,
      staleness: this.kinds.map(({ kind, sink }) => [kind, (sink.silentForMs ?? 0) / 1_000]),
    });
  }

  /** Runs until the signal is aborted. Rejects with what no repetition can mend. */
  async run(signal: AbortSignal): Promise<void> {
    const ending = new AbortController();
    const stop = (): void => {
      ending.abort();
    };
    signal.addEventListener('abort', stop, { once: true });
    const { signal: ended } = ending;
    const work = [...this.follow(ended), this.refresh(ownSignal(ended)), this.allocate(ended)];
    try {
      await Promise.all(work);
    } finally {
      stop();
      signal.removeEventListener('abort', stop);
      await Promise.allSettled(work);
    }
  }

  private follow(signal: AbortSignal): readonly Promise<void>[] {
    const { watcher } = this.parts;
    return this.kinds.map(({ apiVersion, kind, options, sink }) =>
      watcher.follow(apiVersion, kind, options, sink, ownSignal(signal)),
    );
  }

  /** Also while another leads: what is measured stays true, and a change of leader finds nothing left to learn. */
  private async refresh(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // Before all is known, there would seem to be no pools, and that is a configuration that takes every address away.
      if (this.unready() === undefined) {
        this.state.refresh();
        this.state.checkWithheld();
        this.tellConfiguration();
      }
      await this.parts.clock.sleep(refreshMs, signal).catch(() => undefined);
    }
  }

  private tellConfiguration(): void {
    const { refusal } = this.state.pools;
    if (refusal !== this.toldRefusal) {
      this.toldRefusal = refusal;
      if (refusal === undefined) {
        this.parts.log.write('info', 'the configuration is taken again');
      } else {
        this.parts.log.write('error', 'the configuration is refused, the last good one counts', { error: refusal });
      }
    }
  }

  private async allocate(signal: AbortSignal): Promise<void> {
    const { clock, elects, reader, writer, namespace, identity, log } = this.parts;
    while (this.unready() !== undefined && !signal.aborted) {
      await clock.sleep(syncPollMs, signal).catch(() => undefined);
    }
    if (!elects) {
      this.leads(true);
      await this.lead(signal, signal);
      return;
    }
    const lead = (leading: AbortSignal): Promise<void> => this.lead(leading, signal);
    const onLeading = (isLeading: boolean): void => {
      this.leads(isLeading);
    };
    const onTrouble = (failure: Failure): void => {
      log.write('warn', 'the election met trouble', { error: failure.message });
    };
    const terms = { namespace, identity, timing: defaultElection };
    await electLeader({ reader, writer, clock, ...terms, lead, onTrouble, onLeading }, signal);
  }

  private leads(isLeading: boolean): void {
    this.isLeading = isLeading;
    this.parts.log.write('info', isLeading ? 'allocating' : 'standing by');
  }

  /** `stopping` ends the whole controller: the lead isn't lost then, and what it leaves behind shall be true. */
  private async lead(signal: AbortSignal, stopping: AbortSignal): Promise<void> {
    const { state, parts } = this;
    const poolStatus = new PoolStatusWriter({ ...parts, state });
    await Promise.all([
      this.loop.lead(ownSignal(signal)),
      poolStatus.run(ownSignal(signal)),
      reportConfiguration({ ...parts, pools: state.pools }, ownSignal(signal)),
      this.events.run(ownSignal(signal)),
      keepMemberlistKey(parts, ownSignal(signal)),
    ]);
    if (stopping.aborted) {
      await poolStatus.finish(lastStatusMs);
    }
  }
}

/** One for each part that runs beside others: so many waiting on a single signal would look like a leak of listeners. */
function ownSignal(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal]);
}
