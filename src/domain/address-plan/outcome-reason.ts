import { formatAddress, type IpAddress } from '../address/ip-address.ts';
import { commonOwner } from '../allocation/pool-config.ts';
import type { AddressVerdict } from './address-plan.ts';
import { type Change, startsWithout } from './contest/change.ts';
import type { EndList } from './end-list.ts';
import type { Fate } from './fate.ts';

/** One sentence for people who know MetalLB: what happens to the Service, and why. */
export function outcomeReason(change: Change, { service, list, possible }: Fate, verdict: AddressVerdict): string {
  const held = joined(service.held);
  if (service.after === undefined) {
    return held === '' ? 'It is deleted.' : `It is deleted, and ${held} becomes free.`;
  }
  const because = possible.taken === undefined ? '' : `, because ${possible.taken}`;
  const refused = possible.refused === undefined ? '' : `: ${possible.refused}`;
  switch (verdict) {
    case 'kept':
      return keptReason(change, service.held);
    case 'moved':
      return movedReason(list, held, because);
    case 'gained':
      return held === '' ? `It gets ${choice(list)}.` : `It keeps ${held} and gets a second address: ${choice(list)}.`;
    case 'pending':
      return list.ends.length > 1
        ? `It gets ${choice(list)}, or goes on waiting${refused}.`
        : `It goes on waiting${refused}.`;
    case 'lost':
      return list.ends.some((end) => end.length > 0)
        ? partlyLost(list, held, because)
        : `It loses ${held}${because}, and gets no other${refused}.`;
  }
}

function movedReason(list: EndList, held: string, because: string): string {
  const ends = list.ends.filter((end) => joined(end) !== held);
  const comma = because === '' ? '' : ',';
  return ends.length < list.ends.length
    ? `It keeps ${held}, or loses it${because}${comma} and gets ${choice({ ...list, ends })} instead.`
    : `It loses ${held}${because}${comma} and gets ${choice(list)} instead.`;
}

function partlyLost(list: EndList, held: string, because: string): string {
  const [only, second] = list.ends;
  if (second === undefined && only !== undefined) {
    return `Of ${held} it keeps only ${joined(only)}${because}.`;
  }
  const none = list.ends.some((end) => end.length === 0) ? ', or none' : '';
  return `It may lose ${held}${because}: afterwards it has ${choice(list)}${none}.`;
}

export function keptReason(change: Change, held: readonly IpAddress[]): string {
  const text = joined(held);
  const before = commonOwner(change.before.config, held)?.name;
  const after = commonOwner(change.after.config, held)?.name;
  if (startsWithout(change)) {
    return `It keeps ${text}: the restarted controller refuses the configuration and leaves every Service as it is.`;
  }
  if (change.after.config.refusal !== undefined && change.reloads) {
    return `It keeps ${text}: MetalLB refuses the configuration and goes on with the one it has.`;
  }
  if (after !== undefined && before !== undefined && before !== after) {
    return `It keeps ${text}, which pool ${after} holds afterwards instead of pool ${before}.`;
  }
  return after === undefined ? `It keeps ${text}.` : `It keeps ${text} from pool ${after}.`;
}

/** `10.0.0.7 from pool b`, or how many there are where MetalLB's choice cannot be told beforehand. */
function choice({ ends, pools }: EndList): string {
  const given = ends.filter((end) => end.length > 0);
  const [pool, another] = pools;
  const few =
    given.length <= 3 ? given.map((end) => joined(end)).join(' or ') : `one of ${String(given.length)} addresses`;
  if (pool === undefined) {
    return few;
  }
  return another === undefined ? `${few} from pool ${pool}` : `${few} from the pools ${poolsText(pools)}`;
}

const mostNames = 4;

function poolsText(pools: readonly string[]): string {
  const more = pools.length - mostNames;
  return more <= 0 ? pools.join(', ') : `${pools.slice(0, mostNames).join(', ')} and ${String(more)} more`;
}

function joined(addresses: readonly IpAddress[]): string {
  return addresses.map((address) => formatAddress(address)).join(' and ');
}
