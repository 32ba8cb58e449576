import type { Clock } from '../../src/ports/clock.ts';
import type { Host } from '../../src/ports/host.ts';

/** A clock that jumps: each sleep passes at once and moves time on. `slept` records how long. */
export interface ManualClock extends Clock {
  readonly slept: number[];
  /** Called before each sleep, with the time so far. */
  onSleep: (now: number) => void;
  /** Lets time pass with nobody awake: no beat is heard, as in a process that was stopped. */
  freeze(ms: number): void;
  /** Sets the wall clock alone. */
  setWall(ms: number): void;
  /** A machine that lives by this clock. Machines of one clock are different ones. */
  host(name: string): ManualHost;
}

export interface ManualHost extends Host {
  /** Processes that have ended, by the names that they were known under. */
  readonly gone: Set<string>;
}

interface Beat {
  readonly every: number;
  readonly beat: () => void;
  due: number;
}

/** Lets everything that waits for nothing but its turn have it. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) {
    await Promise.resolve();
  }
}

export function manualClock(): ManualClock {
  let monotonic = 1_000_000;
  let ahead = 0;
  let counter = 0;
  const beats = new Set<Beat>();

  /** Time passes from beat to beat, and each is heard to its end. */
  async function pass(ms: number): Promise<void> {
    const end = monotonic + ms;
    for (;;) {
      const [next] = [...beats].toSorted((left, right) => left.due - right.due);
      if (next === undefined || next.due > end) {
        monotonic = end;
        return;
      }
      monotonic = Math.max(monotonic, next.due);
      next.due = monotonic + next.every;
      next.beat();
      await settle();
    }
  }
  function every(ms: number, beat: () => void): () => void {
    const one = { every: ms, beat, due: monotonic + ms };
    beats.add(one);
    return () => {
      beats.delete(one);
    };
  }
  const clock: ManualClock = {
    slept: [],
    onSleep: () => undefined,
    now: () => monotonic + ahead,
    monotonic: () => monotonic,
    sleep: async (ms, signal) => {
      await Promise.resolve();
      signal.throwIfAborted();
      clock.onSleep(monotonic);
      clock.slept.push(ms);
      await pass(ms);
      signal.throwIfAborted();
    },
    freeze: (ms) => {
      monotonic += ms;
    },
    setWall: (ms) => {
      ahead = ms - monotonic;
    },
    host: (name) => {
      const gone = new Set<string>();
      return {
        gone,
        by: `tester@${name}`,
        processId: 7,
        process: `${name}.7`,
        isGone: (process) => gone.has(process),
        randomId: () => {
          counter += 1;
          return String(counter).padStart(8, '0');
        },
        random: () => 0.5,
        every,
      };
    },
  };
  return clock;
}
