import { isOlderVersion } from '../manifest/resource-version.ts';
import type { Block } from './block.ts';
import { type BlockBounds, BlockDraft } from './block-draft.ts';
import { type Claim, mayShare, sameShare } from './claim.ts';

/**
 * Why a claim is refused. `taken`: another Service holds the address and they may not share it. `outdated`: the Service's
 * claim has a later ticket, or one that cannot be compared; read the Service anew. `unreadable`: what is stored about the
 * address cannot be read. `full`: the record has no room.
 */
export type ClaimRefusal = 'taken' | 'outdated' | 'unreadable' | 'full';

export interface RefusedClaim {
  readonly claim: Claim;
  readonly why: ClaimRefusal;
  /** Whose claim stands in the way. */
  readonly holder?: Claim;
}

export interface ClaimedBlock {
  readonly block: Block;
  /** In the order asked for; also those that stood already. */
  readonly claimed: readonly Claim[];
  readonly refused: readonly RefusedClaim[];
}

/**
 * In UTF-16 units, each at most three bytes in UTF-8: with its metadata a block stays below the 1 MiB of a ConfigMap. Some
 * two thousand Services that share fit in, many times what 256 addresses hold without.
 */
const bounds: BlockBounds = { size: 300_000, growth: 8_000 };

/**
 * Adds claims, and renews those that a Service has already. A ticket only ever grows: were it put back, another controller
 * could take an address for never published that its later ticket had been used to publish.
 */
export function claimIn(block: Block, claims: readonly Claim[]): ClaimedBlock {
  const draft = new BlockDraft(block);
  const claimed: Claim[] = [];
  const refused: RefusedClaim[] = [];
  for (const claim of claims) {
    const refusal = claimOne(draft, claim);
    if (refusal === undefined) {
      claimed.push(claim);
    } else {
      refused.push(refusal);
    }
  }
  return { block: draft.done(), claimed, refused };
}

function claimOne(draft: BlockDraft, claim: Claim): RefusedClaim | undefined {
  const claims = draft.claimsAt(claim.address);
  if (claims === undefined) {
    return { claim, why: 'unreadable' };
  }
  const own = claims.find(({ uid }) => uid === claim.uid);
  if (own !== undefined && own.ticket !== claim.ticket && !isOlderVersion(own.ticket, claim.ticket)) {
    return { claim, why: 'outdated', holder: own };
  }
  const others = claims.filter((each) => each !== own);
  const holder = others.find(({ share }) => !mayShare(share, claim.share));
  if (holder !== undefined) {
    return { claim, why: 'taken', holder };
  }
  if (own !== undefined && isSame(own, claim)) {
    return undefined;
  }
  return draft.replace(claim.address, [...others, claim], bounds) ? undefined : { claim, why: 'full' };
}

function isSame(left: Claim, right: Claim): boolean {
  return left.ticket === right.ticket && left.service === right.service && sameShare(left.share, right.share);
}
