import { decodeMetallbObjects, type MetallbObjects } from '../../../src/domain/address-plan/metallb-objects.ts';
import type { AddressPlan, ServiceOutcome } from '../../../src/domain/address-plan/address-plan.ts';
import type { AddressPlanInput } from '../../../src/domain/address-plan/address-plan-input.ts';
import { planAddresses } from '../../../src/domain/address-plan/plan-addresses.ts';
import { decodeService, type ServiceView } from '../../../src/domain/allocation/service-view.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';

/** A pool as it stands in the cluster. */
export function pool(
  name: string,
  addresses: readonly string[],
  spec: { readonly [field: string]: Json } = {},
): KubeObject {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name, namespace: 'metallb-system' },
    spec: { addresses, ...spec },
  };
}

export function objects(...all: readonly KubeObject[]): MetallbObjects {
  return decodeMetallbObjects(all);
}

export interface ServiceFields {
  readonly annotations?: { readonly [key: string]: string };
  readonly labels?: { readonly [key: string]: string };
  readonly namespace?: string;
  readonly ports?: readonly number[];
  readonly spec?: { readonly [field: string]: Json };
}

/** A Service of type LoadBalancer that holds these addresses; IPv4 alone unless `spec` says otherwise. */
export function service(name: string, held: readonly string[], fields: ServiceFields = {}): ServiceView {
  return decodeService({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace: fields.namespace ?? 'default',
      labels: fields.labels ?? {},
      annotations: fields.annotations ?? {},
    },
    spec: {
      type: 'LoadBalancer',
      clusterIPs: ['10.96.0.1'],
      ipFamilyPolicy: 'SingleStack',
      ports: (fields.ports ?? [80]).map((port) => ({ port, protocol: 'TCP' })),
      ...fields.spec,
    },
    status: { loadBalancer: { ingress: held.map((ip) => ({ ip })) } },
  });
}

/** Fields of a Service with cluster addresses of both families. */
export function dualStack(ipFamilyPolicy: 'PreferDualStack' | 'RequireDualStack'): { readonly [field: string]: Json } {
  return { clusterIPs: ['10.96.0.1', 'fd00::1'], ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy };
}

export function planOf(
  input: Pick<AddressPlanInput, 'before' | 'after' | 'services'> & Partial<AddressPlanInput>,
): AddressPlan {
  return planAddresses({ namespaces: [], nodes: [], profile: 'metallb-0.15', ...input });
}

export function outcome(plan: AddressPlan, name: string): ServiceOutcome {
  const found = plan.services.find((each) => each.name === name);
  if (found === undefined) {
    throw new Error(`the plan has no Service ${name}`);
  }
  return found;
}
