import { join } from 'node:path';
import { planeAddress } from './availability.ts';
import type { PlaneFiles } from './plane-files.ts';

export function etcdArguments(root: string, client: number, peer: number): readonly string[] {
  const clientUrl = `http://127.0.0.1:${client}`;
  const peerUrl = `http://127.0.0.1:${peer}`;
  return [
    `--data-dir=${join(root, 'etcd')}`,
    '--unsafe-no-fsync',
    `--listen-client-urls=${clientUrl}`,
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
  ];
}

export function apiServerArguments(
  files: PlaneFiles,
  ports: { readonly etcd: number; readonly secure: number },
  services: string,
): readonly string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    `--cert-dir=${files.pki}`,
    `--secure-port=${ports.secure}`,
    '--bind-address=0.0.0.0',
    `--advertise-address=${planeAddress}`,
    `--service-cluster-ip-range=${services}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-signing-key-file=${join(files.pki, 'sa.key')}`,
    `--service-account-key-file=${join(files.pki, 'sa.pub')}`,
    `--token-auth-file=${join(files.pki, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--allow-privileged=true',
    `--audit-policy-file=${join(files.root, 'audit.yaml')}`,
    `--audit-log-path=${files.auditLog}`,
  ];
}

/**
 * For an API server that gets thousands of Services. From 1.33 on it lists every ClusterIP twice for each Service that is made
 * (its metrics of the range), so that the ten thousandth takes 40 ms of its CPU: here its parts allocate ClusterIPs in the
 * older way. That one writes the whole range each time, so what is old is compacted early.
 */
export const manyServices: readonly string[] = [
  '--emulated-version=1.33',
  '--feature-gates=MultiCIDRServiceAllocator=false',
  '--etcd-compaction-interval=1m',
];

export function controllerManagerArguments(files: PlaneFiles): readonly string[] {
  return [
    `--kubeconfig=${files.kubeconfig}`,
    `--service-account-private-key-file=${join(files.pki, 'sa.key')}`,
    `--root-ca-file=${files.ca}`,
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    '--secure-port=0',
    // A busy machine delays the nodes' heartbeats, and kwok never readies a pod again whose node was away for a moment.
    '--node-monitor-grace-period=1h',
  ];
}

export function kwokArguments(files: Pick<PlaneFiles, 'kubeconfig'>, port: number): readonly string[] {
  return [
    `--kubeconfig=${files.kubeconfig}`,
    '--manage-all-nodes=false',
    '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
    `--server-address=127.0.0.1:${port}`,
  ];
}
