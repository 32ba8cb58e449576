import { describe, expect, it } from 'vitest';
import { valueAt } from '../../../src/domain/json.ts';
import { metalLbResources } from '../../../src/domain/render/metallb-resources.ts';
import { anEnvironment } from '../environment/an-environment.ts';

describe('the resources of MetalLB', () => {
  it("carry the labels that the config gives them, and the owner's whatever it says", () => {
    const { metallb } = anEnvironment();
    const labels = { tier: 'public', 'metalwave.io/environment': 'other' };
    const pools = [{ name: 'x', labels, spec: { addresses: ['10.0.0.0/24'] } }];
    const [unit] = metalLbResources(anEnvironment({ metallb: { ...metallb, pools } }));
    expect(valueAt(unit?.values ?? null, 'metadata', 'labels')).toEqual({
      tier: 'public',
      'app.kubernetes.io/managed-by': 'metalwave',
      'metalwave.io/environment': anEnvironment().name,
    });
    expect(valueAt(unit?.values ?? null, 'spec')).toEqual({ addresses: ['10.0.0.0/24'] });
  });

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
