import { metalLbApi, metalLbGroup } from '../metallb/api.ts';
import { storageVersion } from '../metallb/kind.ts';

/** A kind whose whole list is read, and where: in every namespace, or in MetalLB's own. */
export interface ObservedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly scope: 'cluster' | 'metallb';
}

/** What people configure MetalLB with, in the versions it stores. */
export const metalLbConfigKinds: readonly ObservedKind[] = metalLbApi
  .filter((each) => each.config !== undefined)
  .map((each) => ({
    apiVersion: `${metalLbGroup}/${storageVersion(each).name}`,
    kind: each.kind,
    scope: 'metallb',
  }));

/** What decides who gets which address and which nodes announce it, beside MetalLB's configuration. */
export const workloadKinds: readonly ObservedKind[] = [
  { apiVersion: 'v1', kind: 'Namespace', scope: 'cluster' },
  { apiVersion: 'v1', kind: 'Service', scope: 'cluster' },
  { apiVersion: 'v1', kind: 'Node', scope: 'cluster' },
  { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', scope: 'cluster' },
];

/** By which MetalLB's version, its BGP backend and the class it serves are known. */
export const installationKinds: readonly ObservedKind[] = [
  { apiVersion: 'apps/v1', kind: 'Deployment', scope: 'metallb' },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', scope: 'metallb' },
];

/** Everything that a plan of addresses reads: one list a kind, no Secrets. */
export const observedKinds: readonly ObservedKind[] = [...workloadKinds, ...metalLbConfigKinds, ...installationKinds];
