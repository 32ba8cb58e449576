import { backoffPause, type Growth } from '../../domain/time/backoff.ts';
import type { Clock } from '../../ports/clock.ts';

/** `soon`: somebody was faster, or the server is busy. `late`: only another Service, rule or right would help. */
const growths: { readonly [pace in RetryPace]: Growth } = {
  soon: { firstMs: 10, factor: 2, longestMs: 30_000 },
  late: { firstMs: 1_000, factor: 2, longestMs: 300_000 },
};

export type RetryPace = 'soon' | 'late';

interface Waiting {
  readonly attempts: number;
  readonly pace: RetryPace;
  /** The state in which it failed. */
  readonly version: string;
  readonly dueAt: number;
  readonly isDue: boolean;
}

/** When each Service is tried again: growing pauses of its own, so that one that always fails holds up nobody else. */
export class RetryTimes {
  private readonly clock: Clock;
  /** At least 0 and below 1. */
  private readonly random: () => number;
  private readonly waiting = new Map<string, Waiting>();

  constructor(clock: Clock, random: () => number) {
    this.clock = clock;
    this.random = random;
  }

  /** Plans the next attempt of a Service that failed in that state; `leastMs` is what the server asked for. */
  failed({ uid, version }: { readonly uid: string; readonly version: string }, pace: RetryPace, leastMs = 0): void {
    const attempts = (this.waiting.get(uid)?.attempts ?? 0) + 1;
    const pause = Math.max(backoffPause(growths[pace], attempts, this.random()), leastMs);
    this.waiting.set(uid, { attempts, pace, version, dueAt: this.clock.monotonic() + pause, isDue: false });
  }

  succeeded(uid: string): void {
    this.waiting.delete(uid);
  }

  /** True while its pause lasts. What only another state would help may be tried as soon as there is one. */
  isWaiting({ uid, version }: { readonly uid: string; readonly version: string }): boolean {
    const waiting = this.waiting.get(uid);
    if (waiting === undefined || waiting.isDue || waiting.dueAt <= this.clock.monotonic()) {
      return false;
    }
    return waiting.pace === 'soon' || waiting.version === version;
  }

  /** Those whose pause has ended since they were last asked for. Their attempts still count. */
  takeDue(): readonly string[] {
    const now = this.clock.monotonic();
    const due = [...this.waiting].filter(([, { isDue, dueAt }]) => !isDue && dueAt <= now);
    for (const [uid, waiting] of due) {
      this.waiting.set(uid, { ...waiting, isDue: true });
    }
    return due.map(([uid]) => uid);
  }

  /** Milliseconds until the next pause ends; undefined where none lasts. */
  nextDueIn(): number | undefined {
    let next: number | undefined;
    for (const { isDue, dueAt } of this.waiting.values()) {
      if (!isDue && (next === undefined || dueAt < next)) {
        next = dueAt;
      }
    }
    return next === undefined ? undefined : Math.max(0, next - this.clock.monotonic());
  }
}
