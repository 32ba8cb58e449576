import { describe, expect, it } from 'vitest';
import { compilePools } from '../../../src/domain/allocation/pool-config.ts';
import type { ServiceView } from '../../../src/domain/allocation/service-view.ts';
import { compare, type Rest } from '../../e2e/controller-oracle/compare.ts';
import type { Course } from '../../e2e/controller-oracle/possible-ends.ts';
import { objects, pool, service } from '../address-plan/plan-fixture.ts';
import { address } from './native/small-cluster.ts';

const pools = objects(pool('p', ['10.0.0.0/30']), pool('q', ['10.0.1.0/32'], { autoAssign: false })).pools;
const rules = { upstream: compilePools(pools, [], 'metallb-0.15'), native: compilePools(pools, [], 'native') };

function list(text: string): Course['before'] {
  return text === '' ? [] : [address(text)];
}

/** A Service that went from one address to another; `told` is the pool that its annotation names. */
function course(before: string, after: string, told = 'p', asked?: string): Course {
  const view: ServiceView = { ...service('web', []), allocatedFrom: told, pool: asked };
  return { view, before: list(before), after: list(after) };
}

function labelOf(ours: Course, upstream: Course, restart: Rest['restart'] = 'none'): string | undefined {
  return compare({ rules, ours: [ours], upstream: [upstream], step: 'a step', restart })[0]?.label;
}

describe('the verdict on our controller beside that of MetalLB', () => {
  it.each<[string, string | undefined, Course, Course]>([
    ['passes the same', 'same', course('', '10.0.0.0'), course('', '10.0.0.0')],
    [
      'finds another address than the one that is determined',
      undefined,
      course('', '10.0.0.1'),
      course('', '10.0.0.0'),
    ],
    ['finds a Service that waits beside a free address', undefined, course('', ''), course('', '10.0.0.0')],
    ['finds an address of a pool that gives nothing by itself', undefined, course('', '10.0.1.0', 'q'), course('', '')],
    ['finds a pool that is told wrongly', undefined, course('', '10.0.0.0', 'q'), course('', '10.0.0.0')],
    [
      'finds an address that was lost without a cause',
      undefined,
      course('10.0.0.2', ''),
      course('10.0.0.2', '10.0.0.2'),
    ],
    ['finds a move without a cause', undefined, course('10.0.0.2', '10.0.0.0'), course('10.0.0.2', '10.0.0.2')],
    [
      'knows an address that is kept while the pool that is asked for is not there',
      'keep-while-refused',
      course('10.0.0.2', '10.0.0.2', 'p', 'gone'),
      course('10.0.0.2', '', 'p', 'gone'),
    ],
    [
      'finds one that is kept though the pool that is asked for has another',
      undefined,
      course('10.0.0.2', '10.0.0.2', 'p', 'q'),
      course('10.0.0.2', '10.0.1.0', 'q', 'q'),
    ],
    ['judges by where ours began', 'from elsewhere', course('10.0.0.1', '10.0.0.1'), course('10.0.0.2', '10.0.0.2')],
  ])('%s', (_, label, ours, upstream) => {
    expect(labelOf(ours, upstream)).toBe(label);
  });

  it('finds any change over a restart, also where MetalLB makes the same', () => {
    expect(labelOf(course('10.0.0.2', '10.0.0.0'), course('10.0.0.2', '10.0.0.0'), 'plain')).toBeUndefined();
  });
});
