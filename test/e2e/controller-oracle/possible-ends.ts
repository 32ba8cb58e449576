import { formatAddress, type IpAddress } from '../../../src/domain/address/ip-address.ts';
import { converge } from '../../../src/domain/allocation/converge.ts';
import { Ledger } from '../../../src/domain/allocation/ledger.ts';
import type { PoolConfig } from '../../../src/domain/allocation/pool-config.ts';
import { serviceKey, type ServiceView } from '../../../src/domain/allocation/service-view.ts';

/** One Service over one step: as it is now, what it held before, and what it holds at rest. */
export interface Course {
  readonly view: ServiceView;
  readonly before: readonly IpAddress[];
  readonly after: readonly IpAddress[];
}

/** What all others held while one Service was looked at: nobody knows in which order they were. */
export type Moment = 'after' | 'kept' | 'before' | 'both';
export const moments: readonly Moment[] = ['after', 'kept', 'before', 'both'];

/** `10.0.0.1,fd00::1`; empty for none. */
export function textOf(addresses: readonly IpAddress[]): string {
  return addresses.map((address) => formatAddress(address)).join();
}

function isIn(list: readonly IpAddress[], address: IpAddress): boolean {
  return list.some((each) => each.family === address.family && each.value === address.value);
}

function heldAt({ before, after }: Course, moment: Moment): readonly IpAddress[] {
  switch (moment) {
    case 'after':
      return after;
    case 'before':
      return before;
    case 'kept':
      return before.filter((address) => isIn(after, address));
    case 'both':
      return [...before, ...after.filter((address) => !isIn(before, address))];
  }
}

/** Who else holds what at a moment. */
export function ledgerBeside(service: ServiceView, all: readonly Course[], moment: Moment): Ledger {
  const ledger = new Ledger();
  for (const course of all) {
    if (serviceKey(course.view) !== serviceKey(service) && course.view.isLoadBalancer) {
      ledger.claim(course.view, heldAt(course, moment));
    }
  }
  return ledger;
}

/** What others held or hold, but for what the Service has now: they lost it earlier than the rest. */
function ledgerOfUnreleased({ view, after }: Course, all: readonly Course[]): Ledger {
  const ledger = new Ledger();
  for (const course of all) {
    if (serviceKey(course.view) !== serviceKey(view) && course.view.isLoadBalancer) {
      const lost = course.before.filter((address) => !isIn(course.after, address) && !isIn(after, address));
      ledger.claim(course.view, [...course.after, ...lost]);
    }
  }
  return ledger;
}

/** Whether the rules lead to what the Service holds while other addresses that were lost are not free yet. */
export function isByUnreleased(config: PoolConfig, course: Course, all: readonly Course[]): boolean {
  const { view, before, after } = course;
  const isEnd = (ends: readonly (readonly IpAddress[])[]): boolean => ends.some((end) => textOf(end) === textOf(after));
  return (
    isEnd(endsFrom(config, view, before, ledgerOfUnreleased(course, all))) &&
    isEnd(endsFrom(config, view, after, ledgerBeside(view, all, 'after')))
  );
}

/** Where looks at a Service that holds `held` can come to rest, by the rules of the configuration's profile. */
export function endsFrom(
  config: PoolConfig,
  service: ServiceView,
  held: readonly IpAddress[],
  ledger: Ledger,
): readonly (readonly IpAddress[])[] {
  const world = { config, ledger, orders: new Map() };
  let ends: readonly (readonly IpAddress[])[] = [held];
  for (let look = 0; look < 3; look += 1) {
    const next = ends.flatMap((end) => converge(world, service, end).map(({ addresses }) => addresses));
    ends = next.filter((end, index) => next.findIndex((each) => textOf(each) === textOf(end)) === index);
  }
  return ends;
}

/** The first moment at which the rules can lead to what the Service holds, and would leave it so from then on. */
export function momentOf(config: PoolConfig, course: Course, all: readonly Course[]): Moment | undefined {
  const { view, before, after } = course;
  const reaches = (held: readonly IpAddress[], moment: Moment): boolean =>
    endsFrom(config, view, held, ledgerBeside(view, all, moment)).some((end) => textOf(end) === textOf(after));
  return reaches(after, 'after') ? moments.find((moment) => reaches(before, moment)) : undefined;
}

/** Whether the rules leave a choice at some moment: MetalLB draws then. */
export function isDrawn(config: PoolConfig, { view, before }: Course, all: readonly Course[]): boolean {
  return moments.some((moment) => endsFrom(config, view, before, ledgerBeside(view, all, moment)).length > 1);
}

/** Whether it matters when the Service is looked at, beside the changes of the others. */
export function dependsOnOrder(config: PoolConfig, { view, before }: Course, all: readonly Course[]): boolean {
  const ends = moments.flatMap((moment) => endsFrom(config, view, before, ledgerBeside(view, all, moment)));
  return new Set(ends.map((end) => textOf(end))).size > 1;
}
