import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brief, check, checkMetalLb, pool } from './rules-fixtures.ts';

describe('the smallest config', () => {
  it('has no findings', () => {
    expect(checkMetalLb({ ipAddressPool: [pool('default', '192.168.1.220-192.168.1.250')] })).toStrictEqual([]);
  });

  it.each([[null], ['text'], [[]], [{}], [{ metallb: null }], [{ metallb: { ipAddressPool: null } }]])(
    'that is %j is passed over: the schema tells of it',
    (config) => {
      expect(check(config)).toStrictEqual([]);
    },
  );

  it('with wrong types inside is judged as far as it can be read', () => {
    const told = checkMetalLb({
      ipAddressPool: [7, { name: 3, addresses: 'x' }, { name: 'a', addresses: [1, '10.0.0.1'] }],
      l2Advertisement: 'all',
      bgpPeer: { name: 'x' },
    });
    expect(brief(told)).toContain('address-without-length /metallb/ipAddressPool/2/addresses/1');
  });
});

describe('entries of a pool', () => {
  it('are all told of at once, each at its place with what to write', () => {
    const told = checkMetalLb({
      ipAddressPool: [
        pool('a', '10.0.0.5', '10.0.1.0/24'),
        pool('b', '10.0.2.9-10.0.2.1', '10.0.3.5/30', ' 10.0.4.0/24'),
      ],
    });
    expect(told).toStrictEqual([
      {
        code: 'address-without-length',
        severity: 'error',
        pointer: '/metallb/ipAddressPool/0/addresses/0',
        message: '10.0.0.5 is a bare address, which MetalLB does not take.',
        remedy: 'Write 10.0.0.5/32 for this one address.',
      },
      {
        code: 'range-reversed',
        severity: 'error',
        pointer: '/metallb/ipAddressPool/1/addresses/0',
        message: '10.0.2.9-10.0.2.1 ends before it starts.',
        remedy: 'Write 10.0.2.1-10.0.2.9.',
      },
      {
        code: 'address-blank',
        severity: 'error',
        pointer: '/metallb/ipAddressPool/1/addresses/2',
        message: '" 10.0.4.0/24" has a blank in a CIDR block.',
        remedy: 'Write 10.0.4.0/24.',
      },
      {
        code: 'address-host-bits',
        severity: 'warning',
        pointer: '/metallb/ipAddressPool/1/addresses/1',
        message: '10.0.3.5/30 has host bits set: it means all of 10.0.3.4/30, from 10.0.3.4 to 10.0.3.7.',
        remedy: 'Write 10.0.3.4/30 for the block, or 10.0.3.5/32 for the one address.',
      },
    ]);
  });

  it('must be there', () => {
    expect(brief(checkMetalLb({ ipAddressPool: [pool('a')] }))).toStrictEqual([
      'pool-without-addresses /metallb/ipAddressPool/0/addresses',
    ]);
  });
});

describe('pools that overlap', () => {
  it('are told of at the later entry, with the other pool and the shared range', () => {
    const told = checkMetalLb({
      ipAddressPool: [pool('web', '10.0.0.100-10.0.0.140'), pool('edge', '10.1.0.0/24', '10.0.0.128/27')],
    });
    expect(told).toStrictEqual([
      {
        code: 'pool-overlap',
        severity: 'error',
        pointer: '/metallb/ipAddressPool/1/addresses/1',
        message: '10.0.0.128/27 of pool edge shares 10.0.0.128-10.0.0.140 with 10.0.0.100-10.0.0.140 of pool web.',
        remedy: 'Take 10.0.0.128-10.0.0.140 out of pool edge or out of pool web.',
      },
    ]);
  });

  it('are found also where a wide range stands first, later, or in the same pool', () => {
    expect(
      brief(
        checkMetalLb({
          ipAddressPool: [pool('a', '10.0.0.0/8'), pool('b', '10.9.0.1/32'), pool('c', '10.200.0.0/16')],
        }),
      ),
    ).toStrictEqual([
      'pool-overlap /metallb/ipAddressPool/1/addresses/0',
      'pool-overlap /metallb/ipAddressPool/2/addresses/0',
    ]);
    expect(
      brief(checkMetalLb({ ipAddressPool: [pool('b', 'fd00::9/128'), pool('a', 'fd00::/64', 'fd00::/64')] })),
    ).toStrictEqual([
      'pool-overlap /metallb/ipAddressPool/1/addresses/0',
      'pool-overlap-within /metallb/ipAddressPool/1/addresses/1',
    ]);
  });

  it('are not those that only touch, nor those of two families', () => {
    expect(
      checkMetalLb({ ipAddressPool: [pool('a', '10.0.0.0/25', '::a00:0/120'), pool('b', '10.0.0.128/25')] }),
    ).toStrictEqual([]);
  });

  it('are found exactly when some two ranges meet, as comparing every pair says', () => {
    const range = fc
      .tuple(fc.nat({ max: 120 }), fc.nat({ max: 12 }))
      .map(([first, more]) => [first, first + more] as const);
    fc.assert(
      fc.property(fc.array(fc.array(range, { minLength: 1, maxLength: 3 }), { maxLength: 6 }), (pools) => {
        const flat = pools.flat();
        const meets = flat.some(([a, b], index) => flat.slice(index + 1).some(([c, d]) => a <= d && c <= b));
        const told = checkMetalLb({
          ipAddressPool: pools.map((ranges, index) =>
            pool(`p${String(index)}`, ...ranges.map(([a, b]) => `10.0.0.${String(a)}-10.0.0.${String(b)}`)),
          ),
        });
        expect(told.some((each) => each.code.startsWith('pool-overlap'))).toBe(meets);
      }),
    );
  });

  it('are searched among ten thousand pools of three ranges by one sweep', () => {
    const pools = Array.from({ length: 10_000 }, (_, index) => {
      const [high, low] = [index >> 8, index & 255];
      return pool(
        `p${String(index)}`,
        ...Array.from(
          { length: 3 },
          (_each, at) =>
            `10.${String(high)}.${String(low)}.${String(at * 20)}-10.${String(high)}.${String(low)}.${String(at * 20 + 9)}`,
        ),
      );
    });
    expect(checkMetalLb({ ipAddressPool: [...pools, pool('all', '10.0.0.0/8')] })).toHaveLength(30_000);
  });
});

describe('the declared network', () => {
  const ipAddressPool = [pool('web', '192.168.1.200-192.168.1.254', 'fd00:1::/64')];
  it.each([
    [{ gateway: '192.168.1.254' }, 'pool-holds-gateway', 'error', '192.168.1.254 of the gateway'],
    [{ gateway: 'fd00:1::1' }, 'pool-holds-gateway', 'error', 'fd00:1::1 of the gateway'],
    [
      { podCIDRs: ['192.168.0.0/16'] },
      'pool-in-pod-network',
      'error',
      '192.168.1.200-192.168.1.254 of the pod network',
    ],
    [
      { serviceCIDRs: ['192.168.1.240/28'] },
      'pool-in-service-network',
      'error',
      '192.168.1.240-192.168.1.254 of the Service',
    ],
    [{ dhcp: ['192.168.1.100-192.168.1.203'] }, 'pool-in-dhcp-scope', 'warning', '192.168.1.200/30 of a DHCP scope'],
    [
      { reserved: ['192.168.1.210', '192.168.1.220/31'] },
      'pool-in-reserved',
      'warning',
      '192.168.1.210, 192.168.1.220/31 of',
    ],
  ])('%j warns of a pool inside it', (network, code, severity, words) => {
    const told = checkMetalLb({ ipAddressPool }, network);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ code, severity });
    expect(told[0]?.message).toContain(words);
  });

  it('says nothing where pools keep clear of it', () => {
    const network = {
      subnets: ['192.168.1.0/24'],
      gateway: '192.168.1.1',
      dhcp: ['192.168.1.100-192.168.1.199'],
      reserved: ['192.168.1.255'],
      podCIDRs: ['10.42.0.0/16'],
      serviceCIDRs: ['10.43.0.0/16'],
    };
    expect(checkMetalLb({ ipAddressPool }, network)).toStrictEqual([]);
  });

  it('must be readable itself', () => {
    expect(
      brief(checkMetalLb({ ipAddressPool }, { gateway: 'router', dhcp: ['192.168.1.9-192.168.1.2', 5] })),
    ).toStrictEqual(['network-address /network/gateway', 'network-address /network/dhcp/0']);
  });
});
