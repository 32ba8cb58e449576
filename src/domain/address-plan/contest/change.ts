import { compareRanges } from '../../address/ip-range.ts';
import { type AllocationPool, configOf, type PoolConfig } from '../../allocation/pool-config.ts';
import type { PoolOrders } from '../../allocation/pool-order.ts';
import { canonicalJson } from '../../json.ts';
import type { AddressPlanInput, NamespaceView } from '../address-plan-input.ts';
import { poolHistories, type PoolHistory } from './pool-history.ts';
import { serviceHistories, type ServiceHistory } from './service-history.ts';

/** One end of the change: the configuration there, and the order of pools in it as far as it was asked for. */
export interface End {
  readonly config: PoolConfig;
  readonly orders: PoolOrders;
}

/** The change as a whole, resolved. */
export interface Change {
  readonly input: AddressPlanInput;
  readonly pools: ReadonlyMap<string, PoolHistory>;
  readonly services: readonly ServiceHistory[];
  readonly before: End;
  readonly after: End;
  /** The controller sees a difference between the two configurations, and looks at every Service. */
  readonly reloads: boolean;
  /** Pools in which it sees a difference. */
  readonly unsteady: number;
  /** Namespaces are relabelled so that a pool is for others than before. */
  readonly relabelled: boolean;
  /** How many namespaces have other labels afterwards. */
  readonly relabelledNamespaces: number;
}

export function changeOf(input: AddressPlanInput): Change {
  const namespacesAfter = input.namespacesAfter ?? input.namespaces;
  const pools = poolHistories({
    before: input.before.pools,
    after: input.after.pools,
    namespacesBefore: input.namespaces,
    namespacesAfter,
    profile: input.profile,
    writes: input.writes ?? 'grow-first',
  });
  const histories = [...pools.values()];
  return {
    input,
    pools,
    services: serviceHistories(input),
    before: endOf(
      histories.map((history) => history.at(0, false)),
      input,
    ),
    after: endOf(
      histories.map((history) => last(history)),
      input,
    ),
    reloads: histories.some((history) => !history.steady),
    unsteady: histories.filter((history) => !history.steady).length,
    relabelledNamespaces: countRelabelled(input.namespaces, namespacesAfter),
    relabelled: histories.some(
      (history) =>
        history.at(0, false) !== history.at(0, true) || last(history) !== history.at(history.stages.length - 1, false),
    ),
  };
}

/** The controller starts anew and takes no configuration: it touches no Service (measured), and new ones wait. */
export function startsWithout({ input, after }: Change): boolean {
  return input.restart === true && after.config.refusal !== undefined;
}

/**
 * The controller works with a configuration that is not known here, for it refuses the present one. A restart ends that:
 * it takes the new one or none.
 */
export function worksUnknown({ input, before }: Change): boolean {
  return input.restart !== true && before.config.refusal !== undefined;
}

function countRelabelled(before: readonly NamespaceView[], after: readonly NamespaceView[]): number {
  const labels = new Map(before.map((namespace) => [namespace.name, canonicalJson(namespace.labels)]));
  return after.filter((namespace) => labels.get(namespace.name) !== canonicalJson(namespace.labels)).length;
}

function last(history: PoolHistory): AllocationPool | undefined {
  return history.at(history.stages.length - 1, true);
}

function endOf(pools: readonly (AllocationPool | undefined)[], input: AddressPlanInput): End {
  const present = pools.filter((pool) => pool !== undefined);
  return { config: configOf(present, input.profile), orders: new Map() };
}

/** Pairs of pools of which one holds, at any stage, an address that the other holds at any. */
export function overlappingPools(pools: Iterable<PoolHistory>): readonly (readonly [string, string])[] {
  const ranges = [...pools]
    .flatMap(({ name, stages }) => stages.flatMap(({ view }) => (view?.ranges ?? []).map((range) => ({ name, range }))))
    .toSorted((left, right) => compareRanges(left.range, right.range));
  const pairs: (readonly [string, string])[] = [];
  let reach = ranges[0];
  for (const next of ranges) {
    if (reach !== undefined && reach.range.family === next.range.family && next.range.first <= reach.range.last) {
      if (reach.name !== next.name) {
        pairs.push([reach.name, next.name]);
      }
      reach = next.range.last > reach.range.last ? next : reach;
    } else {
      reach = next;
    }
  }
  return pairs;
}
