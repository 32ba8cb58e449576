import type { MetalLbEngine } from '../environment/environment.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import type { DetectedMetalLb } from '../metallb/detect.ts';

/** The format written now. Files of a newer one are refused; older ones are read. */
export const snapshotFormatVersion = 2;

/** One list that was read to its end. What it holds is all there was. */
export interface SnapshotList {
  readonly apiVersion: string;
  readonly kind: string;
  /** '' for every namespace, or a kind of cluster scope. */
  readonly namespace: string;
  /** false: the cluster does not serve the kind, so there can be none. */
  readonly served: boolean;
  /** How many objects of the list are in the file. */
  readonly items: number;
}

/** The MetalLB that ran in the cluster, as its workloads tell. */
export interface SnapshotMetalLb extends Pick<DetectedMetalLb, 'version' | 'backend' | 'loadBalancerClass'> {
  readonly namespace: string;
  readonly engine: MetalLbEngine;
}

/** A cluster at one moment, as far as plans of addresses need it. Plain data. */
export interface Snapshot {
  /** RFC 3339; '' where the file doesn't say. */
  readonly takenAt: string;
  /** Context and server, never credentials; '' where the file doesn't say. */
  readonly cluster: string;
  readonly serverVersion: string;
  /** undefined: no MetalLB was found, or the file doesn't say. */
  readonly metallb: SnapshotMetalLb | undefined;
  /** undefined: a file without lists (format 1, a List of kubectl), which holds what it holds. */
  readonly lists: readonly SnapshotList[] | undefined;
  readonly objects: readonly KubeObject[];
}
