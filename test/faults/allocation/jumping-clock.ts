import { systemClock } from '../../../src/adapters/system/clock.ts';
import type { Clock } from '../../../src/ports/clock.ts';

const year = 365 * 86_400_000;
/** Longer than a lease lasts. */
const longestSleep = 40_000;

/** The system's clocks, that jump now and then: the wall clock by years either way, the other as after the machine slept. */
export function jumpingClock(seed: number): Clock {
  let state = seed >>> 0;
  let wall = 0;
  let slept = 0;
  const random = (): number => {
    // Linear congruence with the factor and increment of Numerical Recipes.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    now: () => {
      wall = random() < 0.2 ? (random() - 0.5) * 4 * year : wall;
      return systemClock.now() + wall;
    },
    monotonic: () => {
      slept += random() < 0.005 ? random() * longestSleep : 0;
      return systemClock.monotonic() + slept;
    },
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
  };
}
