import { isOlderVersion } from '../../../../src/domain/manifest/resource-version.ts';
import { claimIn } from '../../../../src/domain/claims/claim-in.ts';
import { mayPublish, mayRelease } from '../../../../src/domain/claims/evidence.ts';
import { releaseFrom } from '../../../../src/domain/claims/release-from.ts';

/** The rules that controllers of a run keep. */
export interface Protocol {
  readonly claimIn: typeof claimIn;
  readonly releaseFrom: typeof releaseFrom;
  readonly mayPublish: typeof mayPublish;
  readonly mayRelease: typeof mayRelease;
  /** Statuses are written with the version that was read as precondition. */
  readonly publishIsFenced: boolean;
  /** Blocks are written over the version that was read alone. */
  readonly swapIsFenced: boolean;
}

export const realProtocol: Protocol = {
  claimIn,
  releaseFrom,
  mayPublish,
  mayRelease,
  publishIsFenced: true,
  swapIsFenced: true,
};

const anyEvidence = { kind: 'gone' } as const;

/** Each leaves one rule out; the model must find what then goes wrong. */
export const brokenProtocols: Readonly<Record<string, Protocol>> = {
  'publishes at a version that no ticket names': {
    ...realProtocol,
    mayPublish: (claim, target) => claim.uid === target.uid,
  },
  'publishes whatever the version is': { ...realProtocol, publishIsFenced: false },
  'releases what was never published without a fencing write': {
    ...realProtocol,
    mayRelease: (claim, sighting) =>
      mayRelease(claim, sighting) ||
      (sighting.kind === 'seen' && sighting.version === claim.ticket && sighting.holds.length === 0),
    releaseFrom: (block, releases) =>
      releaseFrom(
        block,
        releases.map((release) => {
          const { sighting } = release;
          return sighting.kind === 'seen'
            ? { ...release, sighting: { ...sighting, follows: sighting.version } }
            : release;
        }),
      ),
  },
  'releases without looking at the ticket that stands now': {
    ...realProtocol,
    releaseFrom: (block, releases) =>
      releaseFrom(
        block,
        releases.map((release) => ({ ...release, sighting: anyEvidence })),
      ),
  },
  'takes a Service for gone that a list of any age lacks': {
    ...realProtocol,
    mayRelease: (claim, sighting) => sighting.kind === 'absent' || mayRelease(claim, sighting),
    releaseFrom: (block, releases) =>
      releaseFrom(
        block,
        releases.map((release) =>
          release.sighting.kind === 'absent' ? { ...release, sighting: anyEvidence } : release,
        ),
      ),
  },
  'puts a ticket back to an earlier version': {
    ...realProtocol,
    claimIn: (block, claims) => {
      const outdated = claims.flatMap((claim) => {
        const stored = claimIn(block, [claim]).refused.find(({ why }) => why === 'outdated')?.holder;
        return stored !== undefined && isOlderVersion(claim.ticket, stored.ticket)
          ? [{ address: claim.address, uid: claim.uid, sighting: anyEvidence }]
          : [];
      });
      return claimIn(releaseFrom(block, outdated).block, claims);
    },
  },
  'writes a block over whatever is there': { ...realProtocol, swapIsFenced: false },
};
