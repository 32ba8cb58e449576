import type { IpPrefix, IpRange } from '../../domain/address/ip-range.ts';
import { type Block, blockName, blockOfName, emptyBlock, withheldRanges } from '../../domain/claims/block.ts';
import { decodeBlock } from '../../domain/claims/block-codec.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import { isOlderVersion } from '../../domain/manifest/resource-version.ts';
import type { ObjectFence } from '../../ports/object-replacer.ts';
import type { ClaimIndex } from './claim-index.ts';

/** A block as last known, and by what a write to it is fenced. Without a fence it is not stored. */
export interface KnownBlock {
  readonly block: Block;
  readonly fence: ObjectFence | undefined;
}

function fenceOf({ metadata }: KubeObject): ObjectFence {
  const { uid, resourceVersion } = metadata;
  if (uid === undefined || resourceVersion === undefined) {
    throw new Error('bug: an object that was read has no uid or resourceVersion');
  }
  return { uid, resourceVersion };
}

/**
 * The blocks as last known, by the watch and by the answers to our own requests, whichever is later. It may be behind the
 * cluster: every step from it is a compare-and-swap.
 */
export class BlockCache {
  readonly index: ClaimIndex;
  private readonly known = new Map<string, { readonly block: Block; readonly fence: ObjectFence }>();
  /** The last uid of each name that was seen to go: late news of it does not bring it back. */
  private readonly buried = new Map<string, string>();
  private readonly strayNames = new Set<string>();
  private readonly withheldOf = new WeakMap<Block, readonly IpRange[]>();

  constructor(index: ClaimIndex) {
    this.index = index;
  }

  at(prefix: IpPrefix): KnownBlock {
    return this.known.get(blockName(prefix)) ?? { block: emptyBlock(prefix), fence: undefined };
  }

  blocks(): readonly Block[] {
    return [...this.known.values()].map(({ block }) => block);
  }

  /** Addresses about which nothing certain is stored. Each block is gone through once. */
  withheld(): readonly IpRange[] {
    return this.blocks().flatMap((block) => {
      const ranges = this.withheldOf.get(block) ?? withheldRanges(block);
      this.withheldOf.set(block, ranges);
      return ranges;
    });
  }

  /** Names of ConfigMaps that are labelled as blocks and are none. */
  strays(): readonly string[] {
    return [...this.strayNames];
  }

  put(object: KubeObject): void {
    const { name } = object.metadata;
    const before = this.known.get(name);
    if (this.isNews(object)) {
      this.take(object, decodeBlock(object, before?.block));
    }
  }

  /** As `put`, of an object that is read already; `block` is what it holds. */
  putDecoded(object: KubeObject, block: Block | undefined): void {
    if (this.isNews(object)) {
      this.take(object, block);
    }
  }

  /** As `put`, of an object that was read just now: it is there, whatever a watch told of its selection. */
  read(object: KubeObject): void {
    this.buried.delete(object.metadata.name);
    this.put(object);
  }

  gone(object: KubeObject): void {
    const { name } = object.metadata;
    const { uid, resourceVersion } = fenceOf(object);
    const fence = this.known.get(name)?.fence;
    // Of another uid: what is known was made after this one had gone, unless the news is later.
    if (fence === undefined || fence.uid === uid || isOlderVersion(fence.resourceVersion, resourceVersion)) {
      this.bury(name, uid);
    }
  }

  /** It was read, or deleted by us, and is not there. */
  absent(prefix: IpPrefix, fence: ObjectFence | undefined): void {
    const name = blockName(prefix);
    const now = this.known.get(name)?.fence;
    if (fence !== undefined && (now === undefined || now.uid === fence.uid)) {
      this.bury(name, fence.uid);
    }
  }

  /** A complete list. What is known by later news than the list's stays. */
  replaced(objects: readonly KubeObject[], version: string): void {
    const names = new Set(objects.map(({ metadata }) => metadata.name));
    for (const [name, { fence }] of this.known) {
      if (!names.has(name) && !isOlderVersion(version, fence.resourceVersion)) {
        this.bury(name, fence.uid);
      }
    }
    this.strayNames.clear();
    for (const object of objects) {
      this.put(object);
    }
  }

  /** What a write gave back is told again by the watch: nothing is done twice for it. */
  private isNews(object: KubeObject): boolean {
    const { name } = object.metadata;
    const { uid, resourceVersion } = fenceOf(object);
    const before = this.known.get(name)?.fence;
    const isKnown = before?.uid === uid && before.resourceVersion === resourceVersion;
    const isLate = before !== undefined && isOlderVersion(resourceVersion, before.resourceVersion);
    return !isKnown && !isLate && this.buried.get(name) !== uid;
  }

  private take(object: KubeObject, block: Block | undefined): void {
    const { name } = object.metadata;
    const before = this.known.get(name);
    if (block === undefined) {
      this.strayNames.add(name);
      return;
    }
    this.known.set(name, { block, fence: fenceOf(object) });
    this.index.update(before?.block, block);
  }

  private bury(name: string, uid: string): void {
    const before = this.known.get(name);
    this.strayNames.delete(name);
    this.known.delete(name);
    if (blockOfName(name) !== undefined) {
      this.buried.set(name, uid);
    }
    this.index.update(before?.block, undefined);
  }
}
