import { compareAddresses, formatAddress, type IpAddress, ipFamilies } from '../address/ip-address.ts';
import { ownerOf } from '../allocation/pool-config.ts';
import type { ServiceView } from '../allocation/service-view.ts';
import type { AddressOutcome, AddressVerdict, PoolChange, ServiceOutcome } from './address-plan.ts';
import type { Change } from './contest/change.ts';
import type { Possibilities } from './contest/explore.ts';
import type { Fate } from './fate.ts';
import { keptReason, outcomeReason } from './outcome-reason.ts';

/** Worst first. */
const severity: readonly AddressVerdict[] = ['lost', 'moved', 'pending', 'gained', 'kept'];

/** The worst of these verdicts; `kept` where there is none. */
function worstVerdict(verdicts: Iterable<AddressVerdict>): AddressVerdict {
  const found = new Set(verdicts);
  return severity.find((verdict) => found.has(verdict)) ?? 'kept';
}

/** The outcome of a Service that nothing in the change touches and that holds what it holds. */
export function untouchedOutcome(
  change: Change,
  view: ServiceView,
  exact: boolean,
): Omit<ServiceOutcome, 'advertised'> {
  const before = view.held.map((address) => formatAddress(address));
  return {
    namespace: view.namespace,
    name: view.name,
    before,
    after: [before],
    exact: exact && view.problems.length === 0,
    verdict: 'kept',
    reason: keptReason(change, view.held),
    addresses: view.held.map((address, index) => {
      const text = before[index] ?? '';
      const pool = poolsOf(change, address, address);
      return { address: text, verdict: 'kept', to: [], pool, reason: `${text} stays.` };
    }),
  };
}

/** What may become of one Service, as an outcome of the plan. */
export function serviceOutcome(change: Change, fate: Fate): Omit<ServiceOutcome, 'advertised'> {
  const { service, possible, list, exact } = fate;
  const view = service.after ?? service.before;
  if (view === undefined) {
    throw new Error(`bug: ${service.key} is neither before nor after the change`);
  }
  const verdict = worstVerdict(list.ends.map((end) => verdictOf(service.held, end)));
  return {
    namespace: view.namespace,
    name: view.name,
    before: service.held.map((address) => formatAddress(address)),
    after: list.texts,
    exact: exact && !possible.more && view.problems.length === 0,
    verdict,
    reason: outcomeReason(change, fate, verdict),
    addresses: [...service.held.map((address) => heldOutcome(change, address, fate)), ...gainedOutcomes(change, fate)],
  };
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

function heldOutcome(change: Change, address: IpAddress, { list, possible }: Fate): AddressOutcome {
  const verdict = worstVerdict(list.ends.map((end) => addressVerdict(address, end)));
  const others = list.addresses[address.family].filter((each) => !same(each, address));
  const to = others.map((each) => formatAddress(each));
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
        ? `${text} is replaced by ${to[0] ?? ''}${because}.`
        : `${text} is replaced by one of ${String(to.length)} others${because}.`;
    case 'lost':
      return to.length > 0 ? `${text} is lost or replaced by another${because}.` : `${text} is lost${because}.`;
    case 'kept':
    case 'gained':
    case 'pending':
      return `${text} stays.`;
  }
}

/** One for each family of which the Service may hold an address afterwards and held none before. */
function gainedOutcomes(change: Change, { service, list }: Fate): readonly AddressOutcome[] {
  const families = ipFamilies.filter((family) => !service.held.some((address) => address.family === family));
  return families.flatMap((family) => {
    const to = list.addresses[family].map((address) => formatAddress(address));
    const [address] = to;
    if (address === undefined) {
      return [];
    }
    const pool = poolsOf(change, undefined, list.addresses[family][0]);
    const reason = to.length === 1 ? `${address} is given.` : `One of ${String(to.length)} addresses may be given.`;
    return [{ address, verdict: 'gained' as const, to, pool, reason }];
  });
}
