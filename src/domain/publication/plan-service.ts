import { holdsAddress, sameAddress } from '../address/ip-address.ts';
import type { Decision } from '../allocation/native/decision.ts';
import { type Claim, isClaimNeeded, shareOf } from '../claims/claim.ts';
import { mayRelease, type Sighting } from '../claims/evidence.ts';
import type { Release } from '../claims/release-from.ts';
import { type Publication, publicationOf } from './publish-service.ts';
import { isPublished, type ServiceRecord } from './service-record.ts';

/** What is to be done so that a Service has what was decided: claims first, then its status, then what it leaves behind. */
export interface ServicePlan {
  readonly record: ServiceRecord;
  readonly decision: Decision;
  readonly claims: readonly Claim[];
  readonly publication: Publication | undefined;
  /** Claims that can go at once. Those that only the publication sets free are none of them. */
  readonly releases: readonly Release[];
  /** Claims that can go when the publication was made. */
  readonly isReleasedLater: boolean;
}

/** Plans one Service by what it is, what was decided and what is claimed for it. */
export function planService(
  record: ServiceRecord,
  decision: Decision,
  stored: readonly Claim[],
  now: number,
): ServicePlan {
  const claims = wantedClaims(record, decision.wanted).filter((claim) =>
    isClaimNeeded(
      claim,
      stored.find((each) => sameAddress(each.address, claim.address)),
      isPublished(record, claim.address),
    ),
  );
  const unwanted = stored.filter(({ address }) => !holdsAddress(decision.wanted, address));
  const fenced = unwanted.filter(({ ticket, address }) => ticket === record.version && !isPublished(record, address));
  const addresses = fenced.map(({ address }) => address);
  const releases = releasesOf(record, unwanted);
  return {
    record,
    decision,
    claims,
    publication: publicationOf(record, decision, addresses, now),
    releases,
    isReleasedLater: releases.length < unwanted.length,
  };
}

/** Claims of a Service that may go by what it was last seen to be. */
export function releasesOf(record: ServiceRecord, unwanted: readonly Claim[]): readonly Release[] {
  const sighting: Sighting = { kind: 'seen', version: record.version, holds: record.view.held };
  return unwanted
    .filter((claim) => mayRelease(claim, sighting) && !isPublished(record, claim.address))
    .map(({ address, uid }) => ({ address, uid, sighting }));
}

/** The claims by which a Service may have these addresses at the version that was seen. */
export function wantedClaims(record: ServiceRecord, addresses: Decision['wanted']): readonly Claim[] {
  const share = shareOf(record.view);
  const { uid, version: ticket, key: service } = record;
  return addresses.map((address) => ({ address, uid, ticket, service, ...(share === undefined ? {} : { share }) }));
}
