import { describe, expect, it } from 'vitest';
import type { EnvironmentConfig } from '../../../src/domain/environment/config.generated.ts';
import { decodeEnvironment } from '../../../src/domain/environment/decode-environment.ts';

const pool = { name: 'default', addresses: ['192.168.1.220-192.168.1.250'] };
type MetalLb = EnvironmentConfig['metallb'];

function decode(metallb: MetalLb, rest: Omit<EnvironmentConfig, 'metallb'> = {}): ReturnType<typeof decodeEnvironment> {
  return decodeEnvironment('dev', 'environments/dev/config-dev.yaml', { metallb, ...rest });
}

function codes(
  metallb: MetalLb,
  rest: Omit<EnvironmentConfig, 'metallb'> = {},
): readonly (readonly [string, string])[] {
  return decode(metallb, rest).findings.map((finding) => [finding.code, finding.place.pointer]);
}

describe('the smallest config', () => {
  const { environment, findings } = decode({ ipAddressPool: [pool] });

  it('has every default and no finding', () => {
    expect(findings).toEqual([]);
    expect(environment.metallb).toMatchObject({
      engine: 'upstream',
      version: '0.15.2',
      line: '0.15',
      install: true,
      namespace: 'metallb-system',
      backend: 'native',
      controller: { image: 'quay.io/metallb/controller:v0.15.2', logLevel: 'info', webhook: false, replicas: 1 },
      speaker: { image: 'quay.io/metallb/speaker:v0.15.2', memberlist: { enabled: true, port: 7946 } },
      monitoring: { enabled: true, namespace: 'metallb-system', interval: '30s', poolUsageThreshold: 0.9 },
      pools: [{ name: 'default', spec: { addresses: pool.addresses } }],
    });
    expect(environment.sync).toEqual({
      automated: false,
      prune: false,
      selfHeal: false,
      waveTimeoutMs: 300_000,
      retry: { limit: 3, backoffMs: 5000, factor: 2, maxBackoffMs: 180_000 },
      impactBudgetServices: 0,
      rollbackOnFailure: false,
    });
  });

  it('announces its pools through l2-advert, by name', () => {
    expect(environment.metallb.l2Advertisements).toEqual([
      { name: 'l2-advert', spec: { ipAddressPools: ['default'] } },
    ]);
  });
});

describe('the implicit advertisement', () => {
  it.each([
    ['an L2 advertisement is given', { l2Advertisement: [{ name: 'mine' }] }, ['mine']],
    ['an empty list says none', { l2Advertisement: [] }, []],
    ['BGP advertisements are given', { bgpAdvertisement: [{ name: 'bgp' }] }, []],
    ['an empty BGP list says none', { bgpAdvertisement: [] }, []],
  ])('is not made where %s', (_when, lists, names) => {
    const { environment } = decode({ ipAddressPool: [pool], ...lists });
    expect(environment.metallb.l2Advertisements.map((item) => item.name)).toEqual(names);
  });

  it('is not made without pools: naming none it would cover every pool to come', () => {
    expect(decode({}).environment.metallb.l2Advertisements).toEqual([]);
  });
});

describe('the version', () => {
  it.each([
    ['v0.16.1', '0.16.1', '0.16', 'quay.io/frrouting/frr:10.5.3'],
    ['0.14.9', '0.14.9', '0.14', 'quay.io/frrouting/frr:9.1.0'],
  ])('%s decides line and images', (written, version, line, frrImage) => {
    const { metallb } = decode({ version: written }).environment;
    expect(metallb).toMatchObject({ version, line, speaker: { frrImage } });
    expect(metallb.controller.image).toBe(`quay.io/metallb/controller:v${version}`);
  });

  it.each(['0.13.12', '0.17.0', '1.0.0'])('%s is not supported', (version) => {
    expect(codes({ version })).toEqual([['version-unknown', '/metallb/version']]);
  });

  it.each<[string, MetalLb, string]>([
    ['0.14.9', { bgpPeer: [{ name: 'a', myASN: 1, interface: 'eth1' }] }, '/metallb/bgpPeer/0/interface'],
    [
      '0.14.9',
      { bgpPeer: [{ name: 'a', myASN: 1, dualStackAddressFamily: true }] },
      '/metallb/bgpPeer/0/dualStackAddressFamily',
    ],
    ['0.15.2', { bgpPeer: [{ name: 'a', myASN: 1, localASN: 2 }] }, '/metallb/bgpPeer/0/localASN'],
    [
      '0.15.2',
      { l2Advertisement: [{ name: 'a' }, { name: 'b', serviceSelectors: [{}] }] },
      '/metallb/l2Advertisement/1/serviceSelectors',
    ],
    ['0.16.1', { bgpAdvertisement: [{ name: 'a', asPathPrepend: 2 }] }, '/metallb/bgpAdvertisement/0/asPathPrepend'],
    [
      '0.16.1',
      { l2Advertisement: [{ name: 'a', preferredNodeSelectors: [] }] },
      '/metallb/l2Advertisement/0/preferredNodeSelectors',
    ],
  ])('%s would drop a field it does not know, which is an error', (version, metallb, pointer) => {
    expect(codes({ version, ...metallb })).toEqual([['field-not-in-version', pointer]]);
    expect(codes({ version: '0.16.2', ...metallb })).toEqual([]);
  });
});

describe('the BGP backend', () => {
  it.each<[MetalLb, string]>([
    [{}, 'native'],
    [{ speaker: { frr: { enabled: true } } }, 'frr'],
    [{ speaker: { frr: { enabled: false } } }, 'native'],
    [{ bgp: { backend: 'frr-k8s' } }, 'frr-k8s'],
    [{ bgp: { backend: 'frr' }, speaker: { frr: { enabled: true } } }, 'frr'],
  ])('%j means %s', (metallb, backend) => {
    const { environment, findings } = decode(metallb);
    expect(environment.metallb.backend).toBe(backend);
    expect(findings).toEqual([]);
  });

  it.each<MetalLb>([
    { bgp: { backend: 'native' }, speaker: { frr: { enabled: true } } },
    { bgp: { backend: 'frr' }, speaker: { frr: { enabled: false } } },
    { bgp: { backend: 'frr-k8s' }, speaker: { frr: { enabled: true } } },
  ])('%j contradicts itself', (metallb) => {
    expect(codes(metallb)).toEqual([['setting-contradiction', '/metallb/speaker/frr/enabled']]);
  });
});

describe('settings', () => {
  it("take the product's own controller beside upstream's speaker with the native engine", () => {
    const { controller, speaker } = decode({ engine: 'native' }).environment.metallb;
    expect(controller.image).toMatch(/^ghcr\.io\/metalwave\/metalwave:\d+\.\d+\.\d+/);
    expect(speaker.image).toBe('quay.io/metallb/speaker:v0.15.2');
    expect(controller.replicas).toBe(2);
    expect(controller.reservation).toBeUndefined();
  });

  it('leave monitoring to a MetalLB that was there before, unless it is asked for', () => {
    expect(decode({ install: false }).environment.metallb.monitoring.enabled).toBe(false);
    const asked = decode({ install: false, monitoring: { enabled: true } });
    expect(asked.environment.metallb.monitoring.enabled).toBe(true);
  });

  it('are taken as written', () => {
    const { environment } = decode(
      {
        namespace: 'lb',
        monitoring: { thresholds: { poolUsage: 0.5 }, labels: {} },
        speaker: { image: 'mine:1', excludedInterfaces: [], resources: { limits: { memory: '1Gi' } } },
      },
      { sync: { waveTimeout: '1m30s' }, cluster: { context: 'dev' }, network: { gateway: '10.0.0.1' } },
    );
    expect(environment.metallb.monitoring).toMatchObject({ namespace: 'lb', labels: {}, poolUsageThreshold: 0.5 });
    expect(environment.metallb.speaker).toMatchObject({ image: 'mine:1', excludedInterfaces: [] });
    expect(environment.metallb.speaker.resources).toEqual({ limits: { memory: '1Gi' } });
    expect(environment.sync.waveTimeoutMs).toBe(90_000);
    expect(environment.cluster).toEqual({ context: 'dev', inCluster: false });
    expect(environment.network.gateway).toBe('10.0.0.1');
  });

  it('never wait longer than a timer can run', () => {
    expect(decode({}, { sync: { waveTimeout: '99999999h' } }).environment.sync.waveTimeoutMs).toBe(2_147_483_647);
  });

  it('cannot ask for a context and for none', () => {
    expect(codes({}, { cluster: { context: 'dev', inCluster: true } })).toEqual([
      ['setting-contradiction', '/cluster/context'],
    ]);
  });
});

describe('keys of later capabilities', () => {
  it('say once each that they have no effect yet', () => {
    const rest: Omit<EnvironmentConfig, 'metallb'> = {
      sync: {
        automated: true,
        prune: true,
        selfHeal: true,
        retry: { limit: 5 },
        windows: [{ kind: 'deny', schedule: '0 8 * * 1', duration: '2h' }],
        impactBudget: { services: 1 },
      },
      promotion: { from: 'dev', gates: [{ type: 'soak', duration: '1h' }] },
      services: [{ name: 'web', ports: [{ port: 80 }] }],
    };
    const { findings } = decode({}, rest);
    expect(findings.every((finding) => finding.code === 'no-effect-yet' && finding.severity === 'warning')).toBe(true);
    expect(findings.map((finding) => finding.place.pointer)).toEqual([
      '/sync/automated',
      '/sync/selfHeal',
      '/sync/windows',
      '/promotion/from',
      '/promotion/gates',
      '/services',
    ]);
  });

  it('are passed over in silence at the value that asks for nothing', () => {
    expect(codes({}, { sync: { automated: false, windows: [], impactBudget: { services: 0 } }, services: [] })).toEqual(
      [],
    );
  });
});
