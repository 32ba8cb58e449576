import type { AddressPlan } from '../address-plan/address-plan.ts';
import type { WriteOrder } from '../address-plan/address-plan-input.ts';
import type { RulesProfile } from '../allocation/rules-profile.ts';
import type { Environment } from '../environment/environment.ts';
import type { KubeObject } from '../manifest/kube-object.ts';

/** Which MetalLB decides about addresses, and how the change reaches it. */
export interface AddressRules {
  /** Where it runs: the only namespace it reads its configuration from. */
  readonly namespace: string;
  readonly profile: RulesProfile;
  /** The class it serves; undefined: Services without a class. */
  readonly loadBalancerClass: string | undefined;
  readonly writes: WriteOrder;
}

/** What the cluster holds that decides about addresses, or why that is not known. */
export type ObservedAddresses =
  | {
      readonly state: 'observed';
      readonly rules: AddressRules;
      /** Every object of MetalLB's API in its namespace, whoever made it. */
      readonly metallb: readonly KubeObject[];
      /** Every Service, Namespace, Node and EndpointSlice. */
      readonly workloads: readonly KubeObject[];
    }
  | { readonly state: 'unknown'; readonly reason: string };

/** What a plan says about addresses: what will happen, or why nobody can tell. Never a guess on half of the facts. */
export type PlannedAddresses =
  { readonly state: 'predicted'; readonly plan: AddressPlan } | { readonly state: 'unknown'; readonly reason: string };

/** The rules of an environment's MetalLB. Who takes addresses is written before who gives them, with the webhook on too. */
export function addressRulesOf({ metallb }: Environment): AddressRules {
  return {
    namespace: metallb.namespace,
    profile: metallb.engine === 'native' ? 'native' : `metallb-${metallb.line}`,
    loadBalancerClass: metallb.loadBalancerClass,
    writes: 'grow-first',
  };
}
