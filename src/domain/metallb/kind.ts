import type { ObjectField } from './field.ts';
import type { Release } from './release.ts';

/** A column of `kubectl get`. */
export interface PrinterColumn {
  readonly name: string;
  readonly jsonPath: string;
  readonly type: 'string' | 'integer' | 'boolean' | 'date';
  /** 0 is always shown, more only with `-o wide`. */
  readonly priority?: number;
}

/** One version of one kind. */
export interface KindVersion {
  readonly name: 'v1beta1' | 'v1beta2';
  readonly storage: boolean;
  /** What the API server warns when a client uses this version. */
  readonly deprecation?: string;
  readonly columns: readonly PrinterColumn[];
  /** Absent: the kind is a report and has no spec. */
  readonly spec?: ObjectField;
  readonly status?: ObjectField;
}

export type MetalLbKindName =
  | 'IPAddressPool'
  | 'L2Advertisement'
  | 'BGPPeer'
  | 'BGPAdvertisement'
  | 'BFDProfile'
  | 'Community'
  | 'ServiceL2Status'
  | 'ServiceBGPStatus'
  | 'ConfigurationState';

/** The keys under `metallb:` that hold lists of resources. */
export type ConfigListName =
  'ipAddressPool' | 'l2Advertisement' | 'bgpPeer' | 'bgpAdvertisement' | 'bfdProfile' | 'community';

/** One kind of MetalLB's API. */
export interface MetalLbKind {
  readonly kind: MetalLbKindName;
  readonly plural: string;
  readonly singular: string;
  /** First release that has the kind; absent: all do. */
  readonly since?: Release;
  readonly description: string;
  /** Where the config lists resources of this kind; absent for what MetalLB itself writes. */
  readonly config?: { readonly key: ConfigListName; readonly description: string };
  /** The version that is stored is the one the config speaks. */
  readonly versions: readonly KindVersion[];
}

/** The version in which objects of a kind are stored and rendered. */
export function storageVersion(kind: MetalLbKind): KindVersion {
  const found = kind.versions.find((version) => version.storage);
  if (found === undefined) {
    throw new Error(`bug: ${kind.kind} has no storage version`);
  }
  return found;
}
