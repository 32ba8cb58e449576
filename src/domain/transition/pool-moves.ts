import { differenceOf, formatRangeSet, intersectionOf, type RangeSet, setsOverlap } from '../address/range-set.ts';
import type { ObjectKey } from '../manifest/object-id.ts';
import type { PoolMove } from './transition.ts';

/** A pool that a plan makes, changes or deletes: its addresses before and after. */
export interface PoolChange {
  readonly key: ObjectKey;
  readonly name: string;
  readonly before: RangeSet;
  readonly after: RangeSet;
}

interface Flow extends PoolChange {
  readonly losses: RangeSet;
}

function flowOf(change: PoolChange): Flow {
  return {
    ...change,
    losses: differenceOf(change.before, change.after),
  };
}

function byName(left: Flow, right: Flow): number {
  return left.name < right.name ? -1 : Number(left.name > right.name);
}

/** Those that must be written before the giver, directly or through others; the giver itself where it is in a circle. */
function awaited(giver: Flow, waiting: readonly Flow[], takers: ReadonlyMap<Flow, readonly Flow[]>): ReadonlySet<Flow> {
  const seen = new Set<Flow>();
  const open = [giver];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const taker of takers.get(at) ?? []) {
      if (!seen.has(taker) && waiting.includes(taker)) {
        seen.add(taker);
        open.push(taker);
      }
    }
  }
  return seen;
}

/**
 * The order in which who takes comes before who gives. Pools that exchange addresses in a circle wait for each other; of
 * a circle that waits for nobody outside it any may be first: as long as one of a circle is written and another is not, two of them
 * overlap, and MetalLB keeps what it has.
 */
function takersFirst(flows: readonly Flow[]): readonly Flow[] {
  const takers = new Map(
    flows.map((giver) => [giver, flows.filter((taker) => taker !== giver && setsOverlap(taker.after, giver.losses))]),
  );
  const order: Flow[] = [];
  let waiting = flows;
  while (waiting.length > 0) {
    const ready = waiting
      .map((flow) => ({ flow, awaited: awaited(flow, waiting, takers) }))
      .filter((one) => one.awaited.size === 0 || one.awaited.has(one.flow));
    const next = ready.reduce((best, one) => (one.awaited.size < best.awaited.size ? one : best)).flow;
    order.push(next);
    waiting = waiting.filter((flow) => flow !== next);
  }
  return order;
}

/**
 * What goes from which pool to which, and the order that loses nothing. Nothing moves: no moves and no order. Who takes may
 * hold the addresses already, where an earlier run broke off on the way.
 */
export function poolMoves(changes: readonly PoolChange[]): {
  readonly moves: readonly PoolMove[];
  readonly order: readonly ObjectKey[];
} {
  const flows = changes.map((change) => flowOf(change)).toSorted(byName);
  const moves: PoolMove[] = [];
  const moving = new Set<Flow>();
  for (const giver of flows.filter(({ losses }) => losses.ranges.length > 0)) {
    for (const taker of flows) {
      const moved = intersectionOf(giver.losses, taker.after);
      if (moved.ranges.length > 0) {
        moves.push({ from: giver.name, to: taker.name, ranges: formatRangeSet(moved) });
        moving.add(giver).add(taker);
      }
    }
  }
  const order = takersFirst(flows.filter((flow) => moving.has(flow)));
  return { moves, order: order.map(({ key }) => key) };
}
