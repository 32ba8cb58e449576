import { Ledger } from '../../allocation/ledger.ts';
import { commonOwner, ownerOf } from '../../allocation/pool-config.ts';
import { poolOrder } from '../../allocation/pool-order.ts';
import type { ServiceView } from '../../allocation/service-view.ts';
import { ContestBuilder, type FoundContest } from './build-contest.ts';
import { type Change, type End, overlappingPools } from './change.ts';
import type { PoolHistory } from './pool-history.ts';
import type { ServiceHistory } from './service-history.ts';
import { isSteady } from './steady.ts';
import { UnionFind } from './union-find.ts';

/** The Services the change may touch, in groups that do not touch one another. */
export function findContests(change: Change): readonly FoundContest[] {
  const { contending, base, registered } = divide(change);
  if (contending.length === 0) {
    return [];
  }
  const groups = groupsOf(change, contending);
  const members = new Map<string, ServiceHistory[]>();
  for (const service of contending) {
    const root = groups.root(`service ${service.key}`);
    const together = members.get(root) ?? [];
    members.set(root, together);
    together.push(service);
  }
  const pools = new Map<string, PoolHistory[]>();
  for (const pool of change.pools.values()) {
    const root = groups.root(`pool ${pool.name}`);
    const together = pools.get(root) ?? [];
    pools.set(root, together);
    together.push(pool);
  }
  return [...members].map(([root, services]) => {
    const builder = new ContestBuilder(change, pools.get(root) ?? [], services);
    return builder.build(base, registered);
  });
}

interface Division {
  readonly contending: readonly ServiceHistory[];
  readonly base: Ledger;
  /** Keys of contending Services whose addresses the controller has on its books. */
  readonly registered: ReadonlySet<string>;
}

/** Tells those the change cannot touch from those it may. */
function divide(change: Change): Division {
  const steady = new Set(change.services.filter((service) => isSteady(change, service)));
  const robbed =
    change.input.restart === true && change.services.some((service) => !steady.has(service) && service.held.length > 0);
  const wakes = change.reloads || change.input.restart === true || change.services.some(({ written }) => written);
  const base = new Ledger();
  const contending: ServiceHistory[] = [];
  for (const service of change.services) {
    const view = service.before;
    if (view !== undefined && steady.has(service) && !robbed && booksOf(change, base, service, view)) {
      base.claim(view, service.held);
    } else if (wakes || service.written || service.held.length > 0) {
      // One that waits is looked at only when something wakes the controller.
      contending.push(service);
    }
  }
  return { contending, base, registered: registeredOf(change, contending, base) };
}

/** Of two Services that hold one address and cannot share it the controller knows one. */
function registeredOf(change: Change, contending: readonly ServiceHistory[], base: Ledger): ReadonlySet<string> {
  const all = new Ledger(base);
  const registered = new Set<string>();
  for (const service of contending) {
    const view = service.before;
    if (view !== undefined && booksOf(change, all, service, view)) {
      all.claim(view, service.held);
      registered.add(service.key);
    }
  }
  return registered;
}

function booksOf(change: Change, all: Ledger, service: ServiceHistory, view: ServiceView): boolean {
  return (
    service.held.length > 0 &&
    service.held.every((address) => all.conflict(view, address) === undefined) &&
    commonOwner(change.before.config, service.held) !== undefined
  );
}

/** Joins Services with every pool they may have addresses from, and pools that exchange addresses. */
function groupsOf(change: Change, contending: readonly ServiceHistory[]): UnionFind {
  const groups = new UnionFind();
  for (const [left, right] of overlappingPools(change.pools.values())) {
    groups.join(`pool ${left}`, `pool ${right}`);
  }
  if (change.before.config.refusal !== undefined || change.after.config.refusal !== undefined) {
    groups.joinAll([...change.pools.keys()].map((name) => `pool ${name}`));
  }
  const joined = new Map<object, string>();
  for (const service of contending) {
    for (const pool of poolsOf(change, service, groups, joined)) {
      groups.join(`pool ${pool}`, `service ${service.key}`);
    }
  }
  return groups;
}

/** One name of each set of joined pools that the Service may have addresses from. */
function poolsOf(
  change: Change,
  { before, after, held }: ServiceHistory,
  groups: UnionFind,
  joined: Map<object, string>,
): readonly string[] {
  const views = [...new Set([before, after])].filter((view) => view !== undefined);
  return [change.before, change.after].flatMap((end) => [
    ...held.flatMap((address) => ownerOf(end.config, address)?.name ?? []),
    ...views.flatMap((view) => poolsAsked(end, view) ?? poolsTried(end, view, groups, joined)),
  ]);
}

/** The pools of the addresses it asks for, or the pool it asks for; undefined where it asks for neither. */
function poolsAsked({ config }: End, { request, pool }: ServiceView): readonly string[] | undefined {
  const asked = request.kind === 'addresses' ? request.addresses : [];
  const owners = asked.flatMap((address) => ownerOf(config, address)?.name ?? []);
  if (pool !== undefined) {
    return [...owners, ...(config.pools.some(({ name }) => name === pool) ? [pool] : [])];
  }
  return request.kind === 'none' ? undefined : owners;
}

function poolsTried(end: End, view: ServiceView, groups: UnionFind, joined: Map<object, string>): readonly string[] {
  const order = poolOrder(end.config, view, end.orders);
  const known = joined.get(order);
  const names = known === undefined ? [...order.pinned, ...order.open].flat().map(({ name }) => name) : [known];
  const [first] = names;
  if (first === undefined) {
    return [];
  }
  groups.joinAll(names.map((name) => `pool ${name}`));
  joined.set(order, first);
  return [first];
}
