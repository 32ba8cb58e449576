import { fileURLToPath } from 'node:url';

/** MetalLB releases that tests run against as the other engine. */
export const metallbVersions = ['0.14.9', '0.15.2', '0.16.1'] as const;
export type MetallbVersion = (typeof metallbVersions)[number];

export type PartName =
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kubectl'
  | 'kwok'
  | `metallb-${'controller' | 'speaker'}-${MetallbVersion}`;

/** One program: the folder below `modules` that pins it, the package that holds its main function, and linker flags. */
export interface Part {
  readonly name: PartName;
  readonly module: string;
  readonly package: string;
  readonly ldflags: string;
}

/** Each folder below it is a Go module of ours that pins one upstream program with go.mod and go.sum. */
export const modulesFolder: string = fileURLToPath(new URL('modules/', import.meta.url));

const kubernetesVersion = '1.35.4';
const stripped = '-s -w';
// Without these the server calls itself v0.0.0-master and clients judge it by that.
const kubernetesFlags = [
  stripped,
  `-X k8s.io/component-base/version.gitVersion=v${kubernetesVersion}`,
  '-X k8s.io/component-base/version.gitMajor=1',
  '-X k8s.io/component-base/version.gitMinor=35',
].join(' ');

function kubernetesPart(name: PartName): Part {
  return { name, module: 'kube', package: `k8s.io/kubernetes/cmd/${name}`, ldflags: kubernetesFlags };
}

function metallbParts(version: MetallbVersion): readonly Part[] {
  return (['controller', 'speaker'] as const).map((program) => ({
    name: `metallb-${program}-${version}` as const,
    module: `metallb-${version}`,
    package: `go.universe.tf/metallb/${program}`,
    ldflags: stripped,
  }));
}

/** Every program the tests can run, in the order in which they are built. */
export const parts: readonly Part[] = [
  { name: 'etcd', module: 'etcd', package: 'go.etcd.io/etcd/server/v3', ldflags: stripped },
  kubernetesPart('kube-apiserver'),
  kubernetesPart('kube-controller-manager'),
  kubernetesPart('kube-scheduler'),
  kubernetesPart('kubectl'),
  { name: 'kwok', module: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok', ldflags: stripped },
  ...metallbVersions.flatMap((version) => metallbParts(version)),
];

/** The Prometheus operator, for its definitions of ServiceMonitor and PrometheusRule; nothing of it is built. */
export const monitoringModule = {
  path: 'github.com/prometheus-operator/prometheus-operator',
  version: 'v0.85.0',
  sum: 'h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=',
} as const;

/** The convention of envtest: a folder that a person names by KUBEBUILDER_ASSETS holds these. */
export const envtestParts: readonly PartName[] = ['etcd', 'kube-apiserver', 'kubectl'];
