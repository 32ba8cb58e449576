import type { Environment } from '../environment/environment.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import type { ObjectId, ObjectKey } from '../manifest/object-id.ts';
import type { FileTrace } from '../source/file-trace.ts';

/** What the configuration says about objects that it no longer holds. */
export interface PruneScope {
  /** `sync.prune`. */
  readonly enabled: boolean;
  /** false: MetalLB's own programs are somebody else's. */
  readonly install: boolean;
  /** Where the configuration wants MetalLB's objects. */
  readonly namespace: string;
  /** The configuration says that it wants no monitoring, in contrast to not having said anything. */
  readonly monitoringDeclined: boolean;
  /** What the configuration's file looks like. */
  readonly file?: FileTrace;
}

/** Who uses what would be deleted. */
export interface PruneUses {
  /** Every Service of the cluster. */
  readonly services: readonly KubeObject[];
  /** The objects of each CustomResourceDefinition that would be deleted. */
  readonly instances: ReadonlyMap<ObjectKey, readonly ObjectId[]>;
}

/** The part of an environment that decides about deletions. Where MetalLB is installed, monitoring is off only by word. */
export function pruneScopeOf({ sync, metallb, trace }: Environment): PruneScope {
  return {
    enabled: sync.prune,
    install: metallb.install,
    namespace: metallb.namespace,
    monitoringDeclined: metallb.install && !metallb.monitoring.enabled,
    ...(trace === undefined ? {} : { file: trace }),
  };
}

/** True where the Services of the cluster say whether an object may be deleted. */
export function asksForServices(id: ObjectId): boolean {
  return ['IPAddressPool', 'Deployment', 'DaemonSet'].includes(id.kind);
}
