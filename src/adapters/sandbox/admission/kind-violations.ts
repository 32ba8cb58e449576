import { definitionViolations } from '../../../domain/crd/definition/definition-violations.ts';
import type { Violation } from '../../../domain/crd/violation.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { configMapViolations, secretViolations } from '../../../domain/object-rules/data-violations.ts';
import { nodeViolations } from '../../../domain/object-rules/node-violations.ts';
import { podChangeViolations } from '../../../domain/object-rules/pod/pod-change.ts';
import { podViolations } from '../../../domain/object-rules/pod/pod-violations.ts';
import { roleBindingViolations, roleViolations } from '../../../domain/object-rules/rbac/rbac-violations.ts';
import { specOf } from '../../../domain/object-rules/service/service-spec.ts';
import { serviceStatusViolations } from '../../../domain/object-rules/service/service-status.ts';
import { serviceChangeViolations, serviceViolations } from '../../../domain/object-rules/service/service-violations.ts';
import {
  leaseViolations,
  namespaceStatusViolations,
  namespaceViolations,
} from '../../../domain/object-rules/small-kinds.ts';
import { workloadViolations } from '../../../domain/object-rules/workload/workload-violations.ts';
import { bindingViolations, policyViolations } from '../../../domain/validating-policy/policy-violations.ts';
import { webhookViolations } from '../../../domain/validating-webhook/webhook-violations.ts';

/** An object of a built-in kind right before it is stored, and what it was. */
export interface WrittenObject {
  readonly object: JsonObject;
  /** undefined: the object is new. */
  readonly before: JsonObject | undefined;
  readonly subresource: string;
}

type Rules = (object: JsonObject, before: JsonObject | undefined) => readonly Violation[];

const rules: { readonly [kind: string]: Rules } = {
  ConfigMap: configMapViolations,
  Secret: secretViolations,
  Role: (object) => roleViolations(object, true),
  ClusterRole: (object) => roleViolations(object, false),
  RoleBinding: (object, before) => roleBindingViolations(object, before, true),
  ClusterRoleBinding: (object, before) => roleBindingViolations(object, before, false),
  Lease: leaseViolations,
  Namespace: namespaceViolations,
  Node: nodeViolations,
  Service: (object, before) => [
    ...(before === undefined ? [] : serviceChangeViolations(specOf(object), specOf(before))),
    ...serviceViolations(specOf(object)),
  ],
  Pod: (object, before) => [
    ...podViolations(object),
    ...(before === undefined ? [] : podChangeViolations(object, before)),
  ],
  Deployment: (object, before) => workloadViolations('Deployment', object, before),
  ReplicaSet: (object, before) => workloadViolations('ReplicaSet', object, before),
  DaemonSet: (object, before) => workloadViolations('DaemonSet', object, before),
  CustomResourceDefinition: definitionViolations,
  ValidatingAdmissionPolicy: policyViolations,
  ValidatingAdmissionPolicyBinding: bindingViolations,
  ValidatingWebhookConfiguration: webhookViolations,
};

const statusRules: { readonly [kind: string]: Rules } = {
  Namespace: namespaceStatusViolations,
  Service: serviceStatusViolations,
};

/** Kinds whose rules are written here from the first to the last field: their schema is asked for types alone. */
const ruled: ReadonlySet<string> = new Set(
  'ConfigMap Secret Node Role ClusterRole RoleBinding ClusterRoleBinding Lease Service Pod Deployment ReplicaSet DaemonSet ValidatingWebhookConfiguration CustomResourceDefinition'.split(
    ' ',
  ),
);

/** What is wrong with an object of a built-in kind beyond its metadata and the types of its fields. */
export function kindViolations(kind: string, { object, before, subresource }: WrittenObject): readonly Violation[] {
  const judges: { readonly [part: string]: { readonly [kind: string]: Rules } } = { '': rules, status: statusRules };
  return judges[subresource]?.[kind]?.(object, before) ?? [];
}

export function hasOwnRules(kind: string): boolean {
  return ruled.has(kind);
}
