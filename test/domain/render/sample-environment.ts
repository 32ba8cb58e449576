import type {
  Environment,
  MetalLbLine,
  MetalLbSettings,
  WorkloadSettings,
} from '../../../src/domain/environment/environment.ts';
import { testedRelease } from '../../../src/domain/metallb/release.ts';

const workload: WorkloadSettings = {
  image: 'registry.example/metallb/controller:v0.15.2',
  logLevel: 'info',
  resources: {},
  nodeSelector: {},
  tolerations: [],
  affinity: {},
  priorityClassName: undefined,
};

const controlPlaneToleration = {
  effect: 'NoSchedule',
  key: 'node-role.kubernetes.io/control-plane',
  operator: 'Exists',
};

const settings: MetalLbSettings = {
  engine: 'upstream',
  version: '0.15.2',
  line: '0.15',
  install: true,
  namespace: 'metallb-system',
  backend: 'native',
  loadBalancerClass: undefined,
  imagePullPolicy: 'IfNotPresent',
  imagePullSecrets: [],
  controller: { ...workload, replicas: 2, webhook: false, reservation: undefined },
  speaker: {
    ...workload,
    image: 'registry.example/metallb/speaker:v0.15.2',
    tolerations: [controlPlaneToleration],
    frrImage: 'registry.example/frr:10.4.3',
    excludedInterfaces: ['^docker.*', '^lo$', '^veth.*'],
    ignoreExcludeLabel: false,
    memberlist: { enabled: true, port: 7946 },
    bgpExtras: undefined,
  },
  monitoring: {
    enabled: true,
    namespace: 'metallb-system',
    interval: '30s',
    labels: { release: 'prometheus-stack' },
    alertLabels: {},
    poolUsageThreshold: 0.9,
  },
  pools: [{ name: 'default', spec: { addresses: ['192.168.1.220-192.168.1.250'] } }],
  l2Advertisements: [{ name: 'l2-advert', spec: { ipAddressPools: ['default'] } }],
  bgpPeers: [],
  bgpAdvertisements: [],
  bfdProfiles: [],
  communities: [],
};

/** The specification's smallest file as an environment, with what a test wants otherwise. */
export function sampleEnvironment(metallb: Partial<MetalLbSettings> = {}): Environment {
  return {
    name: 'dev',
    file: 'environments/dev/config-dev.yaml',
    cluster: { context: undefined, inCluster: false },
    network: { subnets: [], gateway: undefined, dhcp: [], reserved: [], podCIDRs: [], serviceCIDRs: [] },
    sync: {
      automated: true,
      prune: true,
      selfHeal: true,
      waveTimeoutMs: 300_000,
      retry: { limit: 3, backoffMs: 5_000, factor: 2, maxBackoffMs: 180_000 },
      impactBudgetServices: 0,
      rollbackOnFailure: false,
    },
    metallb: { ...settings, ...metallb },
  };
}

/** The settings of a tested release, its images included. */
export function releaseSettings(line: MetalLbLine): Partial<MetalLbSettings> {
  const version = testedRelease[line];
  return {
    line,
    version,
    controller: { ...settings.controller, image: `registry.example/metallb/controller:v${version}` },
    speaker: { ...settings.speaker, image: `registry.example/metallb/speaker:v${version}` },
  };
}

/** Every kind of resource and nearly every setting in use. */
export const fullSettings: Partial<MetalLbSettings> = {
  loadBalancerClass: 'example.com/lan',
  imagePullSecrets: ['mirror-login'],
  controller: {
    ...settings.controller,
    logLevel: 'debug',
    resources: { limits: { memory: '128Mi' }, requests: { cpu: '50m', memory: '64Mi' } },
    nodeSelector: { 'node-role.kubernetes.io/control-plane': '' },
    tolerations: [controlPlaneToleration],
    priorityClassName: 'system-cluster-critical',
    webhook: true,
  },
  speaker: {
    ...settings.speaker,
    ignoreExcludeLabel: true,
    memberlist: { enabled: true, port: 7950 },
    bgpExtras: 'router bgp 64512\n bgp log-neighbor-changes\n',
    priorityClassName: 'system-node-critical',
  },
  pools: [
    {
      name: 'default',
      spec: { addresses: ['192.168.1.220-192.168.1.250', 'fd00:1::/112'], avoidBuggyIPs: true },
    },
    { name: 'dns', spec: { addresses: ['192.168.1.53/32'], autoAssign: false } },
  ],
  l2Advertisements: [{ name: 'l2-advert', spec: { ipAddressPools: ['default', 'dns'], interfaces: ['eth0'] } }],
  bfdProfiles: [{ name: 'fast', spec: { receiveInterval: 100, transmitInterval: 100 } }],
  communities: [{ name: 'site', spec: { communities: [{ name: 'lan', value: '64512:100' }] } }],
  bgpPeers: [
    {
      name: 'router-a',
      spec: { myASN: 64_512, peerASN: 64_513, peerAddress: '192.168.1.1', passwordSecret: { name: 'router-a' } },
    },
  ],
  bgpAdvertisements: [
    { name: 'routed', spec: { ipAddressPools: ['default'], communities: ['lan'], peers: ['router-a'] } },
  ],
};
