import type { Failure } from '../../domain/failure.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { Clock } from '../../ports/clock.ts';
import type { WatchSink } from '../../ports/cluster-watch.ts';

/** What is done with what a watch tells. */
export type SinkWork = Pick<WatchSink, 'replaced' | 'put' | 'gone'>;

/** Passes on what a watch tells to who keeps it in a form of his own, and knows how fresh that is. */
export class HeardSink implements WatchSink {
  private readonly clock: Clock;
  private readonly work: SinkWork;
  private heardAt: number | undefined;
  private isListed = false;
  private lastTrouble: Failure | undefined;

  constructor(clock: Clock, work: SinkWork) {
    this.clock = clock;
    this.work = work;
  }

  /** True once there was a whole list. */
  get isSynced(): boolean {
    return this.isListed;
  }

  get trouble(): Failure | undefined {
    return this.lastTrouble;
  }

  /** Milliseconds since the server last showed that what is known is current; undefined where it never did. */
  get silentForMs(): number | undefined {
    return this.heardAt === undefined ? undefined : this.clock.monotonic() - this.heardAt;
  }

  replaced(objects: readonly KubeObject[], version: string): void {
    this.work.replaced(objects, version);
    this.isListed = true;
    this.heard();
  }

  put(object: KubeObject): void {
    this.heard();
    this.work.put(object);
  }

  gone(object: KubeObject): void {
    this.heard();
    this.work.gone(object);
  }

  heard(): void {
    this.heardAt = this.clock.monotonic();
    this.lastTrouble = undefined;
  }

  troubled(failure: Failure): void {
    this.lastTrouble = failure;
  }
}
