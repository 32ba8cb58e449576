import { differenceOf, setsOverlap, unionOf } from '../../address/range-set.ts';
import { type AllocationPool, compilePool } from '../../allocation/pool-config.ts';
import type { PoolView } from '../../allocation/pool-view.ts';
import type { RulesProfile } from '../../allocation/rules-profile.ts';
import type { NamespaceView, WriteOrder } from '../address-plan-input.ts';

/** A pool as it stands from one write on; `view` is undefined where it does not exist. */
interface Stage {
  readonly view: PoolView | undefined;
  /** Which batch of writes brings it; the first stage is there from the start. */
  readonly batch: number;
}

/** A pool through the change, before and after the namespaces are relabelled. */
export interface PoolHistory {
  readonly name: string;
  readonly stages: readonly Stage[];
  /** The pool at a stage; undefined where it does not exist. */
  at(stage: number, relabelled: boolean): AllocationPool | undefined;
  /** The controller sees no difference throughout. */
  readonly steady: boolean;
}

export interface PoolChanges {
  readonly before: readonly PoolView[];
  readonly after: readonly PoolView[];
  readonly namespacesBefore: readonly NamespaceView[];
  readonly namespacesAfter: readonly NamespaceView[];
  readonly profile: RulesProfile;
  readonly writes: WriteOrder;
}

/** Every pool before or after the change, by name. */
export function poolHistories(changes: PoolChanges): ReadonlyMap<string, PoolHistory> {
  const before = new Map(changes.before.map((view) => [view.name, view]));
  const after = new Map(changes.after.map((view) => [view.name, view]));
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  const changed = names.filter((name) => !sameView(before.get(name), after.get(name)));
  const exchange = exchangesRanges(changed.map((name) => ({ before: before.get(name), after: after.get(name) })));
  return new Map(
    names.map((name) => {
      const views = { before: before.get(name), after: after.get(name) };
      return [name, historyOf(name, stagesOf(views, changes.writes, exchange), changes)];
    }),
  );
}

interface Views {
  readonly before: PoolView | undefined;
  readonly after: PoolView | undefined;
}

/** Nothing is different that allocation reads. */
function sameView(left: PoolView | undefined, right: PoolView | undefined): boolean {
  if (left === undefined || right === undefined || left === right) {
    return left === right;
  }
  return (
    left.written === right.written &&
    left.autoAssign === right.autoAssign &&
    left.addresses.avoidBuggyIPs === right.addresses.avoidBuggyIPs &&
    left.refusal === right.refusal &&
    JSON.stringify(left.allocation ?? null) === JSON.stringify(right.allocation ?? null)
  );
}

/** A range that one pool loses and another gains: such pools are grown before any is cut. */
function exchangesRanges(changed: readonly Views[]): boolean {
  const lost = unionOf(...changed.map((views) => lostBy(views)));
  const gained = unionOf(...changed.map(({ before, after }) => lostBy({ before: after, after: before })));
  return setsOverlap(lost, gained);
}

function lostBy({ before, after }: Views): ReturnType<typeof unionOf> {
  const [from, to] = [before?.addresses.set ?? unionOf(), after?.addresses.set ?? unionOf()];
  return differenceOf(from, to);
}

function stagesOf(views: Views, writes: WriteOrder, exchange: boolean): readonly Stage[] {
  const { before, after } = views;
  const first: Stage = { view: before, batch: 0 };
  if (sameView(before, after)) {
    return [first];
  }
  if (writes === 'any-order') {
    return [first, { view: after, batch: 0 }];
  }
  const grows = lostBy({ before: after, after: before }).ranges.length > 0;
  const shrinks = lostBy(views).ranges.length > 0;
  if (exchange && grows && shrinks && before !== undefined && after !== undefined) {
    return [first, { view: grown(before, after), batch: 0 }, { view: after, batch: 1 }];
  }
  return [first, { view: after, batch: shrinks || after === undefined ? 1 : 0 }];
}

/** The pool as it is to be, with the addresses it had beside those it gets. */
function grown(before: PoolView, after: PoolView): PoolView {
  const set = unionOf(before.addresses.set, after.addresses.set);
  const more = lostBy({ before: after, after: before });
  return {
    ...after,
    written: `${before.written}${after.written}`,
    ranges: [...before.ranges, ...more.ranges],
    addresses: { ...after.addresses, set },
  };
}

function historyOf(name: string, stages: readonly Stage[], changes: PoolChanges): PoolHistory {
  const compiled = stages.map(({ view }) => compiledBoth(view, changes));
  const texts = new Set(compiled.flat().map((pool) => pool?.fingerprint ?? ''));
  // Pools that are the same for the controller are one value, so that what is found out about one is known of the other.
  const shared = new Map(compiled.flat().map((pool) => [pool?.fingerprint, pool]));
  return {
    name,
    stages,
    at: (stage, relabelled) => shared.get(compiled[stage]?.[relabelled ? 1 : 0]?.fingerprint),
    steady: texts.size === 1,
  };
}

/** With the namespaces as they are and as they are to be. */
function compiledBoth(
  view: PoolView | undefined,
  { namespacesBefore, namespacesAfter, profile }: PoolChanges,
): readonly (AllocationPool | undefined)[] {
  const before = view === undefined ? undefined : compilePool(view, namespacesBefore, profile);
  const selects = (view?.allocation?.namespaceSelectors.length ?? 0) > 0;
  return view === undefined || !selects || namespacesBefore === namespacesAfter
    ? [before, before]
    : [before, compilePool(view, namespacesAfter, profile)];
}
