import { claimsSelector } from '../../domain/claims/block-codec.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FollowOptions } from '../../ports/cluster-watch.ts';
import type { AllocationState } from './allocation-state.ts';
import { HeardSink, type SinkWork } from './heard-sink.ts';

/** A kind that the controller follows, and who hears of it. */
export interface FollowedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly options: FollowOptions;
  readonly sink: HeardSink;
}

/** All that a decision rests on. */
export function followedKinds(state: AllocationState, namespace: string, clock: Clock): readonly FollowedKind[] {
  const heard = (work: SinkWork): HeardSink => new HeardSink(clock, work);
  const claimed = { namespace, labelSelector: claimsSelector };
  return [
    { apiVersion: 'v1', kind: 'Service', options: { keep: withoutOwners }, sink: heard(serviceWork(state)) },
    { apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool', options: { namespace }, sink: heard(poolWork(state)) },
    { apiVersion: 'v1', kind: 'Namespace', options: {}, sink: heard(namespaceWork(state)) },
    { apiVersion: 'v1', kind: 'ConfigMap', options: claimed, sink: heard(state.claims) },
  ];
}

/** Who owns which field is half of what a Service takes in memory, and nothing is decided by it. */
function withoutOwners(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function serviceWork({ services }: AllocationState): SinkWork {
  return {
    replaced: (objects, version) => {
      services.replace(objects, version);
    },
    put: (object) => {
      services.see(object);
    },
    gone: ({ metadata }) => {
      services.lose(metadata.uid ?? '');
    },
  };
}

function poolWork({ pools }: AllocationState): SinkWork {
  return {
    replaced: (objects) => {
      pools.replacePools(objects);
    },
    put: (object) => {
      pools.seePool(object);
    },
    gone: ({ metadata }) => {
      pools.losePool(metadata.name);
    },
  };
}

function namespaceWork({ pools }: AllocationState): SinkWork {
  return {
    replaced: (objects) => {
      pools.replaceNamespaces(objects);
    },
    put: (object) => {
      pools.seeNamespace(object);
    },
    gone: ({ metadata }) => {
      pools.loseNamespace(metadata.name);
    },
  };
}
