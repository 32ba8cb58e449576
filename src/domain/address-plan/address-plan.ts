/**
 * What a change does to the addresses of Services. `lost`: had one, has none afterwards. `moved`: has another one. `pending`:
 * had none and gets none. `gained`: gets one it did not have. `kept`: nothing changes.
 */
export type AddressVerdict = 'kept' | 'moved' | 'lost' | 'pending' | 'gained';

/** Name of the pool an address belongs to; absent where no pool holds it. */
export interface PoolChange {
  readonly before?: string;
  readonly after?: string;
}

/** What happens to one address. A Service that waits for one and gets none has no entry. */
export interface AddressOutcome {
  /** The address held before; for `gained` the new one (the first of several possible ones). */
  readonly address: string;
  readonly verdict: AddressVerdict;
  /** Where it was `moved` to or what may be `gained`: every possible address of its family, in order. */
  readonly to: readonly string[];
  readonly pool: PoolChange;
  /** One sentence. */
  readonly reason: string;
}

/** Who makes an address known: nodes by ARP and NDP or by BGP, and the BGP peers that are told. */
export interface Advertised {
  readonly nodes: readonly string[];
  /** Names of BGPPeers. */
  readonly peers: readonly string[];
  /** Interfaces of announcements by ARP and NDP; empty: all of them. */
  readonly interfaces: readonly string[];
}

/** An address that stays and is advertised otherwise. */
export interface AdvertisedChange {
  readonly address: string;
  readonly change: 'fewer' | 'more' | 'other';
  readonly before: Advertised;
  readonly after: Advertised;
  /** One sentence. */
  readonly reason: string;
}

export interface ServiceOutcome {
  readonly namespace: string;
  readonly name: string;
  /** As in its status. */
  readonly before: readonly string[];
  /** Every possible set of addresses afterwards; exactly one where the outcome is determined; `[]` in it means none. */
  readonly after: readonly (readonly string[])[];
  /** false: there are more possibilities than were followed, and `after` is a sample of them. */
  readonly exact: boolean;
  /** The worst over its addresses and over what is possible: lost, moved, pending, gained, kept. */
  readonly verdict: AddressVerdict;
  /** One sentence: why. */
  readonly reason: string;
  readonly addresses: readonly AddressOutcome[];
  /** Addresses that stay and that other nodes or peers advertise afterwards. */
  readonly advertised: readonly AdvertisedChange[];
}

/** A run of addresses in its shortest text, and how many they are (a decimal number of any size). */
export interface CountedRange {
  readonly range: string;
  readonly count: string;
}

/** How many addresses there are of each family: decimal numbers of any size. */
export interface FamilyCounts {
  readonly ipv4: string;
  readonly ipv6: string;
}

export interface PoolOutcome {
  readonly name: string;
  readonly exists: { readonly before: boolean; readonly after: boolean };
  readonly added: readonly CountedRange[];
  readonly removed: readonly CountedRange[];
  readonly capacity: { readonly before: FamilyCounts; readonly after: FamilyCounts };
  /** Distinct addresses in use; afterwards at least and at most. */
  readonly used: { readonly before: number; readonly after: { readonly least: number; readonly most: number } };
}

/** What a change of pools, advertisements, namespaces or Services does to every Service and every pool. */
export interface AddressPlan {
  /** Sorted by namespace and name. */
  readonly services: readonly ServiceOutcome[];
  /** Every pool before or after, sorted by name. */
  readonly pools: readonly PoolOutcome[];
  /** true where every outcome is. */
  readonly exact: boolean;
  /**
   * Why MetalLB refuses its whole configuration after the change, where it takes the one before; absent: it takes it, or
   * refuses already what there is.
   */
  readonly refused?: string;
  /** What holds for the whole: a configuration MetalLB refuses, objects that could not be read. Sentences. */
  readonly notes: readonly string[];
}
