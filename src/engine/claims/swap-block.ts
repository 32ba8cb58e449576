import { type Block, blockName } from '../../domain/claims/block.ts';
import { decodeBlock, encodeBlock } from '../../domain/claims/block-codec.ts';
import { Failure, isFailure } from '../../domain/failure.ts';
import type { IpPrefix } from '../../domain/address/ip-range.ts';
import type { ObjectId } from '../../domain/manifest/object-id.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../../ports/cluster.ts';
import type { ObjectReplacer } from '../../ports/object-replacer.ts';
import { type RetryPolicy, withRetry } from '../with-retry.ts';
import type { BlockCache, KnownBlock } from './block-cache.ts';

/** What claims need of the cluster. */
export interface ClaimWorld {
  readonly reader: Pick<ClusterReader, 'list' | 'get'>;
  readonly writer: ObjectReplacer & Pick<ClusterWriter, 'delete'>;
  readonly clock: Clock;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** Where the blocks are kept. */
  readonly namespace: string;
  readonly policy?: RetryPolicy;
}

/** Short: whoever wants an address asks again by itself. */
const claimRetry: RetryPolicy = { attempts: 3, firstDelayMs: 50, factor: 2, maxDelayMs: 500 };

function idOf(world: ClaimWorld, prefix: IpPrefix): ObjectId {
  return { group: '', kind: 'ConfigMap', namespace: world.namespace, name: blockName(prefix) };
}

function patient<T>(world: ClaimWorld, work: () => Promise<T>): Promise<T> {
  return withRetry(work, { policy: claimRetry, ...world });
}

/** Reads a block anew into the cache. Rejects with the Failure of the read. */
export async function readBlock(world: ClaimWorld, cache: BlockCache, known: KnownBlock): Promise<void> {
  const { prefix } = known.block;
  const now = await patient(world, () => world.reader.get('v1', idOf(world, prefix), world.signal));
  if (now === undefined) {
    cache.absent(prefix, known.fence);
  } else {
    cache.read(now);
  }
}

function isSame(left: Block, right: Block): boolean {
  return (
    left.entries.size === right.entries.size &&
    [...left.entries].every(([offset, { text }]) => right.entries.get(offset)?.text === text)
  );
}

async function write(world: ClaimWorld, cache: BlockCache, known: KnownBlock, wanted: Block): Promise<void> {
  const { fence } = known;
  if (wanted.entries.size === 0 && fence !== undefined) {
    await patient(world, () => world.writer.delete('v1', idOf(world, wanted.prefix), fence, world.signal));
    cache.absent(wanted.prefix, fence);
    return;
  }
  const object = encodeBlock(wanted, world.namespace);
  const written = await patient(world, () =>
    fence === undefined ? world.writer.create(object, world.signal) : world.writer.replace(object, fence, world.signal),
  );
  const stored = decodeBlock(written, known.block);
  cache.putDecoded(written, stored);
  if (stored === undefined || !isSame(stored, wanted)) {
    throw new Failure({
      code: 'cluster-error',
      retry: 'later',
      message: `The API server does not store ConfigMap ${blockName(wanted.prefix)} as it was written`,
      remedy: 'An admission webhook or policy changes it: let it leave the claims as they are.',
    });
  }
}

/**
 * Writes a block in the place of the one that is known; one without claims is deleted. False where the cluster has another
 * one by now, which is then known. Throws the Failure of a write that may or may not have been made.
 */
export async function swapBlock(
  world: ClaimWorld,
  cache: BlockCache,
  known: KnownBlock,
  wanted: Block,
): Promise<boolean> {
  try {
    await write(world, cache, known, wanted);
    return true;
  } catch (error) {
    if (!isFailure(error, 'object-changed', 'object-conflict')) {
      throw error;
    }
    await readBlock(world, cache, known);
    return false;
  }
}
