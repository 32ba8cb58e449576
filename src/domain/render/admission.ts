import type { AdmissionPolicy } from '../admission/admission-policy.ts';
import { admissionPolicies } from '../admission/admission-policies.ts';
import type { Environment } from '../environment/environment.ts';
import type { JsonObject } from '../json.ts';
import { objectMetadata } from './object-labels.ts';
import type { RenderUnit } from './render-unit.ts';

/** Every field that the server would fill in by itself is written, because it compares these mappings as a whole. */
function matching(namespaceSelector: JsonObject): JsonObject {
  return { matchPolicy: 'Equivalent', namespaceSelector, objectSelector: {} };
}

function policySpec(policy: AdmissionPolicy): JsonObject {
  const { group, version, resource, conditions, variables, rules } = policy;
  return {
    failurePolicy: 'Ignore',
    matchConditions: conditions.map(({ name, expression }) => ({ name, expression })),
    matchConstraints: {
      ...matching({}),
      resourceRules: [
        {
          apiGroups: [group],
          apiVersions: [version],
          operations: ['CREATE', 'UPDATE'],
          resources: [resource],
          scope: 'Namespaced',
        },
      ],
    },
    variables: variables.map(({ name, expression }) => ({ name, expression })),
    validations: rules.map((rule) => ({ ...rule })),
  };
}

function bindingSpec({ action, scope }: AdmissionPolicy, policyName: string, namespace: string): JsonObject {
  const only: JsonObject = scope === 'metallb' ? { matchLabels: { 'kubernetes.io/metadata.name': namespace } } : {};
  return { policyName, validationActions: [action], matchResources: matching(only) };
}

/** The checks that the API server runs by itself, each with the binding that puts it in force. */
export function admissionUnits(environment: Environment): readonly RenderUnit[] {
  const { namespace } = environment.metallb;
  return admissionPolicies(environment.metallb).flatMap((policy): readonly RenderUnit[] => {
    const name = `${policy.resource}.${namespace}.metalwave.io`;
    const metadata = objectMetadata(environment, name);
    return [
      { step: 'admission', template: 'admission-policy', values: { metadata, spec: policySpec(policy) } },
      {
        step: 'admission',
        template: 'admission-policy-binding',
        values: { metadata, spec: bindingSpec(policy, name, namespace) },
      },
    ];
  });
}
