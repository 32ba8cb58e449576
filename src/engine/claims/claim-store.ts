import type { IpAddress } from '../../domain/address/ip-address.ts';
import type { IpPrefix, IpRange } from '../../domain/address/ip-range.ts';
import { blockName, blockOf, claimsAt } from '../../domain/claims/block.ts';
import { blockProblems, claimsSelector } from '../../domain/claims/block-codec.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { RefusedClaim } from '../../domain/claims/claim-in.ts';
import type { KeptClaim, Release } from '../../domain/claims/release-from.ts';
import { Failure } from '../../domain/failure.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import { inParallel } from '../in-parallel.ts';
import { firstContactRetry, withRetry } from '../with-retry.ts';
import { BlockCache } from './block-cache.ts';
import { type BlockOutcome, BlockQueue, type BlockWish } from './block-queue.ts';
import { ClaimIndex } from './claim-index.ts';
import { type ClaimWorld, readBlock } from './swap-block.ts';

/** What could not be written, or may have been written without an answer. Asking again is always safe. */
export interface FailedClaim {
  readonly claim: Claim;
  readonly failure: Failure;
}

export interface FailedRelease {
  readonly release: Release;
  readonly failure: Failure;
}

/** What became of each claim; durable are the `claimed` ones. */
export interface ClaimOutcome {
  readonly claimed: readonly Claim[];
  readonly refused: readonly RefusedClaim[];
  readonly failed: readonly FailedClaim[];
}

export interface ReleaseOutcome {
  /** Gone from the block, or never there. */
  readonly released: readonly Release[];
  readonly kept: readonly KeptClaim[];
  readonly failed: readonly FailedRelease[];
}

/** Blocks that one call writes at a time. */
const width = 8;

/**
 * The claims as they stand in the cluster, and the way to change them. Reading is from memory and may be behind: that
 * costs refused or repeated writes, never an address given twice.
 */
export class ClaimStore {
  private readonly world: ClaimWorld;
  private readonly cache: BlockCache;
  private readonly queues = new Map<string, BlockQueue>();
  private readonly onChanged: (uids: ReadonlySet<string>) => void;
  /** Services that are giving up claims in several blocks, and those of them whose claims are other than before. */
  private readonly parting = new Set<string>();
  private readonly untold = new Set<string>();

  /** `onChanged` hears of the Services whose claims are other than before, by whomever they were changed. */
  constructor(world: ClaimWorld, onChanged: (uids: ReadonlySet<string>) => void = () => undefined) {
    this.world = world;
    this.onChanged = onChanged;
    this.cache = new BlockCache(
      new ClaimIndex((uids) => {
        this.tell(uids);
      }),
    );
  }

  /** Reads all blocks. A sink of a watch does the same by its first list. */
  async load(signal: AbortSignal): Promise<void> {
    const { reader, namespace, clock } = this.world;
    const options = { namespace, labelSelector: claimsSelector };
    const contact = { clock, signal, policy: firstContactRetry };
    const list = await withRetry(() => reader.list('v1', 'ConfigMap', options, signal), contact);
    this.replaced(list.items, list.resourceVersion);
  }

  /** As of a watch sink over the ConfigMaps that `claimsSelector` selects. */
  replaced(objects: readonly KubeObject[], version: string): void {
    this.cache.replaced(objects, version);
  }

  put(object: KubeObject): void {
    this.cache.put(object);
  }

  gone(object: KubeObject): void {
    this.cache.gone(object);
  }

  /** Every claim of a Service, in no order. */
  claimsOf(uid: string): readonly Claim[] {
    return this.cache.index.claimsOf(uid);
  }

  /** Every Service that has a claim. */
  holders(): readonly string[] {
    return this.cache.index.uids();
  }

  claimsAt(address: IpAddress): readonly Claim[] {
    return claimsAt(this.cache.at(blockOf(address)).block, address);
  }

  /** Reads what is stored about these addresses, so that what is known of them is no older than this call. Rejects with a Failure. */
  async readAnew(addresses: readonly IpAddress[]): Promise<void> {
    const groups = byBlock(addresses.map((address) => ({ address })));
    await inParallel(groups, width, ({ prefix }) => readBlock(this.world, this.cache, this.cache.at(prefix)));
  }

  /** Addresses that are not given to anybody new, because what is stored about them cannot be read. */
  withheld(): readonly IpRange[] {
    return this.cache.withheld();
  }

  /** What is wrong with what is stored, a sentence each. */
  problems(): readonly string[] {
    const strays = this.cache
      .strays()
      .map((name) => `ConfigMap ${name} is labelled as a record of claims, but its name is none's. It is passed over.`);
    return [...this.cache.blocks().flatMap((block) => blockProblems(block)), ...strays];
  }

  /**
   * Makes claims durable, all of a block in one write. Rejects with the signal's reason where it is aborted before a write;
   * what was claimed by then stays claimed.
   */
  async claim(batch: readonly Claim[], signal: AbortSignal): Promise<ClaimOutcome> {
    const groups = byBlock(batch);
    const outcomes = await inParallel(groups, width, async ({ prefix, items }) => {
      const outcome = await this.submit(prefix, { claims: items, releases: [], signal });
      return outcome instanceof Failure
        ? { claimed: [], refused: [], failed: items.map((claim) => ({ claim, failure: outcome })) }
        : { ...outcome, failed: [] };
    });
    return {
      claimed: outcomes.flatMap(({ claimed }) => claimed),
      refused: outcomes.flatMap(({ refused }) => refused),
      failed: outcomes.flatMap(({ failed }) => failed),
    };
  }

  /**
   * Removes claims that their sightings allow to remove, all of a block in one write. Rejects as `claim` does. What one
   * Service gives up is told when all of it was tried, so that two addresses that go together come to the next one together.
   */
  async release(batch: readonly Release[], signal: AbortSignal): Promise<ReleaseOutcome> {
    const groups = byBlock(batch);
    const uids = inSeveral(groups);
    for (const uid of uids) {
      this.parting.add(uid);
    }
    try {
      return await this.releaseGroups(groups, signal);
    } finally {
      for (const uid of uids) {
        this.parting.delete(uid);
      }
      const changed = new Set(uids.filter((uid) => this.untold.delete(uid)));
      if (changed.size > 0) {
        this.onChanged(changed);
      }
    }
  }

  private async releaseGroups(groups: readonly Group<Release>[], signal: AbortSignal): Promise<ReleaseOutcome> {
    const outcomes = await inParallel(groups, width, async ({ prefix, items }) => {
      const outcome = await this.submit(prefix, { claims: [], releases: items, signal });
      return outcome instanceof Failure
        ? { released: [], kept: [], failed: items.map((release) => ({ release, failure: outcome })) }
        : { ...outcome, failed: [] };
    });
    return {
      released: outcomes.flatMap(({ released }) => released),
      kept: outcomes.flatMap(({ kept }) => kept),
      failed: outcomes.flatMap(({ failed }) => failed),
    };
  }

  private tell(uids: ReadonlySet<string>): void {
    const now = new Set<string>();
    for (const uid of uids) {
      (this.parting.has(uid) ? this.untold : now).add(uid);
    }
    if (now.size > 0) {
      this.onChanged(now);
    }
  }

  private async submit(prefix: IpPrefix, wish: BlockWish): Promise<BlockOutcome | Failure> {
    const name = blockName(prefix);
    const queue = this.queues.get(name) ?? new BlockQueue(this.world, this.cache, prefix);
    this.queues.set(name, queue);
    try {
      return await queue.submit(wish);
    } catch (error) {
      if (error instanceof Failure) {
        return error;
      }
      throw error;
    } finally {
      if (queue.isIdle) {
        this.queues.delete(name);
      }
    }
  }
}

interface Group<Item> {
  readonly prefix: IpPrefix;
  readonly items: Item[];
}

/** In the order in which the blocks first come. */
function byBlock<Item extends { readonly address: IpAddress }>(items: readonly Item[]): readonly Group<Item>[] {
  const groups = new Map<string, Group<Item>>();
  for (const item of items) {
    const prefix = blockOf(item.address);
    const name = blockName(prefix);
    const group = groups.get(name) ?? { prefix, items: [] };
    group.items.push(item);
    groups.set(name, group);
  }
  return [...groups.values()];
}

/** Services that are in more than one group. */
function inSeveral(groups: readonly Group<Release>[]): readonly string[] {
  const seen = new Set<string>();
  const several = new Set<string>();
  for (const { items } of groups) {
    for (const uid of new Set(items.map((item) => item.uid))) {
      (seen.has(uid) ? several : seen).add(uid);
    }
  }
  return [...several];
}
