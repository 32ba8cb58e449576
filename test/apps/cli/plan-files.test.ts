import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plan } from '../../../src/apps/cli/verbs/plan.ts';
import { object } from '../../domain/plan/objects.ts';
import { runVerb, type VerbRun } from './run-verb.ts';

const metalLb = 'metallb-system';

function poolText(name: string, range: string): string {
  return `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {name: ${name}, namespace: ${metalLb}}
spec: {addresses: [${range}]}
`;
}

const advertisement = `apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: {name: lan, namespace: ${metalLb}}
spec: {}
`;

function serviceText(name: string, spec = '{type: LoadBalancer, ports: [{port: 80}]}', annotations = '{}'): string {
  return `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop, annotations: ${annotations}}
spec: ${spec}
`;
}

function liveService(name: string, address: string): string {
  return `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {type: LoadBalancer, clusterIP: 10.96.0.7, clusterIPs: [10.96.0.7], ipFamilies: [IPv4], ports: [{port: 80, protocol: TCP, nodePort: 30080}],
  externalTrafficPolicy: Cluster}
status: {loadBalancer: {ingress: [{ip: ${address}}]}}
`;
}

/** As `kubectl get … -o json` prints a cluster with two Services on a pool of four addresses. */
const cluster = [
  '{apiVersion: v1, kind: Namespace, metadata: {name: shop}}',
  '{apiVersion: v1, kind: Node, metadata: {name: n1}}',
  '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}, endpoints: [{nodeName: n1}]}',
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: controller, namespace: ${metalLb}, labels: {app: metallb, component: controller}}, spec: {template: {spec: {containers: [{name: controller, image: quay.io/metallb/controller:v0.15.2}]}}}}`,
  poolText('public', '192.168.7.20-192.168.7.23').replace('spec: {', 'spec: {autoAssign: true, avoidBuggyIPs: false, '),
  advertisement,
  liveService('api', '192.168.7.20'),
  liveService('web', '192.168.7.23'),
];

let folder = '';

async function put(name: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), text);
}

async function planned(...args: readonly string[]): Promise<VerbRun> {
  return runVerb(plan, ['-f', 'metallb', '--live', 'live.json', ...args], folder);
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'metalwave-plan-'));
  const items = cluster.map((text) => object(text));
  await put('live.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('metalwave plan -f', () => {
  it('tells who loses what before a pull request that cuts a pool is merged', async () => {
    await put('metallb/pools.yaml', `${poolText('public', '192.168.7.20-192.168.7.21')}---\n${advertisement}`);
    const run = await planned();
    expect(run.err).toBe('');
    expect(run.exitCode).toBe(0);
    expect(run.out).toContain(`Plan for metallb against live.json

  ~ update IPAddressPool metallb-system/public
      ~ spec.addresses[0]: "192.168.7.20-192.168.7.23" → "192.168.7.20-192.168.7.21"

Addresses: 1 Service moves to another address, 1 keeps its own.
  ~ shop/web  192.168.7.23 → 192.168.7.21
`);
    expect(run.out).toContain(`Pools
  ~ public  4 → 2 IPv4, in use 2
      - 192.168.7.22/31 (2)

1 object unchanged.
Plan: 0 to add, 1 to change, 0 to destroy.
`);
  });

  it('finds nothing to change where the files say what is there, defaults and tools’ marks apart', async () => {
    await put('metallb/pools.yaml', `${poolText('public', '192.168.7.20-192.168.7.23')}---\n${advertisement}`);
    await put('metallb/web.yaml', serviceText('web'));
    expect((await planned('--detailed-exitcode')).out).toBe(
      'No changes. live.json is as metallb wants it (3 objects).\n',
    );
  });

  it('counts what is missing as deleted only where it is told to', async () => {
    await put('metallb/pools.yaml', poolText('other', '10.9.0.0/30'));
    expect((await planned()).out).toContain('Plan: 1 to add, 0 to change, 0 to destroy.');
    const pruned = (await planned('--prune')).out;
    expect(pruned).toContain('  - delete IPAddressPool metallb-system/public\n');
    expect(pruned).toContain('Addresses: 2 Services move to other addresses');
    expect(pruned).toContain('Plan: 1 to add, 0 to change, 2 to destroy.');
  });

  it('counts the Services of the files too, those that stop being of type LoadBalancer among them', async () => {
    await put('metallb/new.yaml', serviceText('new'));
    await put('metallb/web.yaml', serviceText('web', '{type: ClusterIP, ports: [{port: 80}]}'));
    const { out } = await planned();
    expect(out).toMatch(/\+ shop\/new +none → 192\.168\.7\.2[123]/u);
    expect(out).toMatch(/- shop\/web +192\.168\.7\.23 → none/u);
  });

  it('gives a JSON plan with the fate of each Service', async () => {
    await put('metallb/pools.yaml', poolText('public', '192.168.7.20/32'));
    const json = JSON.parse((await planned('-o', 'json')).out) as object;
    expect(json).toMatchObject({
      manifests: { paths: ['metallb'], prune: false },
      addresses: {
        state: 'predicted',
        services: [
          { namespace: 'shop', name: 'api', verdict: 'kept', before: ['192.168.7.20'], after: ['192.168.7.20'] },
          { namespace: 'shop', name: 'web', verdict: 'lost', before: ['192.168.7.23'], after: [] },
        ],
      },
    });
  });

  it('shows findings as validate does, and plans nothing with an error among them', async () => {
    await put('metallb/pools.yaml', poolText('public', '192.168.7.20-192.168.7.2'));
    const run = await planned();
    expect(run).toMatchObject({ exitCode: 1, out: '' });
    expect(run.err).toContain('error');
  });

  it.each<[string, readonly string[], string]>([
    ['an environment beside files', ['-f', 'metallb', '--env', 'dev'], 'usage'],
    ['--prune without files', ['--env', 'dev', '--prune'], 'usage'],
    ['an unknown release', ['-f', 'metallb', '--metallb-version', '0.9'], 'usage'],
    ['a file that is not there', ['-f', 'nowhere', '--live', 'live.json'], 'source-not-found'],
    ['files without anything of MetalLB', ['-f', 'live.yaml', '--live', 'live.json'], 'source-not-found'],
    ['a snapshot that is not there', ['-f', 'metallb', '--live', 'none.json'], 'snapshot-invalid'],
    ['a snapshot that is cut off', ['-f', 'metallb', '--live', 'cut.json'], 'snapshot-invalid'],
    ['a snapshot without Services', ['-f', 'metallb', '--live', 'bare.json'], 'cluster-forbidden'],
    [
      'no MetalLB where it is looked for',
      ['-f', 'metallb', '--live', 'live.json', '--metallb-namespace', 'x'],
      'metallb-not-found',
    ],
  ])('refuses %s', async (_name, args, code) => {
    await put('metallb/pools.yaml', poolText('public', '192.168.7.20/32'));
    await put('live.yaml', '{kind: ConfigMap}');
    await put('cut.json', '{"formatVersion": 2, "obj');
    await put('bare.json', JSON.stringify({ kind: 'List', items: cluster.slice(3, 5).map((text) => object(text)) }));
    await expect(runVerb(plan, args, folder)).rejects.toMatchObject({ code });
  });
});
