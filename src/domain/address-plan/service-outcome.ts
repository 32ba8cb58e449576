import { compareAddresses, formatAddress, type IpAddress } from '../address/ip-address.ts';
import { ownerOf } from '../allocation/pool-config.ts';
import type { AddressOutcome, AddressVerdict, PoolChange, ServiceOutcome } from './address-plan.ts';
import type { Change } from './contest/change.ts';
import type { Possibilities } from './contest/explore.ts';
import type { ServiceHistory } from './contest/service-history.ts';
import { outcomeReason } from './outcome-reason.ts';

/** Worst first. */
const severity: readonly AddressVerdict[] = ['lost', 'moved', 'pending', 'gained', 'kept'];

/** The worst of these verdicts; `kept` where there is none. */
export function worstVerdict(verdicts: Iterable<AddressVerdict>): AddressVerdict {
  const found = new Set(verdicts);
  return severity.find((verdict) => found.has(verdict)) ?? 'kept';
}

/** What may become of one Service, as an outcome of the plan. */
export function serviceOutcome(
  change: Change,
  service: ServiceHistory,
  possible: Possibilities,
  exact: boolean,
): Omit<ServiceOutcome, 'advertised'> {
  const view = service.after ?? service.before;
  if (view === undefined) {
    throw new Error(`bug: ${service.key} is neither before nor after the change`);
  }
  const ends = endsOf(service, possible).toSorted(compareSets);
  const verdict = worstVerdict(ends.map((end) => verdictOf(service.held, end)));
  const addresses = [
    ...service.held.map((address) => heldOutcome(change, address, ends, possible)),
    ...gainedOutcomes(change, service.held, ends),
  ];
  return {
    namespace: view.namespace,
    name: view.name,
    before: texts(service.held),
    after: ends.map((end) => texts(end)),
    exact: exact && !possible.more && view.problems.length === 0,
    verdict,
    reason: outcomeReason({ change, service, ends, possible, verdict }),
    addresses,
  };
}

function endsOf({ held }: ServiceHistory, possible: Possibilities): readonly (readonly IpAddress[])[] {
  const own = held.map((address) => formatAddress(address)).join(' ');
  return possible.keeps && !possible.ends.has(own) ? [held, ...possible.ends.values()] : [...possible.ends.values()];
}

function texts(addresses: readonly IpAddress[]): readonly string[] {
  return addresses.map((address) => formatAddress(address));
}

function compareSets(left: readonly IpAddress[], right: readonly IpAddress[]): number {
  for (const [index, address] of left.entries()) {
    const other = right[index];
    const order = other === undefined ? 1 : compareAddresses(address, other);
    if (order !== 0) {
      return order;
    }
  }
  return left.length - right.length;
}

function same(left: IpAddress, right: IpAddress): boolean {
  return compareAddresses(left, right) === 0;
}

/** The worst over the addresses of a Service in one possible end. */
function verdictOf(held: readonly IpAddress[], end: readonly IpAddress[]): AddressVerdict {
  if (held.length === 0) {
    return end.length === 0 ? 'pending' : 'gained';
  }
  const verdicts = held.map((address) => addressVerdict(address, end));
  const gains = end.some((address) => !held.some((each) => each.family === address.family));
  return worstVerdict(gains ? [...verdicts, 'gained'] : verdicts);
}

function addressVerdict(address: IpAddress, end: readonly IpAddress[]): AddressVerdict {
  if (end.some((each) => same(each, address))) {
    return 'kept';
  }
  return end.some((each) => each.family === address.family) ? 'moved' : 'lost';
}

function poolsOf(change: Change, before: IpAddress | undefined, after: IpAddress | undefined): PoolChange {
  const from = before === undefined ? undefined : ownerOf(change.before.config, before)?.name;
  const to = after === undefined ? undefined : ownerOf(change.after.config, after)?.name;
  return { ...(from === undefined ? {} : { before: from }), ...(to === undefined ? {} : { after: to }) };
}

function heldOutcome(
  change: Change,
  address: IpAddress,
  ends: readonly (readonly IpAddress[])[],
  possible: Possibilities,
): AddressOutcome {
  const verdict = worstVerdict(ends.map((end) => addressVerdict(address, end)));
  const others = ends.flatMap((end) => end.filter((each) => each.family === address.family && !same(each, address)));
  const to = distinct(others);
  const pool = poolsOf(change, address, verdict === 'kept' ? address : others[0]);
  return { address: formatAddress(address), verdict, to, pool, reason: heldReason(address, verdict, to, possible) };
}

function heldReason(
  address: IpAddress,
  verdict: AddressVerdict,
  to: readonly string[],
  possible: Possibilities,
): string {
  const text = formatAddress(address);
  const because = possible.taken === undefined ? '' : `, because ${possible.taken}`;
  switch (verdict) {
    case 'moved':
      return to.length === 1
        ? `${text} becomes ${to[0] ?? ''}${because}.`
        : `${text} becomes one of ${String(to.length)} others${because}.`;
    case 'lost':
      return to.length > 0 ? `${text} is lost or becomes another${because}.` : `${text} is lost${because}.`;
    case 'kept':
    case 'gained':
    case 'pending':
      return `${text} stays.`;
  }
}

/** One for each family of which the Service may hold an address afterwards and held none before. */
function gainedOutcomes(
  change: Change,
  held: readonly IpAddress[],
  ends: readonly (readonly IpAddress[])[],
): readonly AddressOutcome[] {
  const gained = ends.flat().filter((address) => !held.some((each) => each.family === address.family));
  const families = [...new Set(gained.map(({ family }) => family))].toSorted();
  return families.flatMap((family) => {
    const ofFamily = gained.filter((address) => address.family === family);
    const to = distinct(ofFamily);
    const [first] = ofFamily;
    const [address = ''] = to;
    const pool = poolsOf(change, undefined, first);
    const reason = to.length === 1 ? `${address} is given.` : `One of ${String(to.length)} addresses may be given.`;
    return [{ address, verdict: 'gained' as const, to, pool, reason }];
  });
}

function distinct(addresses: readonly IpAddress[]): readonly string[] {
  return [...new Set(addresses.toSorted(compareAddresses).map((address) => formatAddress(address)))];
}
