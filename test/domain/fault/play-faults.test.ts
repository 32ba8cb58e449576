import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventFault, RequestFault } from '../../../src/domain/fault/fault-settings.ts';
import { type FaultCount, type FaultTarget, playFaults } from '../../../src/domain/fault/play-faults.ts';

const patch: FaultTarget = { verb: 'patch', resource: 'services', name: 'web', dryRun: false, client: 'metalwave/1.0' };

interface Played {
  readonly delayMs: number;
  readonly harm: string | undefined;
}

/** What happens to each of a row of requests. */
function playRow(
  faults: readonly (RequestFault | EventFault)[],
  targets: readonly FaultTarget[],
  seed = 0,
): readonly Played[] {
  let counts: readonly FaultCount[] = [];
  return targets.map((target) => {
    const verdict = playFaults(faults, counts, target, seed);
    counts = verdict.counts;
    return { delayMs: verdict.delayMs, harm: verdict.harm?.fault };
  });
}

function row(length: number): readonly FaultTarget[] {
  return Array.from({ length }, () => patch);
}

describe('a fault', () => {
  it('is done to every n-th of what it selects, and as often as asked for', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.integer({ min: 1, max: 9 }),
        fc.option(fc.integer({ min: 1, max: 9 })),
        (all, every, times) => {
          const fault = { fault: 'cut-before', every, ...(times === null ? {} : { times }) } as const;
          const harmed = playRow([fault], row(all)).flatMap(({ harm }, index) =>
            harm === undefined ? [] : [index + 1],
          );
          const due = Array.from({ length: all }, (_, index) => index + 1).filter((number) => number % every === 0);
          expect(harmed).toEqual(due.slice(0, times ?? all));
        },
      ),
    );
  });

  it.each<readonly [string, Partial<RequestFault>, Partial<FaultTarget>, boolean]>([
    ['everything', {}, {}, true],
    ['a verb', { verbs: ['get', 'patch'] }, {}, true],
    ['other verbs', { verbs: ['get', 'update'] }, {}, false],
    ['writes', { verbs: ['write'] }, {}, true],
    ['writes, and none is made', { verbs: ['write'] }, { dryRun: true }, false],
    ['reads, of which a watch is one', { verbs: ['read'] }, { verb: 'watch' }, true],
    ['writes, and it reads', { verbs: ['write'] }, { verb: 'list' }, false],
    ['a resource of a group', { resources: ['pods', 'deployments.apps'] }, { resource: 'deployments.apps' }, true],
    ['a resource of no group', { resources: ['deployments'] }, { resource: 'deployments.apps' }, false],
    ['resources, and the path names none', { resources: ['pods'] }, { resource: '' }, false],
    ['a name', { names: ['web'] }, {}, true],
    ['a client', { clients: ['metalwave'] }, {}, true],
    ['another client', { clients: ['kubectl', 'wave'] }, {}, false],
    ['a name, and it is about all', { names: ['web'] }, { name: '' }, false],
  ])('that is for %s', (_, fault, target, isSelected) => {
    const [played] = playRow([{ fault: 'cut-after', ...fault } as RequestFault], [{ ...patch, ...target }]);
    expect(played?.harm).toBe(isSelected ? 'cut-after' : undefined);
  });

  it('leaves the harm to the first that is due, and all delays add up', () => {
    const faults: readonly RequestFault[] = [
      { fault: 'latency', ms: 20 },
      { fault: 'error', status: 500, every: 2 },
      { fault: 'cut-before' },
      { fault: 'latency', ms: 5, every: 2 },
    ];
    expect(playRow(faults, row(2))).toEqual([
      { delayMs: 20, harm: 'cut-before' },
      { delayMs: 25, harm: 'error' },
    ]);
  });

  it('draws its jitter from the seed alone, within its range', () => {
    const faults: readonly EventFault[] = [{ fault: 'delay', ms: 100, jitterMs: 50 }];
    const delays = playRow(faults, row(200), 7).map(({ delayMs }) => delayMs);
    expect(playRow(faults, row(200), 7).map(({ delayMs }) => delayMs)).toEqual(delays);
    expect(playRow(faults, row(200), 8).map(({ delayMs }) => delayMs)).not.toEqual(delays);
    expect(delays.every((ms) => ms >= 100 && ms < 150)).toBe(true);
    expect(new Set(delays).size).toBeGreaterThan(30);
  });
});
