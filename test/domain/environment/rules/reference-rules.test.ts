import { describe, expect, it } from 'vitest';
import { brief, check, checkMetalLb, pool } from './rules-fixtures.ts';

const pools = [pool('default', '10.0.0.0/24'), pool('edge', '10.0.1.0/24')];

describe('names', () => {
  it('must be unique within a kind, not across kinds', () => {
    const told = checkMetalLb({
      ipAddressPool: [...pools, pool('edge', '10.0.2.0/24')],
      l2Advertisement: [{ name: 'edge' }],
    });
    expect(told).toMatchObject([
      { code: 'name-duplicate', pointer: '/metallb/ipAddressPool/2/name', severity: 'error' },
    ]);
    expect(told[0]?.message).toContain('number 2 and number 3');
  });

  it('of environment and folder must agree where both are given', () => {
    const config = { environment: 'dev', metallb: { ipAddressPool: pools } };
    expect(check(config, 'dev')).toStrictEqual([]);
    expect(check(config)).toStrictEqual([]);
    expect(check({ metallb: {} }, 'prod')).toStrictEqual([]);
    expect(check(config, 'prod')).toMatchObject([{ code: 'environment-name', pointer: '/environment' }]);
  });
});

describe('an advertisement', () => {
  it('that names an unknown pool is proposed the nearest', () => {
    const told = checkMetalLb({
      ipAddressPool: pools,
      l2Advertisement: [{ name: 'l2', ipAddressPools: ['default', 'egde'] }],
    });
    expect(told).toMatchObject([
      { code: 'pool-not-advertised', pointer: '/metallb/ipAddressPool/1/name' },
      { code: 'pool-unknown', severity: 'warning', pointer: '/metallb/l2Advertisement/0/ipAddressPools/1' },
    ]);
    expect(told[1]?.remedy).toBe('Write edge, if that is meant; else add the pool under metallb.ipAddressPool.');
  });

  it('that names an unknown peer, with nothing near, is told what there is', () => {
    const told = checkMetalLb({
      ipAddressPool: pools,
      bgpPeer: [{ name: 'tor-a', peerASN: 1, peerAddress: '10.9.0.1' }],
      bgpAdvertisement: [{ name: 'bgp', peers: ['tor-a', 'spine'] }],
    });
    expect(brief(told)).toStrictEqual(['peer-unknown /metallb/bgpAdvertisement/0/peers/1']);
    expect(told[0]?.remedy).toBe('There is tor-a; else add the peer under metallb.bgpPeer.');
  });

  it('may name nothing twice', () => {
    expect(
      brief(
        checkMetalLb({
          ipAddressPool: pools,
          l2Advertisement: [{ name: 'l2', ipAddressPools: ['edge', 'default', 'edge', 'edge'] }],
        }),
      ),
    ).toStrictEqual([
      'list-duplicate /metallb/l2Advertisement/0/ipAddressPools/2',
      'list-duplicate /metallb/l2Advertisement/0/ipAddressPools/3',
    ]);
  });

  it('gets proposals for the first unknown names only, so that a thousand cost no more than fifty', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `edgf${String(index)}`);
    const told = checkMetalLb({
      ipAddressPool: pools,
      l2Advertisement: [{ name: 'l2', ipAddressPools: names }, { name: 'all' }],
    });
    expect(told).toHaveLength(1000);
    expect(told.filter(({ remedy }) => remedy.startsWith('Write edge')).length).toBeLessThanOrEqual(50);
  });
});

describe('a pool', () => {
  it.each([
    ['no list of advertisements', {}, []],
    ['an empty list', { l2Advertisement: [] }, ['default', 'edge']],
    ['only an empty BGP list', { bgpAdvertisement: [] }, ['default', 'edge']],
    ['one that names nothing', { l2Advertisement: [{ name: 'all' }] }, []],
    ['one that names it', { l2Advertisement: [{ name: 'a', ipAddressPools: ['edge'] }] }, ['default']],
    [
      'one of each kind',
      {
        l2Advertisement: [{ name: 'a', ipAddressPools: ['edge'] }],
        bgpAdvertisement: [{ name: 'b', ipAddressPools: ['default'] }],
      },
      [],
    ],
    [
      'one with selectors beside names',
      { l2Advertisement: [{ name: 'a', ipAddressPools: ['edge'], ipAddressPoolSelectors: [{}] }] },
      [],
    ],
  ])('with %s is advertised or warned of', (_, advertisements, unadvertised) => {
    const told = checkMetalLb({ ipAddressPool: pools, ...advertisements });
    expect(told.map(({ code, message }) => [code, /covers pool (\w+):/u.exec(message)?.[1]])).toStrictEqual(
      unadvertised.map((name) => ['pool-not-advertised', name]),
    );
  });
});
