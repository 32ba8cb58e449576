import type { Clock } from '../../src/ports/clock.ts';

/** A clock that jumps: each sleep passes at once and moves time on. `slept` records how long. */
export interface ManualClock extends Clock {
  readonly slept: number[];
  /** Called before each sleep, with the time so far. */
  onSleep: (now: number) => void;
}

export function manualClock(): ManualClock {
  let now = 1_000_000;
  const clock: ManualClock = {
    slept: [],
    onSleep: () => undefined,
    now: () => now,
    monotonic: () => now,
    sleep: async (ms, signal) => {
      await Promise.resolve();
      signal.throwIfAborted();
      clock.onSleep(now);
      clock.slept.push(ms);
      now += ms;
      signal.throwIfAborted();
    },
  };
  return clock;
}
