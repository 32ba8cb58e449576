import { describe, expect, it } from 'vitest';
import { formatAddress } from '../../../src/domain/address/ip-address.ts';
import { converge } from '../../../src/domain/allocation/converge.ts';
import { Ledger } from '../../../src/domain/allocation/ledger.ts';
import { compilePools } from '../../../src/domain/allocation/pool-config.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import type { ServiceView } from '../../../src/domain/allocation/service-view.ts';
import { dualStack, objects, pool, service } from '../address-plan/plan-fixture.ts';

const dual = pool('a', ['10.0.0.0/30', 'fd00::/126']);

/** Every end of one look at a Service beside others, as texts. */
function ends(pools: readonly KubeObject[], view: ServiceView, ...others: readonly ServiceView[]): readonly string[] {
  const config = compilePools(objects(...pools).pools, [], 'metallb-0.15');
  const ledger = new Ledger();
  for (const other of others) {
    ledger.claim(other, other.held);
  }
  return converge({ config, ledger, orders: new Map() }, view, view.held).map(({ addresses }) =>
    addresses.map((address) => formatAddress(address)).join(' '),
  );
}

function asking(addresses: string, held: readonly string[] = []): ServiceView {
  return service('web', held, { annotations: { 'metallb.io/loadBalancerIPs': addresses } });
}

const shared = { annotations: { 'metallb.io/allow-shared-ip': 'key' } };

describe('one look of the controller at a Service', () => {
  it.each<[string, readonly string[]]>([
    ['gives the lowest free address', ends([dual], service('web', []), service('other', ['10.0.0.0']))],
    ['gives an address that is asked for', ends([dual], asking('10.0.0.1'))],
    [
      'gives a shared address',
      ends([dual], service('web', ['10.0.0.1'], { ...shared, ports: [81] }), service('other', ['10.0.0.1'], shared)),
    ],
    ['moves to what is asked for', ends([dual], asking('10.0.0.1', ['10.0.0.3']))],
    [
      'leaves .0 out where it is to be avoided',
      ends([pool('a', ['10.0.0.0/30'], { avoidBuggyIPs: true })], service('web', ['10.0.0.0'], shared)),
    ],
    ['leaves an address alone whose Service asks for nonsense', ends([dual], asking('10.0.0.1,', ['10.0.0.1']))],
  ])('%s', (_, found) => {
    expect(found).toEqual(['10.0.0.1']);
  });

  it('takes the lowest address that it can share', () => {
    const other = service('other', ['10.0.0.0'], shared);
    expect(ends([dual], service('web', [], { ...shared, ports: [81] }), other)).toEqual(['10.0.0.0']);
    expect(ends([dual], service('web', [], shared), other)).toEqual(['10.0.0.1']);
    const local = { ...shared, ports: [81], spec: { externalTrafficPolicy: 'Local', selector: { app: 'web' } } };
    expect(ends([dual], service('web', [], local), other)).toEqual(['10.0.0.1']);
  });

  it.each<[string, ServiceView]>([
    ['for an address outside all pools', asking('192.0.2.1')],
    ['for the wrong family', asking('fd00::1')],
    [
      'for one address with two families',
      service('web', [], {
        annotations: { 'metallb.io/loadBalancerIPs': '10.0.0.1' },
        spec: dualStack('PreferDualStack'),
      }),
    ],
    [
      'by both field and annotation',
      service('web', [], {
        annotations: { 'metallb.io/loadBalancerIPs': '10.0.0.1' },
        spec: { loadBalancerIP: '10.0.0.1' },
      }),
    ],
    ['for an unknown pool', service('web', [], { annotations: { 'metallb.universe.tf/address-pool': 'gone' } })],
    [
      'for both families with one cluster address',
      service('web', [], { spec: { ipFamilyPolicy: 'RequireDualStack' } }),
    ],
  ])('refuses who asks %s', (_, view) => {
    expect(ends([dual], view)).toEqual(['']);
  });

  it('gives two families from one pool, IPv4 first', () => {
    const spec = { ...dualStack('RequireDualStack'), ipFamilies: ['IPv6', 'IPv4'] };
    const single = pool('z', ['10.0.1.0/30']);
    expect(ends([single, dual], service('web', [], { spec }))).toEqual(['10.0.0.0 fd00::']);
    expect(ends([single], service('web', [], { spec }))).toEqual(['']);
    expect(ends([single], service('web', [], { spec: dualStack('PreferDualStack') }))).toEqual(['10.0.1.0']);
  });

  it('draws among pools that are open to all', () => {
    expect(ends([dual, pool('b', ['10.0.1.0/30'])], service('web', []))).toEqual(['10.0.0.0', '10.0.1.0']);
  });
});
