import type { Clock } from '../../ports/clock.ts';

/** Lets one waiter sleep until there is something to do. A call that comes while nobody waits isn't lost. */
export class Wake {
  private readonly clock: Clock;
  private isRaised = false;
  private end: (() => void) | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  raise(): void {
    this.isRaised = true;
    this.end?.();
  }

  /** Ends when raised, after `ms`, or when the signal is aborted; never rejects. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.isRaised && !signal.aborted) {
      const sleep = new AbortController();
      this.end = () => {
        sleep.abort();
      };
      signal.addEventListener('abort', this.end, { once: true });
      await this.clock.sleep(ms, sleep.signal).catch(() => undefined);
      signal.removeEventListener('abort', this.end);
      this.end = undefined;
    }
    this.isRaised = false;
  }
}
