import type { IpAddress } from '../address/ip-address.ts';
import { type Block, type BlockEntry, entrySize, offsetIn } from './block.ts';
import type { Claim } from './claim.ts';
import { entryOf } from './claim-text.ts';

/** How large a block may get, and how much one entry may grow at once. */
export interface BlockBounds {
  readonly size: number;
  readonly growth: number;
}

const unbounded: BlockBounds = { size: Infinity, growth: Infinity };

/** A block while a step works on it: copied once a step, not once a claim. */
export class BlockDraft {
  private readonly origin: Block;
  private readonly entries: Map<number, BlockEntry>;
  private size: number;
  private isChanged = false;

  constructor(origin: Block) {
    this.origin = origin;
    this.entries = new Map(origin.entries);
    this.size = origin.size;
  }

  /** The claims of an address, or undefined where they cannot be read. */
  claimsAt(address: IpAddress): readonly Claim[] | undefined {
    const entry = this.entries.get(offsetIn(this.origin.prefix, address));
    return this.origin.problem === undefined && entry?.problem === undefined ? (entry?.claims ?? []) : undefined;
  }

  /** Puts these claims in the place of the address' own, unless that lets the block or the entry grow beyond its bound. */
  replace(address: IpAddress, claims: readonly Claim[], bounds: BlockBounds = unbounded): boolean {
    const offset = offsetIn(this.origin.prefix, address);
    const entry = claims.length === 0 ? undefined : entryOf(claims);
    const growth = entrySize(entry) - entrySize(this.entries.get(offset));
    if (growth > bounds.growth || (growth > 0 && this.size + growth > bounds.size)) {
      return false;
    }
    if (entry === undefined) {
      this.entries.delete(offset);
    } else {
      this.entries.set(offset, entry);
    }
    this.size += growth;
    this.isChanged = true;
    return true;
  }

  /** The block as it is now: the same value where nothing was changed. */
  done(): Block {
    return this.isChanged ? { ...this.origin, entries: this.entries, size: this.size } : this.origin;
  }
}
