import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleave } from './model/interleaving.ts';
import { brokenProtocols, realProtocol, type Protocol } from './model/protocol.ts';

/** The campaign sets METALWAVE_CLAIM_RUNS to many more. */
const runs = Number(process.env['METALWAVE_CLAIM_RUNS'] ?? 200);

/** Linear congruence with the factor and increment of Numerical Recipes: one seed, one run. */
function stepsOf(seed: number): readonly number[] {
  let state = seed >>> 0;
  return Array.from({ length: 400 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 12;
  });
}

function firstViolation(protocol: Protocol, numRuns: number, seed: number): string | undefined {
  for (let run = 0; run < numRuns; run += 1) {
    const { violation } = interleave(protocol, stepsOf(seed + run));
    if (violation !== undefined) {
      return violation;
    }
  }
  return undefined;
}

describe('several controllers that all believe to lead, with crashes, stale caches and lost answers', () => {
  it('never publish an address twice, nor claim what another publishes', () => {
    let publications = 0;
    let releases = 0;
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const result = interleave(realProtocol, stepsOf(seed));
        publications += result.publications;
        releases += result.releases;
        expect(result.violation).toBeUndefined();
      }),
      { numRuns: runs },
    );
    // A model in which nothing happens would prove nothing.
    expect(publications / runs).toBeGreaterThan(2);
    expect(releases / runs).toBeGreaterThan(1);
  });

  it.each(Object.entries(brokenProtocols))('are caught by this test where one %s', (_rule, protocol) => {
    expect(firstViolation(protocol, 20_000, 7)).toBeDefined();
  });
});
