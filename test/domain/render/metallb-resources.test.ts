import { describe, expect, it } from 'vitest';
import { valueAt } from '../../../src/domain/json.ts';
import { metalLbResources } from '../../../src/domain/render/metallb-resources.ts';
import { anEnvironment } from '../environment/an-environment.ts';

describe('the resources of MetalLB', () => {
  it('never hold an empty mapping, which a later apply would turn into null', () => {
    const { metallb } = anEnvironment();
    const empty = [{ name: 'x', spec: {} }];
    const units = metalLbResources(
      anEnvironment({
        metallb: {
          ...metallb,
          pools: [{ name: 'x', spec: { addresses: ['10.0.0.0/24'], serviceAllocation: {} } }],
          l2Advertisements: empty,
          bgpAdvertisements: empty,
          bfdProfiles: empty,
          communities: empty,
        },
      }),
    );
    expect(units.map(({ values }) => [valueAt(values, 'kind'), valueAt(values, 'spec')])).toEqual([
      ['Community', { communities: [] }],
      ['BFDProfile', { passiveMode: false }],
      ['IPAddressPool', { addresses: ['10.0.0.0/24'], serviceAllocation: { priority: 0 } }],
      ['L2Advertisement', { ipAddressPools: [] }],
      ['BGPAdvertisement', { ipAddressPools: [] }],
    ]);
  });
});
