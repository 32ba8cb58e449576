import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/domain/json.ts';
import { brief, check, checkMetalLb, pool } from './rules-fixtures.ts';

const first = '/metallb/ipAddressPool/0/addresses/0';
const lan: JsonObject = { subnets: ['192.168.1.0/24'] };

function codes(entry: string, network?: JsonObject, more: JsonObject = {}): readonly string[] {
  return brief(checkMetalLb({ ipAddressPool: [{ ...pool('a', entry), ...more }] }, network));
}

describe('special addresses', () => {
  it.each([
    ['0.0.0.0/0', 'address-unusable'],
    ['0.1.2.3/32', 'address-unusable'],
    ['127.0.0.1-127.0.0.9', 'address-unusable'],
    ['126.255.255.255-127.0.0.0', 'address-unusable'],
    ['224.0.0.0/28', 'address-unusable'],
    ['255.255.255.255/32', 'address-unusable'],
    ['::1/128', 'address-unusable'],
    ['::/0', 'address-unusable'],
    ['ff02::/120', 'address-unusable'],
    ['169.254.1.0/28', 'address-special'],
    ['fe80::/120', 'address-special'],
    ['240.0.0.0/24', 'address-special'],
    ['192.0.2.0/28', 'address-documentation'],
    ['203.0.113.7/32', 'address-documentation'],
    ['2001:db8::/120', 'address-documentation'],
  ])('in %s are told of by %s, once', (entry, code) => {
    expect(codes(entry)).toStrictEqual([`${code} ${first}`]);
  });

  it.each([
    ['1.0.0.0/24'],
    ['126.255.255.0/24'],
    ['128.0.0.0/24'],
    ['223.255.255.0/24'],
    ['100.64.0.0/24'],
    ['fd00::/120'],
  ])('are not in %s', (entry) => {
    expect(codes(entry)).toStrictEqual([]);
  });
});

describe('the ends of a declared subnet', () => {
  it.each<[string, JsonObject, JsonObject, string]>([
    ['192.168.1.0/28', lan, {}, '192.168.1.0, the network address of 192.168.1.0/24'],
    ['192.168.1.240-192.168.1.255', lan, {}, '192.168.1.255, the broadcast address of 192.168.1.0/24'],
    ['10.0.0.60-10.0.0.63', { subnets: ['10.0.0.0/26'] }, { avoidBuggyIPs: true }, '10.0.0.63, the broadcast'],
  ])('in %s are told of', (entry, network, more, words) => {
    const told = checkMetalLb({ ipAddressPool: [{ ...pool('a', entry), ...more }] }, network);
    expect(brief(told)).toStrictEqual([`pool-holds-subnet-end ${first}`]);
    expect(told[0]?.message).toContain(words);
  });

  it.each<[string, JsonObject | undefined, JsonObject]>([
    ['192.168.1.1-192.168.1.254', lan, {}],
    ['192.168.1.240/28', lan, { avoidBuggyIPs: true }],
    ['192.168.1.0/24', undefined, {}],
    ['192.168.1.0/31', { subnets: ['192.168.1.0/31'] }, {}],
    ['fd00::/120', { subnets: ['fd00::/64'] }, {}],
  ])('are not told of in %s on %j with %j', (entry, network, more) => {
    expect(codes(entry, network, more)).toStrictEqual([]);
  });
});

function announced(lists: JsonObject): readonly string[] {
  return brief(checkMetalLb({ bgp: { backend: 'frr' }, ipAddressPool: [pool('a', '10.0.0.0/24')], ...lists }, lan));
}

describe('a layer 2 pool outside the declared subnets', () => {
  it.each([
    ['192.168.2.10-192.168.2.20', true],
    ['192.168.1.250-192.168.2.5', true],
    ['192.168.1.250-192.168.1.254', false],
    ['fd00::/120', false],
  ])('as %s is told of: %s', (entry, outside) => {
    const told = codes(entry, lan).filter((each) => !each.startsWith('pool-holds'));
    expect(told).toStrictEqual(outside ? [`pool-outside-subnets ${first}`] : []);
  });

  it('is fine where BGP announces it, and judged where both or one without names do', () => {
    const byName = [{ name: 'x', ipAddressPools: ['a'] }];
    expect(announced({ bgpAdvertisement: byName })).toStrictEqual([]);
    expect(announced({ bgpAdvertisement: byName, l2Advertisement: [] })).toStrictEqual([]);
    expect(announced({ l2Advertisement: byName })).toStrictEqual([`pool-outside-subnets ${first}`]);
    expect(announced({ l2Advertisement: [{ name: 'x' }] })).toStrictEqual([`pool-outside-subnets ${first}`]);
    expect(announced({ l2Advertisement: [{ name: 'x', ipAddressPoolSelectors: [{}] }] })).toStrictEqual([
      `pool-outside-subnets ${first}`,
    ]);
  });
});

function allocate(serviceAllocation: JsonObject, version: string): readonly string[] {
  return brief(checkMetalLb({ version, ipAddressPool: [{ ...pool('a', '10.0.0.1-10.0.0.9'), serviceAllocation }] }));
}

describe('serviceAllocation', () => {
  it.each([[{}], [{ priority: 10 }], [{ priority: 10, namespaces: [] }]])(
    'as %j depends on the version',
    (allocation) => {
      const path = '/metallb/ipAddressPool/0/serviceAllocation';
      expect(allocate(allocation, '0.14.9')).toStrictEqual([`allocation-by-name-only ${path}`]);
      expect(allocate(allocation, '0.15.2')).toStrictEqual([`allocation-open ${path}`]);
      expect(allocate(allocation, '0.16.1')).toStrictEqual([`allocation-open ${path}`]);
    },
  );

  it.each([[{ namespaces: ['web'] }], [{ serviceSelectors: [{}] }], [{ priority: 1, namespaceSelectors: [{}] }]])(
    'as %j names somebody',
    (allocation) => {
      expect(allocate(allocation, '0.14.9')).toStrictEqual([]);
    },
  );
});

function idle(path: string): string {
  return `setting-without-effect /metallb/${path}`;
}

describe('settings that nothing reads', () => {
  it.each<[JsonObject, readonly string[]]>([
    [{ controller: { replicas: 2 } }, [idle('controller/replicas')]],
    [{ controller: { replicas: 1 } }, []],
    [{ engine: 'native', controller: { replicas: 2, reservation: { afterDelete: '5m', limit: 9 } } }, []],
    [{ controller: { reservation: { afterDelete: '5m', limit: 9 } } }, [idle('controller/reservation')]],
    [{ engine: 'native', controller: { webhook: true } }, [idle('controller/webhook')]],
    [{ controller: { webhook: true } }, []],
    [{ speaker: { memberlist: { enabled: false, port: 7000 } } }, [idle('speaker/memberlist/port')]],
    [{ speaker: { memberlist: { port: 7000 } } }, []],
    [{ speaker: { bgpExtras: 'log syslog' } }, [idle('speaker/bgpExtras')]],
    [{ bgp: { backend: 'frr-k8s' }, speaker: { bgpExtras: 'log syslog' } }, [idle('speaker/bgpExtras')]],
    [{ bgp: { backend: 'frr' }, speaker: { bgpExtras: 'log syslog' } }, []],
    [{ speaker: { frr: { image: 'frr:1' } } }, [idle('speaker/frr/image')]],
    [{ speaker: { frr: { enabled: true, image: 'frr:1' } } }, []],
    [{ install: false, controller: { logLevel: 'debug' } }, [idle('controller')]],
    [{ install: false, speaker: { frr: { image: 'x' } } }, [idle('speaker')]],
    [{ install: false, speaker: { frr: { enabled: true } } }, []],
    [{ install: false, controller: {}, loadBalancerClass: 'a/b' }, [idle('loadBalancerClass')]],
    [
      { install: false, imagePullPolicy: 'Always', imagePullSecrets: ['x'] },
      [idle('imagePullPolicy'), idle('imagePullSecrets')],
    ],
    [{ install: true, controller: { logLevel: 'debug' }, loadBalancerClass: 'a/b' }, []],
  ])('among %j are %j', (metallb, expected) => {
    expect(brief(checkMetalLb(metallb))).toStrictEqual(expected);
  });

  it.each([
    ['0', true],
    ['999ms', true],
    ['1s', false],
    ['5m', false],
    ['soon', false],
  ])('a wave timeout of %s is refused: %s', (waveTimeout, refused) => {
    expect(brief(check({ sync: { waveTimeout } }))).toStrictEqual(
      refused ? ['wave-without-time /sync/waveTimeout'] : [],
    );
  });
});

function withSecretIn(namespace: string): readonly string[] {
  const passwordSecret = { name: 's', namespace };
  const peer = { name: 'tor', myASN: 1, peerASN: 2, peerAddress: '10.9.0.1', passwordSecret };
  return brief(checkMetalLb({ namespace: 'lb', bgpPeer: [peer] }));
}

describe('what BGP loses silently', () => {
  const peer = { name: 'tor', myASN: 1, peerASN: 2, peerAddress: '10.9.0.1', sourceAddress: '10.9.0.2', localASN: 3 };
  const codesWith = (backend: string): readonly string[] => brief(checkMetalLb({ bgp: { backend }, bgpPeer: [peer] }));

  it('are fields that FRR-K8s is not given', () => {
    expect(codesWith('frr')).toStrictEqual([]);
    expect(codesWith('frr-k8s')).toStrictEqual([
      'bgp-frr-k8s-ignores /metallb/bgpPeer/0/sourceAddress',
      'bgp-frr-k8s-ignores /metallb/bgpPeer/0/localASN',
    ]);
  });

  it('are Secrets of another namespace than the one MetalLB is in', () => {
    expect(withSecretIn('lb')).toStrictEqual([]);
    expect(withSecretIn('metallb-system')).toStrictEqual([
      'bgp-password-elsewhere /metallb/bgpPeer/0/passwordSecret/namespace',
    ]);
  });

  it.each([
    ['router bgp 1\n neighbor 10.0.0.1 password hunter2\n', true],
    ['! the password of neighbor 10.0.0.1 is elsewhere', false],
  ])('is a password in %j: %s', (bgpExtras, found) => {
    const told = checkMetalLb({ bgp: { backend: 'frr' }, speaker: { bgpExtras } });
    expect(brief(told)).toStrictEqual(found ? ['bgp-password-clear-text /metallb/speaker/bgpExtras'] : []);
    expect(JSON.stringify(told)).not.toContain('hunter2');
  });
});
