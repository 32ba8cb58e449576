import type { IpAddress } from '../address/ip-address.ts';
import type { Block } from './block.ts';
import { BlockDraft } from './block-draft.ts';
import type { Claim } from './claim.ts';
import { mayRelease, type Sighting } from './evidence.ts';

/** A wish to give an address back, with what is known of the Service. */
export interface Release {
  readonly address: IpAddress;
  readonly uid: string;
  readonly sighting: Sighting;
}

/** A claim that stays: `unproven`, the sighting does not show that it may go; `unreadable`, it cannot be read. */
export interface KeptClaim {
  readonly release: Release;
  readonly why: 'unproven' | 'unreadable';
  readonly claim?: Claim;
}

export interface ReleasedBlock {
  readonly block: Block;
  /** In the order asked for; also those of which there was no claim. */
  readonly released: readonly Release[];
  readonly kept: readonly KeptClaim[];
}

/**
 * Removes claims. Each sighting is held against the ticket that the block has now, not the one that was known when the
 * release was asked for: a claim that was renewed since stays until its new ticket has passed, too.
 */
export function releaseFrom(block: Block, releases: readonly Release[]): ReleasedBlock {
  const draft = new BlockDraft(block);
  const released: Release[] = [];
  const kept: KeptClaim[] = [];
  for (const release of releases) {
    const refusal = releaseOne(draft, release);
    if (refusal === undefined) {
      released.push(release);
    } else {
      kept.push(refusal);
    }
  }
  return { block: draft.done(), released, kept };
}

function releaseOne(draft: BlockDraft, release: Release): KeptClaim | undefined {
  const claims = draft.claimsAt(release.address);
  if (claims === undefined) {
    return { release, why: 'unreadable' };
  }
  const claim = claims.find(({ uid }) => uid === release.uid);
  if (claim === undefined) {
    return undefined;
  }
  if (!mayRelease(claim, release.sighting)) {
    return { release, why: 'unproven', claim };
  }
  const left = claims.filter((each) => each !== claim);
  draft.replace(release.address, left);
  return undefined;
}
