import type { Clock } from '../../ports/clock.ts';

/** Runs as another clock does, and can be turned ahead: whoever sleeps until a time that has come then wakes at once. */
export class TurnableClock implements Clock {
  readonly #base: Clock;
  readonly #sleepers = new Set<AbortController>();
  #aheadMs = 0;

  constructor(base: Clock) {
    this.#base = base;
  }

  now(): number {
    return this.#base.now() + this.#aheadMs;
  }

  monotonic(): number {
    return this.#base.monotonic() + this.#aheadMs;
  }

  turn(ms: number): void {
    if (!(ms >= 0)) {
      throw new Error(`bug: a clock is turned by ${ms} ms`);
    }
    this.#aheadMs += ms;
    for (const sleeper of this.#sleepers) {
      sleeper.abort();
    }
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    const until = this.monotonic() + ms;
    do {
      await this.#nap(Math.max(0, until - this.monotonic()), signal);
    } while (this.monotonic() < until);
  }

  /** Ends early when the clock is turned. */
  async #nap(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const sleeper = new AbortController();
    const wake = (): void => {
      sleeper.abort();
    };
    signal.addEventListener('abort', wake, { once: true });
    this.#sleepers.add(sleeper);
    try {
      await this.#base.sleep(ms, sleeper.signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!sleeper.signal.aborted) {
        throw error;
      }
    } finally {
      this.#sleepers.delete(sleeper);
      signal.removeEventListener('abort', wake);
    }
  }
}
