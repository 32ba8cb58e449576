import type { IpPrefix } from '../../domain/address/ip-range.ts';
import type { Block } from '../../domain/claims/block.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import { claimIn, type ClaimedBlock } from '../../domain/claims/claim-in.ts';
import { type Release, type ReleasedBlock, releaseFrom } from '../../domain/claims/release-from.ts';
import { Failure } from '../../domain/failure.ts';
import type { BlockCache } from './block-cache.ts';
import { type ClaimWorld, swapBlock } from './swap-block.ts';

/** What one caller wants of a block. */
export interface BlockWish {
  readonly claims: readonly Claim[];
  readonly releases: readonly Release[];
  /** Looked at right before the write; a wish that is under way is not taken back. */
  readonly signal: AbortSignal;
}

/** What became of a wish; `block` is what stands then. */
export type BlockOutcome = ClaimedBlock & ReleasedBlock;

interface Waiting {
  readonly wish: BlockWish;
  readonly resolve: (outcome: BlockOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Each attempt that fails has let another controller's write through, so this many in a row is no contention any more. */
const swapAttempts = 10;

/**
 * The wishes for one block, one write at a time. What comes while a write is under way is gathered into the next one, so
 * that many Services cost few writes.
 */
export class BlockQueue {
  private readonly world: ClaimWorld;
  private readonly cache: BlockCache;
  private readonly prefix: IpPrefix;
  private waiting: Waiting[] = [];
  private isRunning = false;

  constructor(world: ClaimWorld, cache: BlockCache, prefix: IpPrefix) {
    this.world = world;
    this.cache = cache;
    this.prefix = prefix;
  }

  get isIdle(): boolean {
    return !this.isRunning;
  }

  /** Rejects with the Failure of a write, which may have been made all the same, or with the reason of a signal. */
  submit(wish: BlockWish): Promise<BlockOutcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ wish, resolve, reject });
      if (!this.isRunning) {
        this.isRunning = true;
        void this.run();
      }
    });
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      // Whoever asks within the same turn shares the write.
      await Promise.resolve();
      const round = this.waiting;
      this.waiting = [];
      const live = round.filter(({ wish, reject }) => {
        if (wish.signal.aborted) {
          reject(wish.signal.reason);
        }
        return !wish.signal.aborted;
      });
      await this.serve(live);
    }
    this.isRunning = false;
  }

  private async serve(round: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.settle(round.map(({ wish }) => wish));
      for (const [index, { resolve }] of round.entries()) {
        resolve(outcomes[index] as BlockOutcome);
      }
    } catch (error) {
      for (const { reject } of round) {
        reject(error);
      }
    }
  }

  private async settle(wishes: readonly BlockWish[]): Promise<readonly BlockOutcome[]> {
    for (let attempt = 1; attempt <= swapAttempts; attempt += 1) {
      const known = this.cache.at(this.prefix);
      const outcomes = applyWishes(known.block, wishes);
      const wanted = outcomes.at(-1)?.block ?? known.block;
      if (wanted === known.block || (await swapBlock(this.world, this.cache, known, wanted))) {
        return outcomes;
      }
    }
    throw new Failure({
      code: 'object-changed',
      retry: 'later',
      message: 'Other controllers write the same claims all the time',
    });
  }
}

/** Releases come first: what they free can be claimed in the same write. */
function applyWishes(block: Block, wishes: readonly BlockWish[]): readonly BlockOutcome[] {
  let now = block;
  const released = wishes.map(({ releases }) => {
    const step = releaseFrom(now, releases);
    now = step.block;
    return step;
  });
  return wishes.map(({ claims }, index) => {
    const step = claimIn(now, claims);
    now = step.block;
    return { ...(released[index] as ReleasedBlock), ...step };
  });
}
