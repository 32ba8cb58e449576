import { bfdProfile } from './bfd-profile.ts';
import { bgpAdvertisement } from './bgp-advertisement.ts';
import { bgpPeer } from './bgp-peer.ts';
import { community } from './community.ts';
import { configurationState } from './configuration-state.ts';
import { ipAddressPool } from './ip-address-pool.ts';
import type { MetalLbKind, MetalLbKindName } from './kind.ts';
import { l2Advertisement } from './l2-advertisement.ts';
import { isSince, releaseOf } from './release.ts';
import { serviceBgpStatus, serviceL2Status } from './status-kinds.ts';

export const metalLbGroup = 'metallb.io';

/**
 * MetalLB's API as one table. The config schema's lists, the config's types, the CRD documents and the check of fields
 * against a release all come from here, so a field is described once.
 */
export const metalLbApi: readonly MetalLbKind[] = [
  ipAddressPool,
  l2Advertisement,
  bgpPeer,
  bgpAdvertisement,
  bfdProfile,
  community,
  serviceL2Status,
  serviceBgpStatus,
  configurationState,
];

/** A kind by its name. */
export function metalLbKind(name: MetalLbKindName): MetalLbKind {
  const found = metalLbApi.find((kind) => kind.kind === name);
  if (found === undefined) {
    throw new Error(`bug: the table has no kind ${name}`);
  }
  return found;
}

/** The kinds that a version (`0.15.2`, or a line such as `0.15`) has. */
export function metalLbKindsOf(version: string): readonly MetalLbKindName[] {
  const release = releaseOf(version);
  return metalLbApi.filter((kind) => isSince(release, kind.since)).map((kind) => kind.kind);
}
