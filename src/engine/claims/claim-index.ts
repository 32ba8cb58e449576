import { type AddressKey, addressKey } from '../../domain/address/address-key.ts';
import type { Block } from '../../domain/claims/block.ts';
import type { Claim } from '../../domain/claims/claim.ts';

/** Which claims each Service has, kept from block to block. */
export class ClaimIndex {
  private readonly byUid = new Map<string, Map<AddressKey, Claim>>();
  private readonly onChanged: (uids: ReadonlySet<string>) => void;

  /** `onChanged` hears of the Services whose claims are other than before. */
  constructor(onChanged: (uids: ReadonlySet<string>) => void) {
    this.onChanged = onChanged;
  }

  claimsOf(uid: string): readonly Claim[] {
    return [...(this.byUid.get(uid)?.values() ?? [])];
  }

  uids(): readonly string[] {
    return [...this.byUid.keys()];
  }

  /** A block became another one. Entries that both have are passed over, so a change costs what it changed. */
  update(before: Block | undefined, after: Block | undefined): void {
    const touched = new Set<string>();
    for (const [offset, entry] of before?.entries ?? []) {
      if (after?.entries.get(offset) !== entry) {
        for (const claim of entry.claims) {
          this.drop(claim);
          touched.add(claim.uid);
        }
      }
    }
    for (const [offset, entry] of after?.entries ?? []) {
      if (before?.entries.get(offset) !== entry) {
        for (const claim of entry.claims) {
          this.add(claim);
          touched.add(claim.uid);
        }
      }
    }
    if (touched.size > 0) {
      this.onChanged(touched);
    }
  }

  private add(claim: Claim): void {
    const claims = this.byUid.get(claim.uid) ?? new Map<AddressKey, Claim>();
    this.byUid.set(claim.uid, claims.set(addressKey(claim.address), claim));
  }

  private drop(claim: Claim): void {
    const claims = this.byUid.get(claim.uid);
    claims?.delete(addressKey(claim.address));
    if (claims?.size === 0) {
      this.byUid.delete(claim.uid);
    }
  }
}
