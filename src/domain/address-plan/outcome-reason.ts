import { formatAddress, type IpAddress } from '../address/ip-address.ts';
import { commonOwner } from '../allocation/pool-config.ts';
import type { AddressVerdict } from './address-plan.ts';
import type { Change } from './contest/change.ts';
import type { Possibilities } from './contest/explore.ts';
import type { ServiceHistory } from './contest/service-history.ts';

export interface OutcomeFacts {
  readonly change: Change;
  readonly service: ServiceHistory;
  readonly ends: readonly (readonly IpAddress[])[];
  readonly possible: Possibilities;
  readonly verdict: AddressVerdict;
}

/** One sentence for people who know MetalLB: what happens to the Service, and why. */
export function outcomeReason(facts: OutcomeFacts): string {
  const { service, ends, possible } = facts;
  const held = textOf(service.held);
  if (service.after === undefined) {
    return held === '' ? 'It is deleted.' : `It is deleted, and ${held} becomes free.`;
  }
  const because = possible.taken === undefined ? '' : `, because ${possible.taken}`;
  const refused = possible.refused === undefined ? '' : `: ${possible.refused}`;
  switch (facts.verdict) {
    case 'kept':
      return keptReason(facts, held);
    case 'moved':
      return `It moves from ${held} to ${choice(facts)}${because}.`;
    case 'gained':
      return held === ''
        ? `It gets ${choice(facts)}.`
        : `It keeps ${held} and gets a second address: ${choice(facts)}.`;
    case 'pending':
      return ends.length > 1
        ? `It gets ${choice(facts)}, or goes on waiting${refused}.`
        : `It goes on waiting${refused === '' ? ' for an address' : refused}.`;
    case 'lost':
      return ends.some((end) => end.length > 0)
        ? partlyLost(facts, held, because)
        : `It loses ${held}${because}; it gets no other${refused}.`;
  }
}

function partlyLost(facts: OutcomeFacts, held: string, because: string): string {
  const [only, second] = facts.ends;
  if (second === undefined && only !== undefined) {
    return `Of ${held} it has ${textOf(only)} afterwards${because}.`;
  }
  return `It may lose ${held}${because}: afterwards it has ${choice(facts)}, or none.`;
}

function keptReason({ change, service }: OutcomeFacts, held: string): string {
  const before = commonOwner(change.before.config, service.held)?.name;
  const after = commonOwner(change.after.config, service.held)?.name;
  if (change.after.config.refusal !== undefined && change.reloads) {
    return `It keeps ${held}: MetalLB refuses the configuration and goes on with the one it has.`;
  }
  if (after !== undefined && before !== undefined && before !== after) {
    return `It keeps ${held}, which pool ${after} holds afterwards instead of pool ${before}.`;
  }
  return after === undefined ? `It keeps ${held}.` : `It keeps ${held} from pool ${after}.`;
}

/** `10.0.0.7 (pool b)`, or how many there are where MetalLB's choice cannot be told beforehand. */
function choice({ change, ends }: OutcomeFacts): string {
  const given = ends.filter((end) => end.length > 0);
  const [only, second] = given;
  if (only === undefined) {
    return 'none';
  }
  const pools = [...new Set(given.flatMap((end) => commonOwner(change.after.config, end)?.name ?? []))].toSorted();
  const [pool, another] = pools;
  if (second === undefined) {
    return pool === undefined ? textOf(only) : `${textOf(only)} from pool ${pool}`;
  }
  const few =
    given.length <= 3 ? given.map((end) => textOf(end)).join(' or ') : `one of ${String(given.length)} addresses`;
  if (pool === undefined) {
    return few;
  }
  return another === undefined ? `${few} from pool ${pool}` : `${few} from the pools ${pools.slice(0, 4).join(', ')}`;
}

function textOf(addresses: readonly IpAddress[]): string {
  return addresses.map((address) => formatAddress(address)).join(' and ');
}
