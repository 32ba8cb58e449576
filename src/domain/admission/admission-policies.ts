import type { MetalLbSettings } from '../environment/environment.ts';
import { releaseOf } from '../metallb/release.ts';
import type { AdmissionPolicy } from './admission-policy.ts';
import { bgpAdvertisementPolicy, communityPolicy, l2AdvertisementPolicy } from './advertisement-policies.ts';
import { peerPolicy } from './peer-policy.ts';
import { poolPolicy } from './pool-policy.ts';
import { servicePolicy } from './service-policy.ts';

/**
 * What stands in for MetalLB's admission webhook: as far as one object by itself can tell, for the fields that the release
 * has. What two objects have to do with each other `validate` and the programs find.
 */
export function admissionPolicies({
  backend,
  loadBalancerClass,
  version,
}: MetalLbSettings): readonly AdmissionPolicy[] {
  const release = releaseOf(version);
  return [
    poolPolicy,
    l2AdvertisementPolicy(release),
    bgpAdvertisementPolicy(release),
    communityPolicy,
    peerPolicy(backend, release),
    servicePolicy(loadBalancerClass),
  ];
}
