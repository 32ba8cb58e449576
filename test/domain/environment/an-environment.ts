import type { Environment } from '../../../src/domain/environment/environment.ts';

/** A small valid environment for tests that need one but not its details. */
export function anEnvironment(changes: Partial<Environment> = {}): Environment {
  const workload = {
    image: 'quay.io/metallb/controller:v0.15.2',
    logLevel: 'info',
    resources: {},
    nodeSelector: {},
    tolerations: [],
    affinity: {},
    priorityClassName: undefined,
  } as const;
  return {
    name: 'dev',
    file: 'environments/dev/config-dev.yaml',
    cluster: { context: undefined, inCluster: false },
    network: { subnets: [], gateway: undefined, dhcp: [], reserved: [], podCIDRs: [], serviceCIDRs: [] },
    sync: {
      automated: false,
      prune: false,
      selfHeal: false,
      waveTimeoutMs: 60_000,
      retry: { limit: 5, backoffMs: 5_000, factor: 2, maxBackoffMs: 180_000 },
      impactBudgetServices: 0,
      rollbackOnFailure: false,
    },
    metallb: {
      engine: 'upstream',
      version: '0.15.2',
      line: '0.15',
      install: true,
      namespace: 'metallb-system',
      backend: 'native',
      loadBalancerClass: undefined,
      imagePullPolicy: 'IfNotPresent',
      imagePullSecrets: [],
      controller: { ...workload, replicas: 1, webhook: false, reservation: undefined },
      speaker: {
        ...workload,
        frrImage: 'quay.io/frrouting/frr:9.1.0',
        excludedInterfaces: ['^lo$'],
        ignoreExcludeLabel: false,
        memberlist: { enabled: true, port: 7946 },
        bgpExtras: undefined,
      },
      monitoring: {
        enabled: true,
        namespace: 'metallb-system',
        interval: '30s',
        labels: {},
        alertLabels: {},
        poolUsageThreshold: 0.9,
      },
      pools: [{ name: 'default', spec: { addresses: ['192.168.1.220-192.168.1.250'] } }],
      l2Advertisements: [{ name: 'l2-advert', spec: { ipAddressPools: ['default'] } }],
      bgpPeers: [],
      bgpAdvertisements: [],
      bfdProfiles: [],
      communities: [],
    },
    ...changes,
  };
}
