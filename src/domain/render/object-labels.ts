import type { Environment } from '../environment/environment.ts';
import { environmentLabel, managedByLabel, managedByValue } from '../identity.ts';
import type { JsonObject } from '../json.ts';

export type Component = 'controller' | 'speaker';

/** Labels of upstream's plain manifests, by which tools find MetalLB's pods. Selectors are made of these alone: they can never change. */
export function podLabels(component: Component): { readonly [name: string]: string } {
  return { app: 'metallb', component };
}

/** Labels of everything an environment owns. */
export function ownerLabels(environment: Environment): { readonly [name: string]: string } {
  return { [managedByLabel]: managedByValue, [environmentLabel]: environment.name };
}

/** Where an object lives and what more it carries. Without a namespace it is of cluster scope. */
export interface MetadataFacts {
  readonly namespace?: string;
  readonly labels?: { readonly [name: string]: string };
}

/** The metadata of an object of this environment; owner labels win over any other. */
export function objectMetadata(environment: Environment, name: string, facts: MetadataFacts = {}): JsonObject {
  const labels = { ...facts.labels, ...ownerLabels(environment) };
  return facts.namespace === undefined ? { labels, name } : { labels, name, namespace: facts.namespace };
}
