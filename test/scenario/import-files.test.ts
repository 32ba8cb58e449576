import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importVerb } from '../../src/apps/cli/verbs/import.ts';
import { runVerb, type VerbRun } from '../apps/cli/run-verb.ts';
import { metalwave } from '../road/program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metalwave-import-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

async function importing(...args: readonly string[]): Promise<VerbRun> {
  return runVerb(importVerb, [...args, '--dry-run'], folder);
}

const pool = (name: string, addresses: string, more = ''): string =>
  `apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata:\n  name: ${name}\n  namespace: metallb-system\n${more}spec:\n  addresses:\n    - ${addresses}\n`;
const advertisement = (...pools: readonly string[]): string =>
  `apiVersion: metallb.io/v1beta1\nkind: L2Advertisement\nmetadata:\n  name: all\n  namespace: metallb-system\nspec:\n  ipAddressPools: [${pools.join(', ')}]\n`;

describe('import of resources', () => {
  it('joins the files of a folder, and says where each part was read', async () => {
    put('metallb/pools.yaml', `${pool('a', '10.0.0.0/28')}---\n${pool('b', '10.0.1.0-10.0.1.9')}`);
    put('metallb/adv.yaml', advertisement('a', 'b'));
    put('metallb/kustomization.yaml', 'resources:\n  - pools.yaml\n  - adv.yaml\n');
    const { exitCode, out, err } = await importing('metallb');
    expect(out).toContain('# IPAddressPool from metallb/pools.yaml:6');
    expect(out).toContain('install: false');
    expect(err).toBe('Proof: 3 resources rendered equal what was there.\n');
    expect(exitCode).toBe(0);
  });

  it('writes the file of the environment, and keeps one that is there', async () => {
    put('pools.yaml', pool('a', '10.0.0.0/28'));
    const first = await runVerb(importVerb, ['pools.yaml', '--env', 'home'], folder);
    expect(first).toMatchObject({ exitCode: 0 });
    const file = join(folder, 'environments/home/config-home.yaml');
    expect(readFileSync(file, 'utf8')).toContain('10.0.0.0/28');
    await expect(runVerb(importVerb, ['pools.yaml', '--env', 'home'], folder)).rejects.toThrow(/is there already/u);
    expect(await runVerb(importVerb, ['pools.yaml', '-o', 'other.yaml'], folder)).toMatchObject({ exitCode: 0 });
  });

  it('leaves a pool unannounced that nothing announced', async () => {
    put('pools.yaml', pool('a', '10.0.0.0/28'));
    const { out, err } = await importing('pools.yaml');
    expect(out).toContain('l2Advertisement: []');
    expect(err).toContain('Proof: 1 resource rendered equal what was there.');
  });

  it('tells of fields that MetalLB never had, and of annotations; labels are carried over', async () => {
    put(
      'pools.yaml',
      pool(
        'a',
        '10.0.0.0/28\n  autoAsign: false',
        '  labels: {tier: gold, helm.sh/chart: metallb}\n  annotations: {team: edge}\n',
      ),
    );
    const { exitCode, out, err } = await importing('pools.yaml');
    expect(err).toMatch(/pools\.yaml:11: autoAsign of IPAddressPool a is not carried over/u);
    expect(err).toContain('Perhaps autoAssign was meant');
    expect(err).toContain('The annotations team of IPAddressPool a are not carried over');
    expect(err).not.toContain('The labels');
    expect(out).toContain('    - name: a\n      labels:\n        tier: gold\n');
    expect(out).not.toContain('helm.sh');
    expect(out).not.toMatch(/^[^#]*autoAsign/mu);
    expect(exitCode).toBe(0);
  });

  it('takes a resource that stands twice once, and refuses two that differ', async () => {
    put('a/pools.yaml', pool('a', '10.0.0.0/28'));
    put('b/pools.yaml', pool('a', '10.0.0.0/28\n  autoAssign: true'));
    expect((await importing('a', 'b')).err).toContain('Proof: 1 resource rendered equal');
    put('b/pools.yaml', pool('a', '10.1.0.0/28'));
    const { exitCode, out, err } = await importing('a', 'b');
    expect(err).toContain('error name-duplicate: IPAddressPool a is here and at a/pools.yaml:6, and they differ.');
    expect(err).toContain('Nothing was written');
    expect(out).toBe('');
    expect(exitCode).toBe(1);
  });

  it('does not take the files of a folder for what Kustomize makes of them', async () => {
    put('k/pools.yaml', pool('a', '10.0.0.0/28'));
    put('k/kustomization.yaml', 'resources: [pools.yaml]\npatches: [{path: p.yaml}]\n');
    await expect(importing('k')).rejects.toThrow(
      /k\/kustomization\.yaml changes what the files beside it say \(patches\)/u,
    );
    put('k/kustomization.yaml', 'resources: [pools.yaml, ../base]\n');
    await expect(importing('k')).rejects.toThrow(/resources: \.\.\/base/u);
  });

  it.each([
    ['that does not exist', 'absent.yaml', undefined, /neither a file nor a folder/u],
    ['that is empty', 'x.yaml', '', /nothing of MetalLB was found in x\.yaml/u],
    ['of something else', 'x.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n', /nothing of MetalLB/u],
    [
      'of another chart',
      'x.yaml',
      'controller:\n  service: {type: LoadBalancer}\n  ingressClassResource: {default: true}\n',
      /nothing of MetalLB/u,
    ],
    [
      'of an environment',
      'x.yaml',
      'metallb:\n  ipAddressPool:\n    - {name: a, addresses: [10.0.0.0/28]}\n',
      /is an environment of Metalwave already/u,
    ],
  ])('refuses a file %s', async (_, name, text, words) => {
    if (text !== undefined) {
      put(name, text);
    }
    await expect(importing(name)).rejects.toThrow(words);
  });

  it.each([
    ['broken', `${pool('a', '10.0.0.0/28')}---\nkind: [\n`],
    ['cut', 'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: "a'],
    ['binary', '\u0000\u0001'],
  ])('writes nothing from a file that is %s', async (_, text) => {
    put('x.yaml', text);
    const { exitCode, out, err } = await importing('x.yaml');
    expect(err).toMatch(/x\.yaml:\d+:\d+ error yaml-/u);
    expect(out).toBe('');
    expect(exitCode).toBe(1);
  });

  it('keeps names of files from doing anything in comments', async () => {
    put('# metalwave: allow pool-not-advertised x.yaml', pool('a', '10.0.0.0/28'));
    const { out, err } = await importing('# metalwave: allow pool-not-advertised x.yaml');
    expect(out).not.toMatch(/#\s*metalwave: allow/u);
    expect(err).toContain('Proof: 1 resource');
  });

  it('is refused with options that contradict each other', async () => {
    put('pools.yaml', pool('a', '10.0.0.0/28'));
    await expect(importing('pools.yaml', '--context', 'home')).rejects.toThrow(/--context is for a cluster/u);
    await expect(importing('pools.yaml', '--env', 'Not_A_Name')).rejects.toThrow(/no name for an environment/u);
  });
});

const configInline = `configInline:
  address-pools:
    - {name: home, protocol: layer2, addresses: [192.168.5.10-192.168.5.20], auto-assign: false}
`;
const values = `${configInline}loadBalancerClass: metallb
imagePullSecrets: [{name: registry}]
controller:
  logLevel: debug
  image: {repository: registry.lan/controller, tag: v0.14.9, pullPolicy: Always}
  resources: {limits: {memory: 200Mi}}
  podAnnotations: {a: b}
speaker:
  frr: {enabled: true, image: {repository: quay.io/frrouting/frr, tag: 9.1.0}}
  memberlist: {enabled: true, mlBindPort: 7950}
  excludeInterfaces: {enabled: false}
  ignoreExcludeLB: true
prometheus:
  serviceMonitor: {enabled: true, interval: 15s, speaker: {additionalLabels: {release: prom}}}
crds: {enabled: true}
rbac: {create: true}
`;

const indented = (text: string, by: number): string => text.replaceAll(/^(?=.)/gmu, ' '.repeat(by));

describe('import of Helm values', () => {
  it('carries what has a place, and tells of the rest', async () => {
    put('values.yaml', values);
    const { exitCode, out, err } = await importing('values.yaml');
    for (const line of [
      'install: true',
      'version: 0.14.9',
      'backend: frr',
      'loadBalancerClass: metallb',
      '- registry',
      'logLevel: debug',
      'image: registry.lan/controller:v0.14.9',
      'imagePullPolicy: Always',
      'memory: 200Mi',
      'image: quay.io/frrouting/frr:9.1.0',
      'port: 7950',
      'excludedInterfaces: []',
      'ignoreExcludeLabel: true',
      'interval: 15s',
      'release: prom',
      '- 192.168.5.10-192.168.5.20',
      'autoAssign: false',
    ]) {
      expect(out).toContain(line);
    }
    expect(err).toContain(
      'values.yaml:10: controller.podAnnotations is not carried over: an environment has no such setting.',
    );
    expect(err).not.toMatch(/rbac|crds/u);
    expect(err).toContain('Proof: 2 resources rendered equal what was there.');
    expect(exitCode).toBe(0);
  });

  it('tells where a later file overrides an earlier one', async () => {
    put('a.yaml', 'controller: {logLevel: debug}\nspeaker: {logLevel: debug}\n');
    put('b.yaml', 'controller: {logLevel: warn}\nspeaker: {logLevel: debug}\n');
    const { out, err } = await importing('a.yaml', 'b.yaml');
    expect(out).toMatch(/controller:\n {4}logLevel: warn\n/u);
    expect(err).toContain('b.yaml:1: controller.logLevel is given here again with another value');
    expect(err).not.toContain('speaker.logLevel is given');
  });

  it('leaves the programs to Helm where that is asked for', async () => {
    put('values.yaml', 'controller: {logLevel: debug}\nspeaker: {logLevel: debug}\n');
    const { out, err } = await importing('values.yaml', '--install', 'no');
    expect(out).toContain('install: false');
    expect(out).not.toContain('logLevel');
    expect(err).toContain('The settings of controller and speaker are not carried over');
  });

  it.each([
    ['below the name of the chart', `metallb:\n${indented(configInline, 2)}`],
    [
      'a HelmRelease',
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: metallb}\nspec:\n  values:\n${indented(configInline, 4)}`,
    ],
    [
      'a HelmChart',
      `apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: metallb}\nspec:\n  chart: metallb\n  valuesContent: |\n${indented(configInline, 4)}`,
    ],
    [
      'an Application',
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: m}\nspec:\n  source:\n    chart: metallb\n    helm:\n      values: |\n${indented(configInline, 8)}`,
    ],
    [
      'an Application of several sources',
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: m}\nspec:\n  sources:\n    - chart: metallb\n      helm:\n        valuesObject:\n${indented(configInline, 10)}`,
    ],
    [
      'parameters of an Application',
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: m}\nspec:\n  source:\n    chart: metallb\n    helm:\n      parameters:\n${[
        ['name', 'home'],
        ['protocol', 'layer2'],
        ['addresses[0]', '192.168.5.10-192.168.5.20'],
        ['auto-assign', 'false'],
      ]
        .map(
          ([key, value]) => `        - {name: "configInline.address-pools[0].${key ?? ''}", value: "${value ?? ''}"}\n`,
        )
        .join('')}`,
    ],
  ])('finds them in %s', async (_, text) => {
    put('values.yaml', text);
    const { out, err } = await importing('values.yaml');
    expect(out).toContain('- 192.168.5.10-192.168.5.20');
    expect(out).toContain('autoAssign: false');
    expect(err).toContain('Proof: 2 resources rendered equal what was there.');
  });
});

describe('import of variables', () => {
  it('makes of k3s-ansible what its playbook makes', async () => {
    put(
      'group_vars/all.yml',
      'metal_lb_type: native\nmetal_lb_mode: layer2\nmetal_lb_controller_tag_version: v0.14.8\nmetal_lb_ip_range:\n  - 192.168.30.80-192.168.30.90\n  - fd00::1-fd00::9\n',
    );
    const { exitCode, out, err } = await importing('group_vars');
    expect(out).toMatch(
      /- name: first-pool\n {6}addresses:\n {8}- 192\.168\.30\.80-192\.168\.30\.90\n {8}- fd00::1-fd00::9\n/u,
    );
    expect(out).toMatch(/l2Advertisement:\n.*\n {4}- name: default\n/u);
    expect(out).toContain('version: 0.14.8');
    expect({ err, exitCode }).toEqual({ err: 'Proof: 2 resources rendered equal what was there.\n', exitCode: 0 });
  });

  it('makes of k3s-ansible in mode bgp a peer, with numbers for texts', async () => {
    put(
      'all.yml',
      'metal_lb_mode: bgp\nmetal_lb_type: frr\nmetal_lb_bgp_my_asn: "64513"\nmetal_lb_bgp_peer_asn: "64512"\nmetal_lb_bgp_peer_address: 192.168.30.1\nmetal_lb_ip_range: 192.168.30.80-192.168.30.90\n',
    );
    const { out, err } = await importing('all.yml');
    expect(out).toMatch(/- name: default\n {6}myASN: 64513\n {6}peerASN: 64512\n {6}peerAddress: 192\.168\.30\.1\n/u);
    expect(out).toContain('backend: frr');
    expect(err).toBe('Proof: 3 resources rendered equal what was there.\n');
  });

  it('makes of Kubespray what its templates make', async () => {
    put(
      'addons.yml',
      'metallb_config:\n  address_pools:\n    primary: {ip_range: [10.5.0.0/16], auto_assign: true}\n    pool1: {ip_range: [10.6.0.0/16], auto_assign: false, avoid_buggy_ips: true}\n  layer2: [primary]\n  layer3:\n    defaults: {peer_port: 179, hold_time: 120s}\n    communities: {vpn-only: "1234:1"}\n    metallb_peers:\n      peer1: {peer_address: 10.6.0.1, peer_asn: 64512, my_asn: 4200000000, communities: [vpn-only], address_pool: [pool1], aggregation_length: 24, source_address: 10.6.0.2}\n',
    );
    const { exitCode, out, err } = await importing('addons.yml');
    for (const name of ['primary', 'pool1', 'peer1', 'peer1-local', 'peer1-external', 'vpn-only', 'well-known']) {
      expect(out).toContain(`- name: ${name}\n`);
    }
    expect(out).toContain('avoidBuggyIPs: true');
    expect(out).toContain('holdTime: 120s');
    expect(err).toMatch(/addons\.yml:10: source_address is not carried over/u);
    expect(err).toContain('Proof: 8 resources rendered equal what was there.');
    expect(exitCode).toBe(0);
  });

  it('makes of the older variables of Kubespray what the ConfigMap said, under names that Kubernetes takes', async () => {
    put(
      'addons.yml',
      'metallb_ip_range: [10.5.0.50-10.5.0.99]\nmetallb_protocol: bgp\nmetallb_additional_address_pools:\n  kube_service_pool: {ip_range: [10.5.1.50-10.5.1.99], protocol: layer2, auto_assign: false}\nmetallb_peers:\n  - {peer_address: 10.0.0.1, peer_asn: 64512, my_asn: 4200000000}\n',
    );
    const { exitCode, out, err } = await importing('addons.yml');
    expect(out).toMatch(/- name: loadbalanced\n {6}addresses:\n {8}- 10\.5\.0\.50-10\.5\.0\.99\n/u);
    expect(out).toMatch(/ipAddressPools:\n {8}- kube-service-pool\n/u);
    expect(out).toContain('peerAddress: 10.0.0.1');
    expect(err).toContain(
      '"kube_service_pool" is no name that Kubernetes takes: IPAddressPool is named kube-service-pool.',
    );
    expect(err).toContain('Proof: 5 resources rendered equal what was there.');
    expect(exitCode).toBe(0);
  });
});

describe('metalwave import', () => {
  it('is explained by --help', async () => {
    const help = await metalwave(['import', '--help'], { folder });
    expect(help.out).toContain('kustomize build overlays/prod | metalwave import - --env prod');
    expect(help.out).toContain('--force');
    expect(help.code).toBe(0);
  });
});
