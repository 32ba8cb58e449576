import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../../src/ports/clock.ts';

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** A clock that moves only when a test says so; whoever sleeps on it wakes in order. */
export interface SteppedClock extends Clock {
  /** Time passes until this holds, each sleeper waking when its time has come. Fails after ten minutes of that time. */
  until(condition: () => boolean): Promise<void>;
  /** Lets that much time pass. */
  pass(ms: number): Promise<void>;
}

/** All that can happen without time passing. */
async function settle(): Promise<void> {
  for (let count = 0; count < 6; count += 1) {
    await turn();
  }
}

export function steppedClock(): SteppedClock {
  let now = 1_000_000;
  const sleepers = new Set<Sleeper>();

  function step(limit: number): void {
    const next = Math.min(...[...sleepers].map(({ due }) => due), limit);
    now = Math.max(now, next);
    for (const sleeper of [...sleepers].filter(({ due }) => due <= now)) {
      sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
  return {
    now: () => now,
    monotonic: () => now,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      if (ms <= 0) {
        await turn();
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const sleeper: Sleeper = {
          due: now + ms,
          wake: () => {
            signal.removeEventListener('abort', abort);
            resolve();
          },
        };
        function abort(): void {
          sleepers.delete(sleeper);
          reject(signal.reason as Error);
        }
        signal.addEventListener('abort', abort, { once: true });
        sleepers.add(sleeper);
      });
    },
    async until(condition) {
      const end = now + 600_000;
      for (;;) {
        await settle();
        if (condition()) {
          return;
        }
        if (now >= end) {
          throw new Error('what the test waited for did not come');
        }
        step(end);
      }
    },
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        await settle();
        if (now >= end) {
          return;
        }
        step(end);
      }
    },
  };
}
