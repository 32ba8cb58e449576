import { expect } from 'vitest';
import type { Labels } from '../../../../../src/domain/allocation/label-selector.ts';
import type { KubeObject } from '../../../../../src/domain/manifest/kube-object.ts';
import type { ServiceFields } from '../../../address-plan/plan-fixture.ts';
import { SmallCluster } from '../small-cluster.ts';

/** What each Service holds in the end, its addresses apart by a blank; empty for none. */
export interface Outcome {
  readonly [service: string]: string;
}

/** Services that are made at once, in this order. */
export interface Wanted {
  readonly [service: string]: ServiceFields;
}

export interface Setting {
  readonly pools: readonly KubeObject[];
  readonly namespaces?: readonly { readonly name: string; readonly labels: Labels }[];
  readonly lbClass?: string;
}

/** A documented case: in this setting these Services come to this. */
export type Case = readonly [says: string, setting: Setting, services: Wanted, outcome: Outcome];

export function clusterIn({ pools, namespaces = [], lbClass }: Setting): SmallCluster {
  const cluster = new SmallCluster(lbClass === undefined ? {} : { lbClass });
  return cluster.pools(
    pools,
    namespaces.map((namespace) => ({ ...namespace })),
  );
}

export function putAll(cluster: SmallCluster, services: Wanted): void {
  for (const [name, fields] of Object.entries(services)) {
    cluster.put(name, fields);
  }
  cluster.settle();
}

export function outcomeOf(cluster: SmallCluster): Outcome {
  return Object.fromEntries([...cluster.entries.keys()].map((name) => [name, cluster.held(name)]));
}

/** Also after a restart, which must change nothing. */
export function expectOutcome(setting: Setting, services: Wanted, outcome: Outcome): void {
  const cluster = clusterIn(setting);
  putAll(cluster, services);
  expect(outcomeOf(cluster)).toEqual(outcome);
  cluster.restart();
  expect(outcomeOf(cluster)).toEqual(outcome);
}

/** Annotations under MetalLB's present prefix. */
export function annotated(annotations: { readonly [name: string]: string }, more: ServiceFields = {}): ServiceFields {
  const named = Object.entries(annotations).map(([name, value]) => [`metallb.io/${name}`, value]);
  return { ...more, annotations: Object.fromEntries(named) as { readonly [name: string]: string } };
}

/** The same under the deprecated one. */
export function deprecated(annotations: { readonly [name: string]: string }, more: ServiceFields = {}): ServiceFields {
  const named = Object.entries(annotations).map(([name, value]) => [`metallb.universe.tf/${name}`, value]);
  return { ...more, annotations: Object.fromEntries(named) as { readonly [name: string]: string } };
}
