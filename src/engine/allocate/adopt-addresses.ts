import { type IpAddress } from '../../domain/address/ip-address.ts';
import { ownerOf } from '../../domain/allocation/pool-config.ts';
import { isServedBy } from '../../domain/allocation/service-view.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import { wantedClaims } from '../../domain/publication/plan-service.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { AllocationState } from './allocation-state.ts';

export interface Adoption {
  readonly state: AllocationState;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Claims what Services hold already and nobody has claimed, before anything is given to anybody. No Service is written for
 * it. Ends when it is done or the signal is aborted.
 */
export async function adoptAddresses({ state, clock, log }: Adoption, signal: AbortSignal): Promise<void> {
  for (let pauseMs = 100; !signal.aborted; pauseMs = Math.min(pauseMs * 2, 10_000)) {
    const claims = unclaimed(state);
    if (claims.length === 0) {
      return;
    }
    const { claimed, failed } = await state.claims.claim(claims, signal);
    log.write('info', 'claimed addresses that Services hold already', { addresses: claimed.length });
    const [first] = failed;
    if (first === undefined) {
      return;
    }
    log.write('warn', 'claims could not be written yet', { error: first.failure.message });
    await clock.sleep(pauseMs, signal);
  }
}

/** Where several hold the same, the oldest asks first. */
function unclaimed({ services, claims, pools: { config }, lbClass }: AllocationState): readonly Claim[] {
  if (config === undefined) {
    return [];
  }
  return [...services.records.values()]
    .filter(({ view }) => view.isLoadBalancer && view.held.length > 0 && isServedBy(view, lbClass))
    .toSorted((left, right) => compareTexts(left.created, right.created) || compareTexts(left.uid, right.uid))
    .flatMap((record) => {
      const stored = claims.claimsOf(record.uid).map(({ address }) => address);
      const open = record.view.held.filter((held) => ownerOf(config, held) !== undefined && !isAmong(stored, held));
      return wantedClaims(record, open);
    });
}

function isAmong(addresses: readonly IpAddress[], { family, value }: IpAddress): boolean {
  return addresses.some((address) => address.family === family && address.value === value);
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
