import { familyName, type IpAddress } from '../../../src/domain/address/ip-address.ts';
import { sameAddresses } from '../../../src/domain/allocation/converge.ts';
import {
  admits,
  type AllocationPool,
  commonOwner,
  ownerOf,
  type PoolConfig,
} from '../../../src/domain/allocation/pool-config.ts';
import type { ServiceView } from '../../../src/domain/allocation/service-view.ts';
import { type Course, endsFrom, isByUnreleased, ledgerBeside, momentOf, moments, textOf } from './possible-ends.ts';

/** What a difference is recognised from: one Service of ours, all of ours, and the pools by both rules. */
export interface Suspect {
  readonly course: Course;
  readonly all: readonly Course[];
  readonly upstream: PoolConfig;
  readonly native: PoolConfig;
}

/** The row of docs/differences.md that lets our Service hold what MetalLB's rules don't lead to; undefined where none does. */
export function documentedAs(suspect: Suspect): string | undefined {
  return recognised.find(([, fits]) => fits(suspect))?.[0];
}

const recognised: readonly (readonly [string, (suspect: Suspect) => boolean])[] = [
  ['fail-closed', isFailClosed],
  ['pool-order', isOfEqualPriority],
  ['unlimited-scope', isUnlimitedIn014],
  ['freed-late', isServedBeforeRelease],
  ['keep-while-refused', keepsWhileRefused],
  ['keep-family', keepsFamily],
];

function isNone(list: readonly IpAddress[]): boolean {
  return list.length === 0;
}

function holds(list: readonly IpAddress[], address: IpAddress): boolean {
  return list.some((each) => each.family === address.family && each.value === address.value);
}

/** Where MetalLB's rules lead the Service beside what the others hold now. */
function upstreamEnds({ course, all, upstream }: Suspect): readonly (readonly IpAddress[])[] {
  return endsFrom(upstream, course.view, course.before, ledgerBeside(course.view, all, 'after'));
}

/** The pools that MetalLB's rules would serve it from. */
function upstreamPools(suspect: Suspect): readonly AllocationPool[] {
  return upstreamEnds(suspect).flatMap((end) => commonOwner(suspect.upstream, end) ?? []);
}

/** Only MetalLB would serve it, from a pool whose selectors match no namespace. */
function isFailClosed(suspect: Suspect): boolean {
  const { course, all, native, upstream } = suspect;
  return (
    upstreamPools(suspect).some((pool) => pool.namespaces?.size === 0 && admits(pool, course.view, upstream.profile)) &&
    (momentOf(native, course, all) !== undefined || keepsFamily(suspect) || keepsWithUnmetWish(suspect))
  );
}

function priorityOf(pool: AllocationPool): number {
  return pool.view.allocation?.priority ?? 0;
}

/** It was served from the first by name of pools that are meant for it with one priority. */
function isOfEqualPriority(suspect: Suspect): boolean {
  const { course, all, native } = suspect;
  const pool = commonOwner(native, course.after);
  return (
    pool !== undefined &&
    pool.reach !== 'open' &&
    momentOf(native, course, all) !== undefined &&
    upstreamPools(suspect).some(
      (other) => other.name !== pool.name && other.reach !== 'open' && priorityOf(other) === priorityOf(pool),
    )
  );
}

/** 0.14 gives from a pool whose serviceAllocation limits nothing only to who names it. */
function isUnlimitedIn014({ course, all, native, upstream }: Suspect): boolean {
  return (
    upstream.profile === 'metallb-0.14' &&
    course.view.pool === undefined &&
    commonOwner(native, course.after)?.reach === 'everyone' &&
    momentOf(native, course, all) !== undefined
  );
}

/** It was served while addresses that others lost in this step were not released yet. */
function isServedBeforeRelease({ course, all, upstream }: Suspect): boolean {
  return course.after.length > course.before.length && isByUnreleased(upstream, course, all);
}

/** What it holds is of one pool that admits it, of its own families, and beside nobody it may not share with. */
function isTenable({ course, all, native }: Suspect): boolean {
  const { view, after } = course;
  const pool = commonOwner(native, after);
  const others = ledgerBeside(view, all, 'after');
  return (
    pool !== undefined &&
    admits(pool, view, 'native') &&
    after.every(
      (address) => view.clusterFamilies.includes(address.family) && others.conflict(view, address) === undefined,
    )
  );
}

function isRefusedAnew({ course, all, native }: Suspect): boolean {
  return endsFrom(native, course.view, [], ledgerBeside(course.view, all, 'after')).every((end) => isNone(end));
}

/** The wish that takes the address in MetalLB can't be met. */
function keepsWhileRefused(suspect: Suspect): boolean {
  return keepsWithUnmetWish(suspect) && upstreamEnds(suspect).every((end) => isNone(end));
}

/** By our rules its wish can't be met, and it has what it had. */
function keepsWithUnmetWish(suspect: Suspect): boolean {
  const { view, before, after } = suspect.course;
  const wishes = view.request.kind === 'addresses' || view.pool !== undefined;
  return (
    wishes &&
    !isNone(after) &&
    after.every((address) => holds(before, address)) &&
    isTenable(suspect) &&
    isRefusedAnew(suspect)
  );
}

/** One address stays where the other one can't, and what is new beside it is of its pool. */
function keepsFamily(suspect: Suspect): boolean {
  const { view, before, after } = suspect.course;
  const [kept, ...more] = after.filter((address) => holds(before, address));
  if (kept === undefined || more.length > 0 || !isTenable(suspect)) {
    return false;
  }
  const pool = ownerOf(suspect.native, kept);
  const lost = before.filter((address) => !holds(after, address));
  const others = ledgerBeside(view, suspect.all, 'after');
  const isLost = (address: IpAddress): boolean =>
    !view.clusterFamilies.includes(address.family) ||
    ownerOf(suspect.native, address) !== pool ||
    others.conflict(view, address) !== undefined;
  const isWhole = after.length === view.clusterFamilies.length;
  return (
    lost.every((address) => isLost(address)) &&
    !(isWhole && sameAddresses(before, after)) &&
    after.every((address) => address === kept || isFirstFitting(suspect, pool, address)) &&
    (isWhole || view.policy === 'PreferDualStack' || isRefusedAnew(suspect))
  );
}

/** It is the pool's first that the Service can have, beside what the others hold or held. */
function isFirstFitting({ course, all }: Suspect, pool: AllocationPool | undefined, address: IpAddress): boolean {
  const { view } = course;
  return (
    pool !== undefined &&
    moments.some((moment) => {
      const first = ledgerBeside(view, all, moment).firstFitting(view, pool, address.family);
      return first !== undefined && textOf([first]) === textOf([address]);
    })
  );
}

/** For messages. */
export function describeView(view: ServiceView): string {
  const families = view.clusterFamilies.map((family) => familyName(family)).join('+');
  const asked = view.request.kind === 'addresses' ? textOf(view.request.addresses) : view.request.kind;
  return `${view.namespace}/${view.name} ${families} ${view.policy} pool=${view.pool ?? ''} asks=${asked} key=${view.sharingKey} ports=${view.ports.join()} backend=${view.backendKey} labels=${JSON.stringify(view.labels)}`;
}
